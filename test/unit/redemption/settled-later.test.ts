import { expect, test } from 'vitest'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, silence, used } from '../../support/scripted-till.ts'

const open = scriptedShop()
const none = {
  redeemed: 0,
  notGiven: 0,
  returned: 0,
  refused: 0,
  refusedHeld: [],
  refusedGiven: 0,
  review: 0,
}
/** WeChat Pay's word that the coupon is used or over. */
const over = refusal('RESOURCE_ALREADY_EXISTS')

function numberOf(coupon: number): string {
  return shop.store.redemptions.findByCode(codeOf(coupon))?.useRequestNo ?? ''
}

const returnOrder = { by: 'Li', why: 'complaint', stockId: '12' }

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
  shop.use = (body) => (refused.some((code) => body.includes(code)) ? over : used)
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

test('a coupon that had its result at once and is given back later did not wait', async () => {
  open()
  await shop.scan(1)
  await shop.pass(60_000)
  shop.till.returnCoupon(numberOf(1), returnOrder)
  await shop.pass(60_000)
  expect(shop.state(1)).toBe('returned')
  expect(shop.till.state().settledLater).toBeNull()
})

/** An outage in which the first coupon was honoured and the second was not; then the replies come. */
async function settledOutage(reply: (body: string) => typeof used): Promise<void> {
  open()
  shop.use = () => noLine
  await shop.scan(1)
  shop.till.honour(numberOf(1), { by: 'Li', why: 'known customer' }, null)
  shop.till.nextCustomer()
  await shop.scan(2)
  shop.till.nextCustomer()
  await shop.pass(20_000)
  shop.use = reply
  shop.till.syncNow()
  await shop.pass(120_000)
}

test('what was given since, or returned on a complaint, is no longer told', async () => {
  await settledOutage(() => used)
  expect(shop.till.state().settledLater).toMatchObject({ ...none, redeemed: 1, notGiven: 1 })
  shop.till.give(numberOf(2), 'Li')
  expect(shop.till.state().settledLater).toMatchObject({ ...none, redeemed: 1 })
  shop.till.returnCoupon(numberOf(1), returnOrder)
  await shop.pass(60_000)
  expect(shop.state(1)).toBe('returned')
  expect(shop.till.state().settledLater).toBeNull()
})

test('what was decided since is no longer told', async () => {
  await settledOutage((body) => (body.includes(codeOf(1)) ? over : used))
  expect(shop.till.state().settledLater).toMatchObject({ refusedGiven: 1 })
  shop.till.resolve(numberOf(1), 'loss', { by: 'Li', why: 'seen' })
  expect(shop.till.state().settledLater).toMatchObject({ ...none, notGiven: 1 })
})

function tailOf(coupon: number): string {
  return codeOf(coupon).slice(-4)
}

test('a coupon that is refused while its customer waits aside makes a sound and is named, also while others wait', async () => {
  open()
  shop.use = () => noLine
  await shop.scan(1)
  shop.till.nextCustomer()
  await shop.scan(2)
  shop.till.nextCustomer()
  await shop.pass(20_000)
  const { count } = shop.till.counter().sound
  // The second coupon goes on waiting.
  shop.use = (body) => (body.includes(codeOf(1)) ? over : silence)
  shop.till.syncNow()
  await shop.pass(5000)
  expect(shop.state(1)).toBe('refused')
  expect(shop.state(2)).toBe('pending')
  expect(shop.till.counter().sound).toEqual({ count: count + 1, name: 'attention' })
  expect(shop.till.state().settledLater).toMatchObject({ ...none, refusedHeld: [tailOf(1)] })
  shop.till.settledRead()
  expect(shop.till.state().settledLater).toBeNull()
})

test('a refusal that comes at once, but when the next customer is at the counter, is told too', async () => {
  open()
  const asked = Promise.withResolvers<typeof over>()
  shop.use = () => asked.promise
  const scanned = shop.scan(1)
  await shop.pass(1000)
  shop.till.nextCustomer()
  asked.resolve(over)
  await scanned
  await shop.pass(0)
  expect(shop.state(1)).toBe('refused')
  expect(shop.till.counter().sound).toEqual({ count: 1, name: 'attention' })
  expect(shop.till.state().settledLater?.refusedHeld).toEqual([tailOf(1)])
})

test('what is refused after its customer kept the coupon asks for nothing', async () => {
  open()
  const asked = Promise.withResolvers<typeof over>()
  shop.use = () => asked.promise
  const scanned = shop.scan(1)
  await shop.pass(1000)
  shop.till.keep(numberOf(1), 'Li')
  shop.till.nextCustomer()
  const { count } = shop.till.counter().sound
  asked.resolve(over)
  await scanned
  await shop.pass(0)
  expect(shop.state(1)).toBe('refused')
  expect(shop.till.counter().sound.count).toBe(count)
  expect(shop.till.state().settledLater).toBeNull()
})
