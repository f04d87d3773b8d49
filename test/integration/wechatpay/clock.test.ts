import { expect, test } from 'vitest'
import { cashierTitle, outcomeTables } from '../../support/outcome-tables.ts'
import { openScene } from '../../support/wechatpay-scene.ts'

const minuteMs = 60_000

test.each([11 * minuteMs, -11 * minuteMs, 400 * 86_400_000])(
  'a clock that is %d ms off is learned from the refusal, and the coupon redeemed in one call',
  async (offMs) => {
    const scene = await openScene({ gateway: { clock: () => Date.now() + offMs } })
    const row = outcomeTables().faults.find(({ fault }) => fault === 'clock-off')
    expect(await scene.redeem(await scene.sample())).toMatchObject({ kind: row?.outcome })
    expect(cashierTitle(row?.reason ?? '')).toBe(row?.['cashier reads'])
    const { effects, refusals } = await scene.control.ledger({})
    expect(effects).toHaveLength(1)
    expect(refusals).toMatchObject([{ status: 401, apiCode: 'SIGN_ERROR' }])

    const { offsetMs, level } = scene.gateway.clockSkew()
    expect(Math.abs(offsetMs + offMs)).toBeLessThan(2000)
    expect(level).toBe('explained')
    expect(Math.abs(scene.gateway.correctedNow() - Date.now())).toBeLessThan(2000)
  },
)

test.each([
  [30_000, 'small'],
  [90_000, 'shown'],
  [-90_000, 'shown'],
  [299_000, 'shown'],
] as const)('%d ms are not refused, and said to be %s', async (offMs, level) => {
  const scene = await openScene({ gateway: { clock: () => Date.now() + offMs } })
  expect(await scene.redeem(await scene.sample())).toMatchObject({ kind: 'confirmed' })
  expect(scene.gateway.clockSkew().level).toBe(level)
  expect((await scene.control.ledger({})).refusals).toEqual([])
})

test('a clock that somebody sets right is followed', async () => {
  let offMs = 20 * minuteMs
  const scene = await openScene({ gateway: { clock: () => Date.now() + offMs } })
  await scene.redeem(await scene.sample(), 'number-1')
  offMs = 0
  expect(await scene.redeem(await scene.sample(), 'number-1')).toMatchObject({ kind: 'confirmed' })
  expect(scene.gateway.clockSkew().level).toBe('small')
})

test('a refusal for the time that stays is blocked, and says so', async () => {
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

test('the time is confirmed by a verified reply alone', async () => {
  const scene = await openScene()
  await scene.control.addFault({ kind: 'bad-signature', times: 1 })
  expect(await scene.redeem(await scene.sample(), 'number-2')).toMatchObject({ kind: 'unknown' })
  expect(scene.gateway.confirmedNow()).toBeNull()
  expect(await scene.redeem(await scene.sample(), 'number-2')).toMatchObject({ kind: 'confirmed' })
  expect(Math.abs((scene.gateway.confirmedNow() ?? 0) - Date.now())).toBeLessThan(2000)
})
