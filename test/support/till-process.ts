// A till without a window in a separate process that can be killed at any instant. Run `node
// test/support/till-process.ts`; it reads one JSON line (`TillProcessSetup`) and then `TillProcessOrder`s from stdin,
// and replies to each order with one JSON line (`TillProcessLine`) on stdout.
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { Verdict } from '../../main/contract/counter.ts'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import { createTill } from '../../main/redemption/till.ts'
import { defaultLimits } from '../../main/redemption/till-parts.ts'
import { openTestStore } from './open-test-store.ts'
import { onlyPcClock, plainRules } from './plain-till-parts.ts'
import { scanOf } from './scan-of.ts'
import { createCredentials } from '../../main/wechatpay/merchant-credentials.ts'
import { createTestGateway } from './till-credentials.ts'

export const TillProcessSetup = z.object({
  file: z.string(),
  tillId: z.string(),
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
  const till = createTill({
    identity: { tillId: setup.tillId, appid: setup.secrets.appid },
    gateway: createTestGateway(credentials.value, { origins: [setup.origin] }),
    judgeReply,
    store: openTestStore(setup.file),
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
    onFault: (cause) => console.error(cause),
  })
  till.start()
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

function say(line: TillProcessLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
