import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import type { CouponFacts } from '../../../main/redemption/gateway.ts'
import { factsWith } from '../../support/facts-with.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, refusal, silence, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop()

const note = { by: '李强', why: '商户平台显示' }
const fewTries = { caps: { undecidedAttempts: 3, waitedMs: 1e9 } }
const codeRules = { merchantCodes: [{ pattern: /UP\d/, stockId: '7' }] }

/** An entry whose code can be queried, given up because the query failed at that time. */
async function givenUpUploaded(isGiven = false): Promise<string> {
  open({ ...fewTries, codeRules })
  const stock = { ...tenYuanOff, stockId: '7', name: '', discountFen: 1, thresholdFen: 0 }
  shop.store.stocks.save({ ...stock, couponCodeMode: 'MERCHANT_UPLOAD' }, shop.now)
  shop.use = () => refusal('SYSTEM_ERROR', 500)
  await shop.scanCode('UP1')
  const useRequestNo = shop.store.redemptions.findByCode('UP1')?.useRequestNo ?? ''
  if (isGiven) shop.till.honour(useRequestNo, note, null)
  await shop.pass(3_600_000)
  expect(shop.till.review()[0]?.actions[0]).toBe('look-up')
  return useRequestNo
}

function uploadedIs(facts: Partial<CouponFacts>): void {
  shop.queries.queryPrestoredCode = async () => ok(factsWith(facts))
}

describe('looking up a coupon in review', () => {
  test('confirms ours, without a person’s decision in the records', async () => {
    const useRequestNo = await givenUpUploaded()
    uploadedIs({ useRequestNo, openid: 'o-9' })
    expect(await shop.till.lookUp(useRequestNo, note)).toMatchObject({
      value: {
        state: 'redeemed',
        reason: 'redeemed',
        openid: 'o-9',
        resolution: null,
        given: null,
      },
    })
    expect(shop.store.history.timeline(useRequestNo).at(-1)).toMatchObject({
      event: 'redeemed',
      by: '李强',
      how: null,
      couponState: 'USED',
      heldBy: useRequestNo,
    })
  })

  test("refuses another's, and lets an unused coupon be presented again", async () => {
    const first = await givenUpUploaded()
    uploadedIs({ useRequestNo: 'ANOTHER-1' })
    expect(await shop.till.lookUp(first, note)).toMatchObject({
      value: { state: 'refused', reason: 'used-elsewhere' },
    })
    const second = await givenUpUploaded()
    uploadedIs({ state: 'SENDED' })
    expect(await shop.till.lookUp(second, note)).toMatchObject({
      value: { state: 'resolved', resolution: 'not-redeemed' },
    })
    shop.use = () => used
    const again = await shop.scanCode('UP1')
    expect(again.tone).toBe('green')
  })

  test('leaves a coupon that was given and is not ours to be booked, and lets an unused one be sent again', async () => {
    const useRequestNo = await givenUpUploaded(true)
    uploadedIs({ state: 'SENDED' })
    await shop.till.lookUp(useRequestNo, note)
    expect(shop.till.review()[0]).toMatchObject({ case: 'no-result-given' })
    uploadedIs({ useRequestNo: 'ANOTHER-1' })
    await shop.till.lookUp(useRequestNo, note)
    expect(shop.till.review()[0]).toMatchObject({ case: 'refused-given' })
    expect(shop.till.review()[0]?.actions).toEqual(['look-up', 'loss'])
  })

  test('tells apart that no reply came, that it decides nothing, and that nothing can be queried', async () => {
    const useRequestNo = await givenUpUploaded()
    expect(await shop.till.lookUp(useRequestNo, note)).toMatchObject({
      error: { code: 'no-answer' },
    })
    for (const state of ['USED', 'REDEEM_CONFIRMING', 'PENDING_REDEEM']) {
      uploadedIs({ state, ...(state !== 'USED' && { useRequestNo }) })
      expect(await shop.till.lookUp(useRequestNo, note)).toMatchObject({
        error: { code: 'undecided-there' },
      })
    }
    open()
    shop.use = () => silence
    await shop.scan(1)
    shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
    await shop.pass(60_000)
    const { useRequestNo: unknown = '' } = shop.store.redemptions.findByCode(codeOf(1)) ?? {}
    expect(await shop.till.lookUp(unknown, note)).toMatchObject({
      error: { code: 'no-query' },
    })
  })

  test("changes nothing when its reply comes after a person's decision", async () => {
    const useRequestNo = await givenUpUploaded()
    const late = Promise.withResolvers<ReturnType<typeof ok<CouponFacts>>>()
    shop.queries.queryPrestoredCode = () => late.promise
    const asked = shop.till.lookUp(useRequestNo, note)
    shop.till.resolve(useRequestNo, 'not-redeemed', note)
    late.resolve(ok(factsWith({ useRequestNo })))
    expect(await asked).toMatchObject({ error: { code: 'not-now' } })
    expect(shop.store.redemptions.find(useRequestNo)?.resolution).toBe('not-redeemed')
  })

  test('takes a return out of review as done where the coupon carries its return number', async () => {
    const useRequestNo = await givenUpUploaded()
    shop.return = () => silence
    expect(shop.returnCoupon(useRequestNo, note).ok).toBe(true)
    await shop.pass(10)
    const returnRequestNo =
      shop.store.redemptions.find(useRequestNo)?.couponReturn?.returnRequestNo ?? null
    shop.return = () => refusal('INVALID_REQUEST')
    uploadedIs({ state: 'SENDED', returnRequestNo })
    await shop.pass(60_000)
    expect(shop.store.redemptions.find(useRequestNo)?.state).toBe('returned')
  })

  test('happens by itself before an entry is given up', async () => {
    const useRequestNo = await givenUpUploaded()
    shop.till.sendAgain(useRequestNo, note)
    uploadedIs({ useRequestNo })
    await shop.pass(3_600_000)
    expect(shop.store.redemptions.find(useRequestNo)?.state).toBe('redeemed')
  })
})
