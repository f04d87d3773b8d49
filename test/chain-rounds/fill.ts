// npm run chain-fill [-- --redemptions 100000]
//
// What a shop's server takes for so many redemptions: a lock and three records of the journal each, sealed as tills seal them.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { runTask, TaskError } from '../../build/project.ts'
import { openLine } from '../../main/chain/line.ts'
import { journalSubject, lockSubject } from '../../main/chain/names.ts'
import { createChainSealing } from '../../main/chain/sealing.ts'
import type { ShopServer } from '../../main/chain/server/shop-server.ts'
import { createTillKey } from '../../main/chain/till-key.ts'
import { startRoundServer } from './round-server.ts'

const { values } = parseArgs({ options: { redemptions: { type: 'string', default: '100000' } } })
const redemptions = Number(values.redemptions)
const atOnce = 200
const recordsEach = 3

await runTask(async () => {
  const { server, port, folder, remove } = await startRoundServer('chain-fill', console.error)
  const { key, seed } = createTillKey()
  server.add({ key, name: 'filler' })
  const line = openLine({
    address: `127.0.0.1:${port}`,
    authority: server.authority,
    seed,
    key,
    random: Math.random,
    onFault: (cause) => console.error(cause),
  })
  try {
    // This till brings no claims, and does not say so.
    while (line.session() === null || !(await server.openGate())) await sleep(20)
    const incarnation = server.health().gate.incarnation ?? ''
    console.log(`empty: ${figures(server, folder)}`)
    const sealing = createChainSealing(randomBytes(32))
    const startedAt = performance.now()
    let next = 0
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (next < redemptions) {
          const number = next
          next += 1
          await redeem(number)
        }
      }),
    )
    const seconds = (performance.now() - startedAt) / 1000
    const messages = redemptions * (1 + recordsEach)
    console.log(
      `${messages} messages in ${seconds.toFixed(0)} s, ${(messages / seconds).toFixed(0)} a second, ${atOnce} at once`,
    )
    console.log(`full: ${figures(server, folder)}`)
    const { pid } = server.health()
    if (pid !== null) process.kill(pid, 'SIGKILL')
    const killedAt = performance.now()
    while (server.health().pid === pid || line.session() === null) await sleep(5)
    console.log(
      `answers a till again ${((performance.now() - killedAt) / 1000).toFixed(1)} s after SIGKILL: ${figures(server, folder)}`,
    )

    async function redeem(number: number): Promise<void> {
      const couponCode = String(1_201_059_453_000_000_000_000n + BigInt(number))
      const useRequestNo = `T1-${number}-ABCDEFGH`
      const subject = lockSubject(incarnation, sealing.coupon({ couponCode, stockId: null }), 0)
      await store(subject, { tillId: 'till 1', useRequestNo, at: Date.now() })
      for (const kind of ['recorded', 'given', 'redeemed']) {
        const id = randomBytes(16).toString('hex')
        const record = {
          sequence: number,
          id,
          at: Date.now(),
          kind,
          couponCode,
          stockId: null,
          batch: '16474341',
          useRequestNo,
          honoured: false,
          discountFen: 1000,
          reason: null,
          resolution: null,
        }
        const news = kind === 'redeemed' ? kind : null
        await store(journalSubject(key, id), { tillId: 'till 1', news, record })
      }
    }

    async function store(subject: string, value: unknown): Promise<void> {
      const session = line.session()
      const stored = await session?.publish(subject, sealing.seal(subject, value), 30_000)
      if (stored?.kind !== 'stored') throw new TaskError(`${subject}: ${stored?.kind ?? 'no line'}`)
    }
  } finally {
    await line.close()
    await remove()
  }
  return 0
})

/** Disk and memory of the server; memory as Linux counts it. */
function figures(server: ShopServer, folder: string): string {
  const streams = path.join(folder, 'store/jetstream/SHOP/streams')
  const sizes = ['LOCKS', 'JOURNAL'].map(
    (name) => `${name} ${megabytes(sizeOf(path.join(streams, name)))}`,
  )
  const status = `/proc/${server.health().pid}/status`
  const resident = fs.existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(fs.readFileSync(status, 'utf8'))
    : null
  return `${sizes.join(', ')} on the disk; ${resident === null ? '?' : megabytes(Number(resident[1]) * 1024)} of memory`
}

function sizeOf(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
