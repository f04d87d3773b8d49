// A till without a window in a separate process that can be killed at any instant. Run `node
// test/support/till-process.ts`; it reads one JSON line (`TillProcessSetup`) and then `TillProcessOrder`s from stdin,
// and replies to each order with one JSON line (`TillProcessLine`) on stdout.
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { Verdict } from '../../main/contract/counter.ts'
import { PosSettings } from '../../main/contract/pos.ts'
import { createPosLink } from '../../main/pos/link.ts'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import type { PosStore } from '../../main/redemption/pos-store.ts'
import { createTill, type Till } from '../../main/redemption/till.ts'
import { defaultLimits } from '../../main/redemption/till-parts.ts'
import { openTestStore } from './open-test-store.ts'
import { onlyPcClock, plainRules } from './plain-till-parts.ts'
import { scanOf } from './scan-of.ts'
import { createCredentials } from '../../main/wechatpay/merchant-credentials.ts'
import { createTestGateway } from './till-credentials.ts'

/** The token of the POS that is paired with such a till. */
export const posToken = 't'.repeat(43)

export const TillProcessSetup = z.object({
  file: z.string(),
  tillId: z.string(),
  /** Where a POS may ask, by `posToken`; absent: nowhere. */
  posPort: z.number().optional(),
  /** The folder in which it may leave requests. */
  posFolder: z.string().optional(),
  /** Origin of the gateway. */
  origin: z.url(),
  secrets: z.object({
    merchantId: z.string(),
    appid: z.string(),
    serial: z.string(),
    privateKeyPem: z.string(),
    publicKey: z.object({ id: z.string(), pem: z.string() }),
    apiV3Key: z.null(),
  }),
})
export type TillProcessSetup = z.infer<typeof TillProcessSetup>

const TillProcessOrder = z.discriminatedUnion('order', [
  z.object({ order: z.literal('scan'), code: z.string() }),
  z.object({ order: z.literal('count-waiting') }),
])

export const TillProcessLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('verdict'), code: z.string(), verdict: Verdict }),
  z.object({ kind: z.literal('no-verdict'), code: z.string(), error: z.string() }),
  z.object({ kind: z.literal('waiting'), count: z.number() }),
])
export type TillProcessLine = z.infer<typeof TillProcessLine>

if (import.meta.main) {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const setup = TillProcessSetup.parse(JSON.parse(String((await lines.next()).value)))
  const credentials = createCredentials(setup.secrets)
  if (!credentials.ok) throw new Error(credentials.error.code)
  const store = openTestStore(setup.file)
  const till = createTill({
    identity: { tillId: setup.tillId, appid: setup.secrets.appid },
    gateway: createTestGateway(credentials.value, { origins: [setup.origin] }),
    judgeReply,
    store,
    clocks: onlyPcClock(Date.now),
    random: Math.random,
    scheduler: {
      after: (ms, task) => {
        const timer = setTimeout(task, ms)
        return () => clearTimeout(timer)
      },
    },
    rules: plainRules,
    limits: { ...defaultLimits, patienceMs: 1000 },
    isCounterInFront: () => true,
    onFault: (cause) => console.error(cause),
  })
  till.start()
  if (setup.posPort !== undefined) await servePosOf(till, store.pos, setup)
  say({ kind: 'ready' })
  for await (const line of lines) {
    const order = TillProcessOrder.parse(JSON.parse(line))
    if (order.order === 'count-waiting') say({ kind: 'waiting', count: till.state().queue.waiting })
    else
      till.redeem(scanOf(order.code)).then(
        (verdict) => say({ kind: 'verdict', code: order.code, verdict }),
        (error: unknown) => say({ kind: 'no-verdict', code: order.code, error: String(error) }),
      )
  }
  process.exit()
}

/** Serves the one POS that is paired. */
async function servePosOf(
  till: Till,
  pos: PosStore,
  { posPort, posFolder, tillId }: TillProcessSetup,
): Promise<void> {
  if (pos.clients().length === 0) {
    const tokenHash = createHash('sha256').update(posToken).digest('base64')
    pos.saveClients([{ id: '1', name: 'POS', tokenHash, pairedAt: 0 }])
  }
  const settings = PosSettings.parse({ isOn: true, port: posPort, folder: posFolder })
  const open = { till, store: pos, mode: 'live', tillId, now: Date.now, settings } as const
  const link = createPosLink({
    till: () => ({ ...open, record: () => undefined }),
    isPractice: false,
    elapsed: () => performance.now(),
    now: Date.now,
    fileTime: Date.now,
    onFault: (cause) => console.error(cause),
  })
  till.onCounter(() => link.changed())
  link.sync()
  if ((await link.settled()) === null) throw new Error(link.read().listening)
}

function say(line: TillProcessLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
