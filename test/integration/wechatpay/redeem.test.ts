import { describe, expect, test } from 'vitest'
import { openScene } from '../../support/wechatpay-scene.ts'

describe.each(['public-key', 'platform-certificates', 'both'] as const)('%s', (mode) => {
  test('a valid coupon is redeemed once, however often it is sent', async () => {
    const { control, sample, redeem } = await openScene({ mode })
    const code = await sample()
    const first = await redeem(code, 'number-1')
    expect(first).toMatchObject({ kind: 'confirmed', stockId: '1200000000000101' })
    expect(await redeem(code, 'number-1')).toEqual({ ...first, evidence: expect.anything() })
    expect(await redeem(code, 'number-2')).toMatchObject({
      kind: 'refused',
      reason: 'used-elsewhere',
    })
    const { effects } = await control.ledger({})
    expect(effects).toMatchObject([{ code, useRequestNo: 'number-1', replays: 1 }])
  })
})

describe('sample coupons', () => {
  test.each([
    ['used', 'refused', 'used-elsewhere'],
    ['expired', 'refused', 'outside-validity'],
    ['not-yet-valid', 'refused', 'outside-validity'],
    ['unknown', 'refused', 'coupon-unknown'],
    ['other-merchant', 'refused', 'coupon-unknown'],
    ['no-network', 'unknown', 'no-connection'],
  ])('%s is %s: %s', async (kind, outcome, reason) => {
    const { sample, redeem } = await openScene()
    expect(await redeem(await sample(kind))).toMatchObject({ kind: outcome, reason })
  })

  test('a no-network sample works again after ten seconds', async () => {
    let now = Date.now()
    const clock = () => now
    const scene = await openScene({ standIn: { now: clock }, gateway: { clock } })
    const code = await scene.sample('no-network')
    expect(await scene.redeem(code, 'number-1')).toMatchObject({ kind: 'unknown' })
    now += 9999
    expect(await scene.redeem(code, 'number-1')).toMatchObject({ kind: 'unknown' })
    now += 1
    expect(await scene.redeem(code, 'number-1')).toMatchObject({ kind: 'confirmed' })
  })

  test('a slow-network sample makes a cashier wait once, and is redeemed', async () => {
    const scene = await openScene({ gateway: { deadlines: { totalMs: 2000 } } })
    const code = await scene.sample('slow-network')
    expect(await scene.redeem(code, 'number-1')).toMatchObject({
      kind: 'unknown',
      reason: 'no-answer-in-time',
    })
    const { effects } = await scene.control.ledger({})
    expect(effects).toMatchObject([{ code, useRequestNo: 'number-1' }])
    expect(await scene.redeem(code, 'number-1')).toMatchObject({ kind: 'confirmed' })
  })
})
