import { describe, expect, test } from 'vitest'
import { ok, type Result } from '../../../main/contract/result.ts'
import type { GatewayReply, StockFacts } from '../../../main/redemption/gateway.ts'
import { honour, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

function scanOwn(number: number) {
  return shop.scanCode(`OWN${number}`)
}

describe("an order's total", () => {
  const own = {
    codeRules: { merchantCodes: [{ pattern: /OWN\d+/, stockId: '12' }] },
  }

  test('prices the coupon shown, whether typed before or after its scan', async () => {
    open()
    shop.till.setTotal(6000)
    expect(await shop.scan(1)).toMatchObject({ payable: { totalFen: 6000, payFen: 5000 } })
    shop.till.nextCustomer()
    expect((await shop.scan(2)).payable).toBeNull()
    shop.till.setTotal(8000)
    expect(verdict()).toMatchObject({ instruction: 'give', payable: { payFen: 7000 } })
  })

  test('prices coupons in order of their scans, also where their batch becomes known later', async () => {
    open({}, { stocks: [] })
    const asked = Promise.withResolvers<Result<StockFacts, GatewayReply>>()
    shop.queries.queryStock = () => asked.promise
    shop.till.setTotal(7000)
    for (const number of [1, 2])
      expect(await shop.scan(number)).toMatchObject({ instruction: 'give', deductFen: null })
    asked.resolve(ok(tenYuanOff))
    await shop.pass(100)
    expect(verdict()).toMatchObject({ payable: { totalFen: 6000, payFen: 5000 } })
    expect(shop.till.counter().order).toMatchObject({ deductedFen: 2000 })
  })

  test('prices a second coupon on what the first left', async () => {
    open()
    shop.till.setTotal(7000)
    await shop.scan(1)
    expect(await shop.scan(2)).toMatchObject({ payable: { totalFen: 6000, payFen: 5000 } })
    expect(shop.till.counter().order).toMatchObject({
      totalFen: 7000,
      deductedFen: 2000,
      coupons: 2,
    })
    expect(await shop.scan(3)).toMatchObject({ payable: { totalFen: 5000, payFen: 4000 } })
    expect(await shop.scan(4)).toMatchObject({ reason: 'redeemed-below-threshold', shortFen: 1000 })
  })

  test.each([
    ['next customer', () => Promise.resolve(shop.till.nextCustomer())],
    ['two minutes of rest', () => shop.pass(120_001)],
    [
      'a total of its own',
      async () => {
        await shop.pass(15_000)
        shop.till.setTotal(null)
      },
    ],
  ])('does not reach the next customer: %s ends it', async (_how, end) => {
    open()
    shop.till.setTotal(6000)
    await shop.scan(1)
    await end()
    expect(await shop.scan(2)).toMatchObject({ instruction: 'give', payable: null })
    expect(shop.rowOf(2).totalFen).toBeNull()
  })

  test('is not used up by a refused or foreign scan', async () => {
    open()
    shop.till.setTotal(6000)
    shop.use = () => refusal('RULELIMIT', 403)
    await shop.scan(1)
    await shop.scanCode('6901234567892')
    shop.till.misread('broken-off', null)
    shop.use = () => used
    expect(await shop.scan(2)).toMatchObject({ payable: { totalFen: 6000, payFen: 5000 } })
  })

  test('is checked against the threshold before sending where the batch is certain', async () => {
    open(own)
    shop.till.setTotal(3000)
    expect(await scanOwn(1)).toMatchObject({
      reason: 'below-threshold',
      instruction: 'do-not-give',
      shortFen: 2000,
    })
    expect(shop.sent).toEqual([])
  })

  test('takes back a "give" whose threshold becomes known later, and a key returns the coupon', async () => {
    open()
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
    shop.till.setTotal(3000)
    expect(verdict()).toMatchObject({
      tone: 'amber',
      reason: 'redeemed-below-threshold',
      instruction: 'do-not-give',
      shortFen: 2000,
      choices: ['return'],
    })
    expect(shop.rowOf(1).given).toBeNull()
    shop.till.returnUngiven(numberOf(1), '小王')
    await shop.pass(1000)
    expect(shop.state(1)).toBe('returned')
    expect(verdict()).toMatchObject({ reason: 'returned-here', instruction: 'do-not-give' })
  })

  test('can be typed again after a mistake, and the coupon is given for the corrected order', async () => {
    open()
    await shop.scan(1)
    shop.till.setTotal(3000)
    shop.till.setTotal(30_000)
    expect(verdict()).toMatchObject({ instruction: 'give', payable: { payFen: 29_000 } })
    expect(shop.rowOf(1).given).toMatchObject({ fen: 1000 })
  })

  test('corrected with several coupons, prices each of them anew, in the order in which they were given', async () => {
    open()
    const percent = { kind: 'DISCOUNT', discountFen: null, payPercent: 85, thresholdFen: null }
    shop.store.stocks.save({ ...tenYuanOff, ...percent }, shop.now)
    shop.till.setTotal(3500)
    expect(await shop.scan(1)).toMatchObject({ deductFen: 525 })
    expect(await shop.scan(2)).toMatchObject({ deductFen: 446 })
    shop.till.setTotal(4000)
    expect(shop.rowOf(1).given?.fen).toBe(600)
    expect(verdict()).toMatchObject({ payable: { totalFen: 3400, payFen: 2890 } })
    expect(shop.till.counter().order).toMatchObject({ totalFen: 4000, deductedFen: 1110 })
  })

  test('corrected, takes the discount from none that has it for one that has not', async () => {
    open()
    shop.till.setTotal(5500)
    shop.use = () => noLine
    await shop.scan(1)
    shop.use = (body) => (body.includes(codeOf(2)) ? used : noLine)
    await shop.scan(2)
    shop.use = () => used
    await shop.pass(30_000)
    expect(shop.rowOf(1).given).toBeNull()
    await shop.scan(2)
    shop.till.setTotal(5600)
    expect(shop.rowOf(2).given?.fen).toBe(1000)
    expect(shop.rowOf(1).given).toBeNull()
  })

  test('yields no sum for an exchange coupon, but its threshold is checked', async () => {
    open()
    const exchange = {
      kind: 'EXCHANGE',
      discountFen: null,
      exchangePriceFen: 100,
      goodsName: '热豆浆',
    }
    shop.store.stocks.save({ ...tenYuanOff, ...exchange }, shop.now)
    shop.till.setTotal(6000)
    expect(await shop.scan(1)).toMatchObject({
      instruction: 'give',
      payable: null,
      deductFen: null,
    })
    // What the customer pays for the goods besides.
    expect(shop.till.counter().order).toMatchObject({ deductedFen: 0, exchangeFen: 100 })
    await shop.scan(3)
    expect(shop.till.counter().order).toMatchObject({ exchangeFen: 200 })
    shop.till.nextCustomer()
    shop.till.setTotal(4000)
    expect(await shop.scan(2)).toMatchObject({ instruction: 'do-not-give', shortFen: 1000 })
    expect(shop.till.counter().order).toMatchObject({ exchangeFen: 0 })
  })

  test('says of an open coupon whether the order at the counter is worth it', async () => {
    open()
    shop.till.setTotal(3000)
    await shop.scan(1)
    expect(shop.till.counter().open).toMatchObject([
      { kind: 'not-given', shortFen: 2000, isNothingLeft: false },
    ])
    // Ordered all the same, it is not given.
    shop.till.give(numberOf(1), '小王')
    expect(shop.rowOf(1).given).toBeNull()
    // The next customer at the counter does not make the order any larger.
    shop.till.nextCustomer()
    expect(shop.till.counter().open).toMatchObject([{ shortFen: 2000 }])
    shop.till.setTotal(1000)
    expect(shop.till.counter().open).toMatchObject([{ shortFen: 4000 }])
    shop.till.setTotal(6000)
    expect(shop.till.counter().open).toMatchObject([{ shortFen: null }])
    shop.till.give(numberOf(1), '小王')
    expect(verdict()).toMatchObject({ instruction: 'give', payable: { payFen: 5000 } })
  })

  test('decides in an outage what the policy allows', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    const percent = { ...tenYuanOff, kind: 'DISCOUNT', discountFen: null, payPercent: 80 }
    shop.store.stocks.save(percent, shop.now)
    await shop.scan(9)
    shop.till.nextCustomer()
    shop.use = () => noLine
    expect(await shop.scan(1)).toMatchObject({
      instruction: 'not-yet',
      offline: { limit: 'value-unknown' },
    })
    shop.till.setTotal(6000)
    expect(verdict()).toMatchObject({ instruction: 'give', deductFen: 1200 })
    // After a correction the honoured coupon is judged again, and counts once in the sum.
    shop.till.setTotal(60_000)
    expect(verdict()).toMatchObject({ instruction: 'not-yet', offline: { limit: 'single-value' } })
    expect(shop.store.open.honoured(0)).toMatchObject({ count: 0, fen: 0 })
  })
})
