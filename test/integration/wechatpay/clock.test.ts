import { expect, onTestFinished, test } from 'vitest'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { createTill } from '../../../main/redemption/till.ts'
import { defaultLimits } from '../../../main/redemption/till-parts.ts'
import { plainRules } from '../../support/plain-till-parts.ts'
import { systemScheduler } from '../../../main/app/system-scheduler.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { cashierTitle, outcomeTables } from '../../support/outcome-tables.ts'
import { scanOf } from '../../support/scan-of.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'
import { type Scene, openScene } from '../../support/wechatpay-scene.ts'

const minuteMs = 60_000

/** Opens a whole till on the scene's gateway, with its clock. */
function openTill({ gateway, till }: Scene, pcClock: () => number) {
  const folder = temporaryFolder()
  const store = openTestStore(`${folder.path}/till.db`)
  const faults: unknown[] = []
  const running = createTill({
    identity: { tillId: 'T1', appid: till.appid },
    gateway,
    judgeReply,
    store,
    clocks: {
      now: () => gateway.confirmedNow() ?? pcClock(),
      pc: pcClock,
      corrected: () => gateway.correctedNow(),
      confirmed: () => gateway.confirmedNow(),
      elapsed: () => performance.now(),
    },
    random: Math.random,
    scheduler: systemScheduler,
    rules: plainRules,
    limits: defaultLimits,
    isCounterInFront: () => true,
    onFault: (cause) => faults.push(cause),
  })
  onTestFinished(() => {
    running.stop()
    store.close()
    folder.remove()
    expect(faults).toEqual([])
  })
  return running
}

test.each([11 * minuteMs, -11 * minuteMs, 400 * 86_400_000, -400 * 86_400_000])(
  'a clock that is %d ms off is learned from the refusal, and the coupon is redeemed with the right time',
  async (offMs) => {
    const pcClock = () => Date.now() + offMs
    const scene = await openScene({ gateway: { clock: pcClock } })
    await scene.control.behave({ validityBy: 'use-time' })
    const row = outcomeTables().faults.find(({ fault }) => fault === 'clock-off')
    const code = await scene.sample()
    const verdict = await openTill(scene, pcClock).redeem(scanOf(code))
    expect(verdict).toMatchObject({ tone: 'green', reason: row?.reason })
    expect(cashierTitle(row?.reason ?? '')).toBe(row?.['cashier reads'])
    const { effects, refusals } = await scene.control.ledger({})
    expect(effects).toMatchObject([{ code, useRequestNo: verdict.redemption?.useRequestNo }])
    expect(refusals).toMatchObject([{ status: 401, apiCode: 'SIGN_ERROR' }])

    const { offsetMs, level } = scene.gateway.clockSkew()
    expect(Math.abs(offsetMs + offMs)).toBeLessThan(20_000)
    expect(level).toBe('explained')
    expect(Math.abs(scene.gateway.correctedNow() - Date.now())).toBeLessThan(20_000)
  },
)

test('the client does not repeat bytes that were written under a wrong time', async () => {
  const scene = await openScene({ gateway: { clock: () => Date.now() + 11 * minuteMs } })
  expect(await scene.redeem(await scene.sample())).toMatchObject({
    kind: 'blocked',
    reason: 'clock-wrong',
    mayHaveTakenEffect: false,
  })
  expect((await scene.control.ledger({})).effects).toEqual([])
})

test('a query under a wrong time is repeated within the call', async () => {
  const scene = await openScene({ gateway: { clock: () => Date.now() + 11 * minuteMs } })
  const code = await scene.sample()
  const stockId = (await scene.control.coupon({ code }))?.stockId ?? ''
  const stock = await scene.gateway.queryStock(stockId, { signal: new AbortController().signal })
  expect(stock).toMatchObject({ ok: true })
})

test.each([
  [30_000, 'small'],
  [90_000, 'shown'],
  [-90_000, 'shown'],
  [299_000, 'shown'],
] as const)('a clock %d ms off is not refused, and shown as %s', async (offMs, level) => {
  const scene = await openScene({ gateway: { clock: () => Date.now() + offMs } })
  expect(await scene.redeem(await scene.sample())).toMatchObject({ kind: 'confirmed' })
  expect(scene.gateway.clockSkew().level).toBe(level)
  expect((await scene.control.ledger({})).refusals).toEqual([])
})

test('a correction of the clock by a person is followed', async () => {
  let offMs = 20 * minuteMs
  const scene = await openScene({ gateway: { clock: () => Date.now() + offMs } })
  await scene.redeem(await scene.sample(), 'number-1')
  expect(scene.gateway.clockSkew().level).toBe('explained')
  offMs = 0
  expect(await scene.redeem(await scene.sample(), 'number-2')).toMatchObject({ kind: 'blocked' })
  expect(await scene.redeem(await scene.sample(), 'number-2')).toMatchObject({ kind: 'confirmed' })
  expect(scene.gateway.clockSkew().level).toBe('small')
})

test('a lasting refusal for the time counts as a settings fault and is shown as such', async () => {
  const scene = await openScene()
  const message = 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟'
  await scene.control.addFault({
    kind: 'error',
    status: 401,
    code: 'SIGN_ERROR',
    message,
    times: 2,
  })
  expect(await scene.redeem(await scene.sample())).toMatchObject({
    kind: 'blocked',
    reason: 'clock-wrong',
  })
})

test('only a verified reply confirms the time', async () => {
  const scene = await openScene()
  await scene.control.addFault({ kind: 'bad-signature', times: 1 })
  expect(await scene.redeem(await scene.sample(), 'number-2')).toMatchObject({ kind: 'unknown' })
  expect(scene.gateway.confirmedNow()).toBeNull()
  expect(await scene.redeem(await scene.sample(), 'number-2')).toMatchObject({ kind: 'confirmed' })
  expect(Math.abs((scene.gateway.confirmedNow() ?? 0) - Date.now())).toBeLessThan(20_000)
})
