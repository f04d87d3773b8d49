import { expect, test } from 'vitest'
import {
  hold,
  honour,
  limits,
  numberOf,
  scriptedShop,
  shop,
  verdict,
} from '../../support/scripted-shop.ts'
import { codeOf, noLine, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

const percent = {
  ...tenYuanOff,
  kind: 'DISCOUNT',
  discountFen: null,
  thresholdFen: null,
  payPercent: 80,
}

test("a coupon presented for another order is not priced on the earlier order's total", async () => {
  open({ offlinePolicy: hold, onlyStockId: '12' })
  shop.store.stocks.save(percent, shop.now)
  shop.use = () => noLine
  shop.till.setTotal(90_000)
  await shop.scan(1)
  shop.till.nextCustomer()
  await shop.pass(3100)
  shop.use = () => used
  expect(await shop.scan(1)).toMatchObject({ instruction: 'give', payable: null, deductFen: null })
})

test('a coupon given by a key is priced on the current order', async () => {
  open({ offlinePolicy: hold, onlyStockId: '12' })
  shop.store.stocks.save(percent, shop.now)
  shop.use = () => noLine
  shop.till.setTotal(90_000)
  await shop.scan(1)
  shop.till.nextCustomer()
  shop.use = () => used
  await shop.pass(60_000)
  shop.till.setTotal(1000)
  shop.till.give(numberOf(1), null)
  expect(verdict()).toMatchObject({ instruction: 'give', deductFen: 200 })
})

test('a coupon honoured by a key is priced on the current order', async () => {
  open({ offlinePolicy: hold, onlyStockId: '12' })
  shop.store.stocks.save(percent, shop.now)
  shop.use = () => noLine
  shop.till.setTotal(9000)
  await shop.scan(1)
  shop.till.nextCustomer()
  shop.till.setTotal(1000)
  shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, null)
  expect(verdict()).toMatchObject({ instruction: 'give', deductFen: 200 })
})

test('a coupon redeemed later is priced on what the other coupons of the order left', async () => {
  open({ offlinePolicy: hold, onlyStockId: '12' })
  shop.till.setTotal(5500)
  shop.use = () => noLine
  await shop.scan(1)
  shop.use = (body) => (body.includes(codeOf(2)) ? used : noLine)
  expect(await shop.scan(2)).toMatchObject({ instruction: 'give', payable: { payFen: 4500 } })
  shop.use = () => used
  await shop.pass(30_000)
  const first = shop.till.counter().others.find(({ codeTail }) => codeTail === '0001')
  expect(first?.verdict).toMatchObject({ instruction: 'do-not-give', shortFen: 500 })
})

test('a larger total typed after a supervisor honoured the coupon cannot exceed the limits', async () => {
  open({ offlinePolicy: hold, onlyStockId: '12' })
  shop.store.stocks.save(percent, shop.now)
  shop.use = () => noLine
  shop.till.setTotal(6000)
  await shop.scan(1)
  expect(shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, null)).toMatchObject({
    ok: true,
  })
  shop.till.setTotal(600_000)
  expect(shop.store.open.honoured(2000).fen).toBeLessThanOrEqual(3000)
  expect(verdict()?.instruction).toBe('not-yet')
})

test('a total below the threshold, typed after a supervisor honoured the coupon, is no "give"', async () => {
  open({ offlinePolicy: hold, onlyStockId: '12' })
  shop.use = () => noLine
  await shop.scan(1)
  shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, null)
  shop.till.setTotal(3000)
  expect(verdict()).toMatchObject({ instruction: 'not-yet', shortFen: 2000 })
})

test('nobody can honour a coupon below its threshold', async () => {
  open({ offlinePolicy: hold, onlyStockId: '12' })
  shop.use = () => noLine
  shop.till.setTotal(3000)
  await shop.scan(1)
  expect(shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, null)).toMatchObject({
    ok: false,
  })
  expect(verdict()?.instruction).toBe('not-yet')
})

test('a coupon is not redeemed where the order has nothing left to deduct', async () => {
  open({
    offlinePolicy: hold,
    codeRules: { merchantCodes: [{ pattern: /OWN\d+/, stockId: '12' }] },
  })
  shop.store.stocks.save({ ...tenYuanOff, thresholdFen: null }, shop.now)
  shop.till.setTotal(1000)
  await shop.scanCode('OWN1')
  expect(await shop.scanCode('OWN2')).toMatchObject({
    instruction: 'do-not-give',
  })
  expect(shop.sent).toHaveLength(1)
})

test("a total typed while another scan is shown still checks the order's coupon", async () => {
  open({ offlinePolicy: hold })
  await shop.scan(1)
  await shop.pass(1500)
  await shop.scanCode('6901234567892')
  shop.till.setTotal(3000)
  const { others } = shop.till.counter()
  expect(others[0]?.verdict?.instruction).not.toBe('give')
})

test('a coupon below its threshold can be scanned again at once with a larger total', async () => {
  open({
    codeRules: { merchantCodes: [{ pattern: /OWN\d+/, stockId: '12' }] },
  })
  shop.till.setTotal(3000)
  expect(await shop.scanCode('OWN1')).toMatchObject({
    reason: 'below-threshold',
  })
  shop.till.setTotal(6000)
  expect(await shop.scanCode('OWN1')).toMatchObject({
    instruction: 'give',
  })
})

test('after a computer slept, the next customer does not get the earlier total', async () => {
  open()
  shop.till.setTotal(6000)
  await shop.scan(1)
  shop.setClockBy(7_200_000)
  shop.till.wokeUp()
  expect((await shop.scan(2)).payable).toBeNull()
  shop.setClockBy(-7_200_000)
  shop.till.nextCustomer()
  expect((await shop.scan(3)).payable).toBeNull()
})

test('a total typed when the last contact has become too old takes back no "give"', async () => {
  open({
    offlinePolicy: { ...honour, limits: { ...limits, sinceContactMs: 60_000 } },
    onlyStockId: '12',
  })
  await shop.scan(9)
  shop.use = () => noLine
  shop.probe = () => noLine
  await shop.pass(50_000)
  expect(await shop.scan(1)).toMatchObject({ instruction: 'give' })
  await shop.pass(14_000)
  shop.till.setTotal(6000)
  expect(verdict()).toMatchObject({ instruction: 'give' })
})
