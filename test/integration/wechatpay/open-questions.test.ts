import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '../../../main/redemption/outcome.ts'
import { Behaviour, defaultBehaviour } from '../../../main/training/behaviour.ts'
import { openQuestions } from '../../support/outcome-tables.ts'
import { type Scene, createScene, newRequestNo, patient } from '../../support/wechatpay-scene.ts'

/** What the documents leave open (docs/wechat-pay.md), each possibility separately. */
const possibilities: readonly Partial<Behaviour>[] = [
  {},
  { replaySame: 'already-used' },
  { replaySame: 'already-used', alreadyUsedStatus: 403 },
  { replaySame: 'already-used', alreadyUsedStatus: 409 },
  { replayOther: 'invalid-request' },
  { replayOther: 'first-result' },
  { checksFirst: 'validity' },
  { comparesUseTime: false },
  { validityBy: 'use-time' },
  { spelling: 'underscored' },
  { foreignCoupon: 'no-auth' },
  { foreignCoupon: 'no-auth', spelling: 'underscored' },
  { foreignCoupon: 'rule-limit' },
  { withdrawnCoupon: 'not-found' },
  { withdrawnCoupon: 'invalid-request' },
  { maxUseRequestNo: 128 },
  { replayReturn: 'invalid-request' },
  { returnWithinMs: 1000 },
  { errorsSigned: false },
]

const lostAnswers = ['reset-after-effect', 'signtest', 'truncated', 'cut-body'] as const

let now = Date.now()
let scene: Scene
const clock = () => now
beforeAll(async () => {
  scene = await createScene({ mode: 'both', standIn: { now: clock }, gateway: { clock } })
  return () => scene.close()
})

/** Each call opens a new connection: the client would replace a used one that breaks within the call. */
async function redeem(code: string, number: string): Promise<Outcome> {
  await scene.control.network({ network: 'cut' })
  await scene.control.network({ network: 'up' })
  return scene.redeem(code, number)
}

async function bookedUnder(code: string): Promise<string[]> {
  const { effects } = await scene.control.ledger({})
  return effects.filter((effect) => effect.code === code).map((effect) => effect.useRequestNo)
}

/** Queries the coupon where the reply is "used by another order". */
async function numberOnCoupon(code: string): Promise<string | null> {
  const coupon = await scene.control.coupon({ code })
  const of = { openid: coupon?.openid ?? '', couponCode: code, appid: scene.till.appid }
  const facts = await scene.gateway.queryCoupon(of, patient)
  return facts.ok ? facts.value.useRequestNo : null
}

describe.each(possibilities)('if WeChat Pay behaves like this: %j', (possibility) => {
  beforeEach(async () => {
    await scene.control.behave({ ...defaultBehaviour, keyMode: 'both', ...possibility })
    await scene.control.renewSamples({})
  })

  test.each(lostAnswers)(
    'a redemption whose reply was lost (%s) is not decided wrongly',
    async (kind) => {
      const [code, number] = [await scene.sample(), newRequestNo()]
      await scene.control.addFault({ kind, match: { code } })
      expect(await redeem(code, number)).toMatchObject({
        kind: 'unknown',
        mayHaveTakenEffect: true,
      })
      expect(await bookedUnder(code)).toEqual([number])

      const again = await redeem(code, number)
      const isConfirmed = { kind: 'confirmed' }
      const isAscribedToAnother = { kind: 'refused', reason: 'used-elsewhere' }
      const isGiven = possibility.replaySame === undefined
      expect(again).toMatchObject(isGiven ? isConfirmed : isAscribedToAnother)
      expect(await numberOnCoupon(code)).toBe(number)
      expect(await bookedUnder(code)).toEqual([number])
    },
  )

  test('a first reply is right about every sample', async () => {
    const samples = await scene.control.samples({})
    const judged = []
    for (const { kind, code } of samples.filter((entry) => !entry.kind.endsWith('-network'))) {
      const number = newRequestNo()
      const outcome = await scene.redeem(code, number)
      const isBooked = (await bookedUnder(code)).includes(number)
      // A coupon that is not valid is refused, or blocks where that looks like a missing permission; it never waits.
      judged.push({ kind, isRight: outcome.kind === (isBooked ? 'confirmed' : 'refused') })
    }
    const isNoPermission = possibility.foreignCoupon === 'no-auth'
    expect(judged.filter(({ isRight }) => !isRight).map(({ kind }) => kind)).toEqual(
      isNoPermission ? ['other-merchant'] : [],
    )
  })
})

test('a refused repetition after the coupon expired is not final', async () => {
  await scene.control.behave({ ...defaultBehaviour, checksFirst: 'validity' })
  await scene.control.renewSamples({})
  const [code, number] = [await scene.sample(), newRequestNo()]
  await scene.control.addFault({ kind: 'reset-after-effect', match: { code } })
  expect(await redeem(code, number)).toMatchObject({ kind: 'unknown', mayHaveTakenEffect: true })
  now += 200 * 86_400_000
  expect(await redeem(code, number)).toMatchObject({ kind: 'refused', reason: 'outside-validity' })
  // The first outcome alone would be wrong; the coupon carries our number.
  expect(await numberOnCoupon(code)).toBe(number)
})

test.each(['not-found', 'rule-limit', 'invalid-request'] as const)(
  'a coupon that was revoked or is in an unexplained state is refused: %s',
  async (withdrawnCoupon) => {
    await scene.control.behave({ ...defaultBehaviour, withdrawnCoupon })
    await scene.control.renewSamples({})
    const code = await scene.sample()
    const coupon = await scene.control.coupon({ code })
    if (coupon === null) throw new Error('the sample exists')
    for (const state of ['DELETED', 'DEACTIVATED', 'PENDING_REDEEM', 'REDEEM_FAILED'] as const) {
      await scene.control.putCoupons({ stocks: [], coupons: [{ ...coupon, state }] })
      expect(await scene.redeem(code)).toMatchObject({ kind: 'refused' })
      const of = { openid: coupon.openid, couponCode: code, appid: scene.till.appid }
      expect(await scene.gateway.queryCoupon(of, patient)).toMatchObject({ value: { state } })
    }
  },
)

test('every open question of the document has its switch, and every switch is tested', () => {
  const isNoQuestion = ['keyMode', 'certificateList', 'clockOffsetMs', 'requestsPerSecond']
  const switches = Object.keys(Behaviour.shape).filter((name) => !isNoQuestion.includes(name))
  expect(new Set(openQuestions().map((row) => row.switch))).toEqual(new Set(switches))
  expect(new Set(possibilities.flatMap((entry) => Object.keys(entry)))).toEqual(new Set(switches))
})
