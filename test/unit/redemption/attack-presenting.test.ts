import { expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { factsWith } from '../../support/facts-with.ts'
import { hold, honour, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { noLine, refusal, silence, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

const gives = (number: number) =>
  shop.store.history.timeline(numberOf(number)).filter(({ told }) => told?.instruction === 'give')
    .length

test('a coupon scanned twice while no reply comes is told "give" once', async () => {
  open({ offlinePolicy: honour, onlyStockId: '12' })
  await shop.scan(9)
  const late = Promise.withResolvers<typeof used>()
  shop.use = () => late.promise
  void shop.scan(1)
  await shop.pass(4000)
  void shop.scan(1)
  await shop.pass(20_000)
  expect(gives(1)).toBe(1)
  const { shown, others } = shop.till.counter()
  expect(
    [shown, ...others].filter((e) => e?.codeTail === '0001' && e.verdict?.instruction === 'give'),
  ).toHaveLength(1)
  late.resolve(used)
  await shop.pass(1)
})

test('a total typed while a reply is awaited does not trigger the offline policy, for the line is not known to be down', async () => {
  open({ offlinePolicy: honour, onlyStockId: '12' })
  await shop.scan(9)
  shop.till.nextCustomer()
  const late = Promise.withResolvers<ReturnType<typeof refusal>>()
  shop.use = () => late.promise
  const said = shop.scan(1)
  await shop.pass(100)
  shop.till.setTotal(6000)
  expect(verdict()).toBeNull()
  expect(shop.rowOf(1).given).toBeNull()
  late.resolve(refusal('RULELIMIT', 403))
  expect(await said).toMatchObject({ instruction: 'do-not-give' })
})

test('a total typed while a reply is awaited prices the coupon when the reply comes', async () => {
  open({ offlinePolicy: hold })
  const late = Promise.withResolvers<typeof used>()
  shop.use = () => late.promise
  const said = shop.scan(1)
  await shop.pass(100)
  shop.till.setTotal(6000)
  late.resolve(used)
  expect(await said).toMatchObject({ instruction: 'give', payable: { payFen: 5000 } })
})

test('a second read of a coupon after "next customer" does not count in the next order', async () => {
  open({ offlinePolicy: hold })
  shop.till.setTotal(6000)
  await shop.scan(1)
  await shop.pass(500)
  shop.till.nextCustomer()
  await shop.pass(500)
  await shop.scan(1)
  shop.till.setTotal(5500)
  expect(shop.till.counter().order?.deductedFen).toBe(0)
  expect(await shop.scan(2)).toMatchObject({ instruction: 'give', payable: { payFen: 4500 } })
})

test('another batch can be chosen after a refused one, but not after a redeemed one', async () => {
  open({
    offlinePolicy: hold,
    codeRules: {
      merchantCodes: [
        { pattern: /S\d+/, stockId: 'A1' },
        { pattern: /S\d+/, stockId: 'B2' },
      ],
    },
  })
  shop.use = (body) =>
    body.includes('"A1"')
      ? refusal('RESOURCE_NOT_EXISTS', 404)
      : {
          ...used,
          body: { stock_id: 'B2', openid: 'o', wechatpay_use_time: '2026-01-05T10:00:00+08:00' },
        }
  await shop.scanCode('S1')
  await shop.chooseStock('A1')
  expect(verdict()).toMatchObject({ tone: 'red' })
  expect(verdict()?.choices).toContain('choose-stock')
  await shop.chooseStock('B2')
  expect(verdict()).toMatchObject({ instruction: 'give' })
  shop.use = () => used
  await shop.chooseStock('A1')
  expect(shop.sent).toHaveLength(2)
})

test("the owner known from another batch's coupon is not used to query this batch", async () => {
  open({
    offlinePolicy: hold,
    codeRules: {
      merchantCodes: [
        { pattern: /S\d+/, stockId: 'A1' },
        { pattern: /S\d+/, stockId: 'B2' },
      ],
    },
  })
  const asked: string[] = []
  shop.queries.queryCoupon = ({ openid }) => {
    asked.push(openid)
    return Promise.resolve(ok(factsWith({ useRequestNo: 'other' })))
  }
  shop.use = () => ({
    ...used,
    body: { stock_id: 'A1', openid: 'owner-a', wechatpay_use_time: '2026-01-05T10:00:00+08:00' },
  })
  await shop.scanCode('S1', { stockId: 'A1' })
  await shop.pass(4000)
  shop.use = () => silence
  void shop.scanCode('S1', { stockId: 'B2' })
  await shop.pass(10)
  shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  await shop.pass(30_000)
  expect(asked).toEqual([])
})

test('a coupon cancelled by a person is shown as "do not give"', async () => {
  open({ offlinePolicy: hold })
  shop.use = () => noLine
  await shop.scan(1)
  expect(shop.till.cancel(numberOf(1), { by: '店长', why: 'x' }).ok).toBe(true)
  expect(verdict()?.instruction).toBe('do-not-give')
})

test('while a return is under way no total makes the coupon "give"', async () => {
  open()
  await shop.scan(1)
  shop.return = () => noLine
  shop.returnCoupon(numberOf(1), { by: '店长', why: 'x' })
  shop.till.setTotal(6000)
  expect(verdict()?.instruction).not.toBe('give')
})

test('a discount for a customer who waited over two minutes is given once, by a key', async () => {
  open({ offlinePolicy: hold })
  shop.use = () => noLine
  shop.probe = () => noLine
  await shop.scan(1)
  await shop.pass(130_000)
  shop.use = () => used
  shop.till.syncNow()
  await shop.pass(5000)
  expect(verdict()).toMatchObject({ reason: 'redeemed-not-given', choices: ['give', 'return'] })
  shop.till.give(numberOf(1), null)
  shop.till.give(numberOf(1), null)
  expect(
    shop.store.history.timeline(numberOf(1)).filter(({ told }) => told?.instruction === 'give'),
  ).toHaveLength(1)
})

test('a coupon honoured, refused and booked as a loss is never given again', async () => {
  open({ offlinePolicy: honour, onlyStockId: '12' })
  await shop.scan(9)
  shop.use = () => noLine
  expect(await shop.scan(1)).toMatchObject({ instruction: 'give' })
  shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  shop.till.syncNow()
  await shop.pass(5000)
  expect(verdict()).toMatchObject({ instruction: 'already-given' })
  const again = await shop.scan(1)
  expect(again.instruction).toBe('do-not-give')
  expect(shop.till.resolve(numberOf(1), 'loss', { by: '店长', why: 'x' }).ok).toBe(true)
  await shop.pass(4000)
  expect(await shop.scan(1)).toMatchObject({ instruction: 'do-not-give', given: { fen: 1000 } })
})

test('a clock set back between scan and reply does not change what was given', async () => {
  open()
  const late = Promise.withResolvers<typeof used>()
  shop.use = () => late.promise
  const said = shop.scan(1)
  await shop.pass(100)
  shop.now -= 3_600_000
  late.resolve(used)
  expect(await said).toMatchObject({ instruction: 'give' })
  shop.till.setTotal(6000)
  expect(verdict()).toMatchObject({ instruction: 'give', payable: { payFen: 5000 } })
})

test('five scans at once together stay within the offline limits', async () => {
  open({ offlinePolicy: honour, onlyStockId: '12' })
  await shop.scan(9)
  shop.use = () => silence
  const all = await Promise.all([1, 2, 3, 4, 5].map((n) => shop.scan(n)))
  expect(all.filter(({ instruction }) => instruction === 'give').length).toBeLessThanOrEqual(3)
  expect(shop.store.open.honoured(2000).fen).toBeLessThanOrEqual(3000)
})
