import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { joinShop, type Joining, type JoinFault } from '../../main/chain/pairing/join-shop.ts'
import { pairingPortOf } from '../../main/chain/address.ts'
import { createPairingDesk, type PairingDesk } from '../../main/chain/pairing/pairing-desk.ts'
import type { Introduction } from '../../main/chain/pairing/protocol.ts'
import { createTillKey } from '../../main/chain/till-key.ts'
import { err, ok, type Result } from '../../main/contract/result.ts'
import { freePort } from './free-port.ts'
import { until } from './server-of-shop.ts'

export const authority = '-----BEGIN CERTIFICATE-----\nAUTHORITY\n-----END CERTIFICATE-----\n'

interface Scene {
  readonly desk: PairingDesk
  /** Of the server; pairing has the next one. */
  readonly port: number
  readonly chainKey: string
  /** What became of the tills, in order. */
  readonly acts: string[]
  readonly faults: unknown[]
  readonly code: () => string
}

/** Opens the server's side of pairing with a code that it shows. */
export async function open({
  validMs = 600_000,
}: { readonly validMs?: number } = {}): Promise<Scene> {
  const port = await freePort()
  const chainKey = randomBytes(32).toString('base64')
  const acts: string[] = []
  const faults: unknown[] = []
  const desk = createPairingDesk({
    host: '127.0.0.1',
    port: pairingPortOf(port),
    elapsed: () => performance.now(),
    chainKey,
    authority,
    validMs,
    async admit({ name }) {
      if (name === 'taken') return err('name-taken')
      acts.push(`admit ${name}`)
      return ok(null)
    },
    settle: async ({ name }) => void acts.push(`settle ${name}`),
    abandon: async ({ name }) => void acts.push(`abandon ${name}`),
    onChanged: () => undefined,
    onFault: (cause) => faults.push(cause),
  })
  onTestFinished(() => {
    desk.close()
    expect(faults).toEqual([])
  })
  expect(await desk.offer()).toBeNull()
  return { desk, port, chainKey, acts, faults, code: () => desk.view().code ?? '' }
}

/** Without a code nothing listens, once the tills before have hung up. */
export const refusedAs = [err('no-answer'), err('no-code')]

function till(name: string): Introduction {
  return { key: createTillKey().key, name }
}

export function join(port: number, code: string, name = 'T2'): Promise<Result<Joining, JoinFault>> {
  return joinShop({ host: '127.0.0.1', port }, code, till(name))
}

/** Another code of the same kind. */
export function wrong(code: string): string {
  return (code.startsWith('2') ? '3' : '2') + code.slice(1)
}

/** What a till says first, with any code. */
export async function recordHello(port: number, code: string): Promise<Buffer> {
  const middle = await relay(port + 1, (chunk, side) => (side === 'server' ? null : chunk))
  const joining = join(middle.port - 1, code)
  await until(() => middle.seen().length > 100, 'something was said')
  middle.cut()
  await joining
  return middle.fromTill()
}

type Side = 'till' | 'server'
type Pass = (chunk: Buffer, side: Side, count: number) => Buffer | null

export interface Relay {
  readonly port: number
  seen(): Buffer
  fromTill(): Buffer
  cut(): void
}

/** Passes on what is said, whole message by whole message, as `pass` has it. */
export async function relay(
  to: number,
  pass: Pass = (chunk) => chunk,
  held: { socket: Socket | null } = { socket: null },
): Promise<Relay> {
  const seen: Buffer[] = []
  const fromTill: Buffer[] = []
  const note = (chunk: Buffer, side: Side): void => {
    seen.push(chunk)
    if (side === 'till') fromTill.push(chunk)
  }
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    held.socket = near
    for (const socket of [near, far]) socket.on('error', () => undefined)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    carry({ from: near, to: far, side: 'till' }, pass, note)
    carry({ from: far, to: near, side: 'server' }, pass, note)
  })
  const port = await freePort()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    held.socket?.destroy()
    server.close()
  })
  return {
    port,
    seen: () => Buffer.concat(seen),
    fromTill: () => Buffer.concat(fromTill),
    cut: () => void held.socket?.destroy(),
  }
}

interface Way {
  readonly from: Socket
  readonly to: Socket
  readonly side: Side
}

/** Each message is its length, four bytes, and so many more. */
function carry(
  { from, to, side }: Way,
  pass: Pass,
  note: (chunk: Buffer, side: Side) => void,
): void {
  let rest = Buffer.alloc(0)
  let count = 0
  from.on('data', (chunk: Buffer) => {
    note(chunk, side)
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
      const length = 4 + rest.readUInt32BE()
      const passed = pass(rest.subarray(0, length), side, count)
      count += 1
      rest = rest.subarray(length)
      if (passed !== null) to.write(passed)
    }
  })
}
