import { connect, type Socket } from 'node:net'
import { err, ok, type Result } from '../../contract/result.ts'
import { hostOf, pairingPortOf, type ServerAddress } from '../address.ts'
import {
  Admission,
  Confirmation,
  Done,
  type Grant,
  HelloBack,
  type Introduction,
  pairingVersion,
  Refusal,
  sidesOf,
} from './protocol.ts'
import { sealWire } from './sealed-wire.ts'
import { beginSpake2 } from './spake2.ts'
import { openWire, type Wire, WireFault } from './wire.ts'

/** `interrupted`: the line broke once the code had been right; nothing may be kept. */
export type JoinFault =
  | 'no-answer'
  | 'not-a-shop-server'
  | 'no-code'
  | 'wrong-code'
  | 'too-many-attempts'
  | 'other-version'
  | 'name-taken'
  | 'shop-full'
  | 'interrupted'

/** The server has let the till in, on condition that it keeps what it was given. */
export interface Joining {
  readonly grant: Grant
  /** Says that it is kept. Returns whether the server has heard it; where not, nobody knows. */
  kept(): Promise<boolean>
  /** It could not be kept: the server forgets the till. */
  giveUp(): void
}

const connectMs = 5000
const conversationMs = 20_000

/** Joins with a code that was read (`readPairingCode`). */
export async function joinShop(
  address: ServerAddress,
  code: string,
  self: Introduction,
): Promise<Result<Joining, JoinFault>> {
  const socket = await reach(address)
  if (socket === null) return err('no-answer')
  const wire = openWire(socket, conversationMs)
  let isAgreed = false
  try {
    const agreed = await agree(wire, code)
    if (!agreed.ok) {
      wire.end()
      return agreed
    }
    isAgreed = true
    const sealed = sealWire(wire, agreed.value, 'A')
    sealed.write(self)
    const admission = Admission.safeParse(await sealed.read())
    if (!admission.success) throw new WireFault('malformed')
    if ('refused' in admission.data) {
      wire.end()
      return err(admission.data.refused)
    }
    return ok({
      grant: admission.data.grant,
      async kept() {
        try {
          sealed.write({ kept: true })
          const { success } = Done.safeParse(await sealed.read())
          wire.end()
          return success
        } catch {
          return false
        }
      },
      giveUp: () => wire.end(),
    })
  } catch (cause) {
    socket.destroy()
    if (!(cause instanceof WireFault)) throw cause
    if (isAgreed) return err('interrupted')
    return err(cause.code === 'malformed' ? 'not-a-shop-server' : 'no-answer')
  }
}

/** Returns the key that both sides have, once each has proved that it knew the code. */
async function agree(wire: Wire, code: string): Promise<Result<Uint8Array, JoinFault>> {
  const run = beginSpake2({ ...(await sidesOf(code)), side: 'A' })
  wire.write({ version: pairingVersion, share: base64(run.share) })
  const hello = await answer(wire, HelloBack)
  if (!hello.ok) return hello
  const keys = run.finish(Buffer.from(hello.value.share, 'base64'))
  if (keys === null) return err('not-a-shop-server')
  wire.write({ word: base64(keys.confirmation) })
  const confirmation = await answer(wire, Confirmation)
  if (!confirmation.ok) return confirmation
  // Somebody else, who does not know the code, answers for the server.
  if (!keys.confirms(Buffer.from(confirmation.value.word, 'base64'))) return err('wrong-code')
  return ok(keys.shared)
}

async function answer<T>(
  wire: Wire,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): Promise<Result<T, JoinFault>> {
  const message = await wire.read()
  const refusal = Refusal.safeParse(message)
  if (refusal.success) return err(refusal.data.refused)
  const parsed = schema.safeParse(message)
  return parsed.success ? ok(parsed.data) : err('not-a-shop-server')
}

/** `null` where nothing listens. */
function reach(address: ServerAddress): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostOf(address), port: pairingPortOf(address.port) })
    const timer = setTimeout(() => {
      socket.destroy()
      resolve(null)
    }, connectMs)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(socket)
    })
    socket.once('error', () => {
      clearTimeout(timer)
      resolve(null)
    })
  })
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
