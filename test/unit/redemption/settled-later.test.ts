import { expect, test } from 'vitest'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, silence, used } from '../../support/scripted-till.ts'

const open = scriptedShop()
const none = { redeemed: 0, notGiven: 0, returned: 0, refused: 0, refusedGiven: 0, review: 0 }

function numberOf(coupon: number): string {
  return shop.store.redemptions.findByCode(codeOf(coupon))?.useRequestNo ?? ''
}

/** Coupons that wait in an outage; the supervisor honours the first two. */
async function outage(coupons: readonly number[]): Promise<void> {
  shop.use = () => noLine
  for (const coupon of coupons) {
    await shop.scan(coupon)
    shop.till.nextCustomer()
  }
  for (const coupon of coupons.slice(0, 2))
    shop.till.honour(numberOf(coupon), { by: 'Li', why: 'known customer' }, null)
  await shop.pass(20_000)
}

test('what became of the coupons of an outage is told until somebody has read it', async () => {
  open()
  await outage([1, 2, 3, 4])
  expect(shop.till.state().settledLater).toBeNull()
  const refused = [codeOf(2), codeOf(4)]
  shop.use = (body) =>
    refused.some((code) => body.includes(code)) ? refusal('RESOURCE_ALREADY_EXISTS') : used
  shop.till.syncNow()
  await shop.pass(120_000)
  expect(shop.till.state().settledLater).toMatchObject({
    redeemed: 1,
    notGiven: 1,
    refusedGiven: 1,
  })
  expect(shop.till.state().settledLater?.since).toBeLessThan(shop.now - 100_000)
  shop.till.settledRead()
  expect(shop.till.state().settledLater).toBeNull()
})

test('what the cashier saw settle is not told again', async () => {
  open()
  shop.use = () => noLine
  await shop.scan(1)
  shop.use = () => used
  shop.till.syncNow()
  await shop.pass(1000)
  expect(shop.state(1)).toBe('redeemed')
  expect(shop.till.state().settledLater).toBeNull()
})

test('a coupon that its customer kept is told as returned, once it is', async () => {
  open()
  // It may have arrived, so that it is not simply cancelled.
  shop.use = () => silence
  await shop.scan(1)
  shop.till.keep(numberOf(1), 'Li')
  await shop.pass(20_000)
  shop.use = () => used
  shop.till.syncNow()
  await shop.pass(120_000)
  expect(shop.state(1)).toBe('returned')
  expect(shop.till.state().settledLater).toMatchObject({ ...none, returned: 1 })
})
