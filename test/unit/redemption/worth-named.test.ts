import { expect, test } from 'vitest'
import { hold, limits, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { noLine, refusal } from '../../support/scripted-till.ts'

// The till knows no batch, and so no worth.
const open = scriptedShop({ offlinePolicy: hold })

const order = { by: '店长', why: '看过手机' }

async function honoured(worthFen: number | null): Promise<string> {
  open()
  shop.use = () => noLine
  await shop.scan(1)
  expect(shop.till.honour(numberOf(1), { ...order, worthFen }, '小王')).toMatchObject({ ok: true })
  return numberOf(1)
}

/** WeChat Pay refuses the coupon after it was honoured. */
async function refused(useRequestNo: string): Promise<void> {
  shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  shop.till.networkHint()
  await shop.pass(60_000)
  expect(shop.till.review()).toMatchObject([{ redemption: { useRequestNo } }])
}

test('what the supervisor read off the coupon is told, given and counted', async () => {
  const useRequestNo = await honoured(2000)
  expect(verdict()).toMatchObject({ instruction: 'give', deductFen: 2000 })
  expect(shop.store.redemptions.find(useRequestNo)).toMatchObject({
    honouredValueFen: 2000,
    given: { fen: 2000 },
  })
  expect(shop.store.open.honoured(limits.singleFen)).toMatchObject({ fen: 2000, unknown: 0 })
})

test('it counts for the limits of the shop', async () => {
  open()
  shop.use = () => noLine
  await shop.scan(1)
  const worthFen = limits.openFen + 1
  expect(shop.till.honour(numberOf(1), { ...order, worthFen }, null)).toMatchObject({
    error: { code: 'over-limit' },
  })
})

test('it is no more than the order leaves', async () => {
  open()
  shop.use = () => noLine
  await shop.scan(1)
  shop.till.setTotal(1500)
  expect(shop.till.honour(numberOf(1), { ...order, worthFen: 2000 }, null).ok).toBe(true)
  expect(verdict()).toMatchObject({ deductFen: 1500 })
})

test('nor when a smaller total is typed afterwards', async () => {
  const useRequestNo = await honoured(2000)
  shop.till.setTotal(1500)
  expect(verdict()).toMatchObject({ instruction: 'give', deductFen: 1500 })
  expect(shop.store.redemptions.find(useRequestNo)?.given).toMatchObject({ fen: 1500 })
})

test('a loss of unknown worth is booked with the sum that the supervisor names', async () => {
  const useRequestNo = await honoured(null)
  await refused(useRequestNo)
  expect(shop.till.resolve(useRequestNo, 'loss', { ...order, worthFen: 123_456 }).ok).toBe(true)
  expect(shop.store.redemptions.find(useRequestNo)).toMatchObject({
    resolution: 'loss',
    given: { by: '小王', fen: 123_456 },
  })
})

test('a sum that is on record stays as it is', async () => {
  const useRequestNo = await honoured(2000)
  await refused(useRequestNo)
  shop.till.resolve(useRequestNo, 'loss', { ...order, worthFen: 1 })
  expect(shop.store.redemptions.find(useRequestNo)?.given).toMatchObject({ fen: 2000 })
})
