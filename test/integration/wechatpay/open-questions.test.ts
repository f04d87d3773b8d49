import { describe, expect, test } from 'vitest'
import type { ControlClient } from '../../../main/training/control-client.ts'
import type { Outcome } from '../../../main/redemption/outcome.ts'
import { type Scene, newRequestNo, openScene, patient } from '../../support/wechatpay-scene.ts'

type Behaviour = Parameters<ControlClient['behave']>[0]

/** What the documents leave open (docs/wechat-pay.md), each possibility by itself. */
const possibilities: readonly Behaviour[] = [
  { replaySame: 'first-result' },
  { replaySame: 'already-used' },
  { replayOther: 'param-error' },
  { replayOther: 'invalid-request' },
  { replayOther: 'first-result' },
  { comparesUseTime: false },
  { validityBy: 'use-time' },
  { alreadyUsedStatus: 403 },
  { alreadyUsedStatus: 409, replaySame: 'already-used' },
  { spelling: 'underscored' },
  { foreignCoupon: 'no-auth' },
  { foreignCoupon: 'no-auth', spelling: 'underscored' },
  { foreignCoupon: 'rule-limit' },
  { withdrawnCoupon: 'not-found' },
  { withdrawnCoupon: 'invalid-request' },
  { maxUseRequestNo: 128 },
  { errorsSigned: false },
  { keyMode: 'both' },
  { keyMode: 'platform-certificates' },
]

const faults = ['reset-after-effect', 'signtest', 'truncated', 'bad-gateway'] as const

describe.each(possibilities)('if WeChat Pay behaves so: %j', (behaviour) => {
  test('a redemption whose answer was lost is never decided wrongly', async () => {
    const scene = await openScene({ mode: 'both' })
    await scene.control.behave(behaviour)
    for (const kind of faults) {
      await scene.control.renewSamples({})
      const [code, number] = [await scene.sample(), newRequestNo()]
      await scene.control.addFault(
        kind === 'bad-gateway'
          ? { kind, effect: true, match: { code } }
          : { kind, match: { code } },
      )
      const first = await scene.redeem(code, number)
      const settled = first.kind === 'unknown' ? await scene.redeem(code, number) : first

      const { effects } = await scene.control.ledger({})
      const mine = effects.filter((effect) => effect.code === code)
      expect(mine).toMatchObject([{ useRequestNo: number }])
      expect(await isRedeemedByUs(scene, code, number, settled)).toBe(true)
    }
  })

  test('a first answer is right about every sample', async () => {
    const scene = await openScene({ mode: 'both' })
    await scene.control.behave(behaviour)
    const samples = await scene.control.samples({})
    for (const { kind, code } of samples.filter((entry) => !entry.kind.endsWith('-network'))) {
      const number = newRequestNo()
      const outcome = await scene.redeem(code, number)
      const { effects } = await scene.control.ledger({})
      const isBooked = effects.some((effect) => effect.useRequestNo === number)
      expect({ kind, isConfirmed: outcome.kind === 'confirmed' }).toEqual({
        kind,
        isConfirmed: isBooked,
      })
      // A coupon that is not good is refused, or blocks where it looks like a missing permission; it never waits.
      expect(outcome.kind).not.toBe('unknown')
    }
  })
})

test.each(['not-found', 'rule-limit', 'invalid-request'] as const)(
  'a coupon that was taken back or is in a state nobody explains: %s',
  async (withdrawnCoupon) => {
    const scene = await openScene()
    await scene.control.behave({ withdrawnCoupon })
    const code = await scene.sample()
    const coupon = await scene.control.coupon({ code })
    if (coupon === null) throw new Error('the sample exists')
    for (const state of ['DELETED', 'DEACTIVATED', 'PENDING_REDEEM', 'REDEEM_FAILED'] as const) {
      await scene.control.putCoupons({ stocks: [], coupons: [{ ...coupon, state }] })
      expect(await scene.redeem(code)).toMatchObject({ kind: 'refused' })
      const { openid } = coupon
      const of = { openid, couponCode: code, appid: scene.till.appid }
      expect(await scene.gateway.queryCoupon(of, patient)).toMatchObject({
        ok: true,
        value: { state, useRequestNo: null },
      })
    }
  },
)

/** As the domain settles it: by the answer, and where that says "another order", by the coupon itself. */
async function isRedeemedByUs(
  scene: Scene,
  code: string,
  number: string,
  outcome: Outcome,
): Promise<boolean> {
  if (outcome.kind === 'confirmed') return true
  if (outcome.kind !== 'refused' || outcome.reason !== 'used-elsewhere') return false
  const coupon = await scene.control.coupon({ code })
  const of = { openid: coupon?.openid ?? '', couponCode: code, appid: scene.till.appid }
  const facts = await scene.gateway.queryCoupon(of, patient)
  return facts.ok && facts.value.useRequestNo === number
}
