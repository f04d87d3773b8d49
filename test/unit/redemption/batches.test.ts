import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { hold, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { noLine, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

describe('codes and batches', () => {
  const twoBatches = {
    codeRules: {
      merchantCodes: [
        { pattern: /S\d+/, stockId: 'A1' },
        { pattern: /S\d+/, stockId: 'B2' },
      ],
    },
  }

  test('a guessed batch refuses no 22-digit coupon', async () => {
    open({ onlyStockId: '12', clocks: { confirmed: () => shop.now }, offlinePolicy: hold })
    shop.store.stocks.save({ ...tenYuanOff, availableUntil: shop.now - 1 }, shop.now)
    expect(await shop.scan(1)).toMatchObject({ tone: 'green' })
  })

  test('a batch of the merchant’s own codes is not guessed for a 22-digit coupon', async () => {
    open({ onlyStockId: '12', offlinePolicy: { ...hold, mode: 'honour' } })
    shop.store.stocks.save({ ...tenYuanOff, couponCodeMode: 'MERCHANT_UPLOAD' }, shop.now)
    await shop.scan(9)
    shop.use = () => noLine
    // Its value is unknown.
    expect(await shop.scan(1)).toMatchObject({ redemption: { stock: null } })
  })

  test('a code that fits two batches asks for the batch, and remembers the choice', async () => {
    open(twoBatches)
    shop.queries.queryStock = (stockId) => Promise.resolve(ok({ ...tenYuanOff, stockId }))
    expect(await shop.scanCode('S1')).toMatchObject({
      reason: 'stock-not-chosen',
      choices: ['choose-stock'],
      stocks: [{ stockId: 'A1' }, { stockId: 'B2' }],
    })
    const { shown } = shop.till.counter()
    await shop.till.chooseStock(shown?.presentationNo ?? '', 'B2')
    expect(verdict()).toMatchObject({ tone: 'green' })
    expect(shop.sent.at(-1)).toContain('"stock_id":"B2"')
    await shop.scanCode('S2')
    expect(shop.sent.at(-1)).toContain('"stock_id":"B2"')
  })

  test('earlier redemptions are looked up by code and batch', async () => {
    open(twoBatches)
    shop.use = (body) => {
      const [, stock = ''] = /"stock_id":"(\w+)"/.exec(body) ?? []
      return { ...used, ...bodyFor(stock) }
    }
    expect(await shop.scanCode('S1', { stockId: 'A1' })).toMatchObject({ tone: 'green' })
    await shop.pass(4000)
    expect(await shop.scanCode('S1', { stockId: 'B2' })).toMatchObject({ tone: 'green' })
    await shop.pass(4000)
    expect(await shop.scanCode('S1', { stockId: 'A1' })).toMatchObject({
      reason: 'redeemed-here-before',
    })
  })

  test('a code redeemed in the batch chosen before may still be redeemed in the other batch', async () => {
    open(twoBatches)
    shop.use = (body) => {
      const [, stock = ''] = /"stock_id":"(\w+)"/.exec(body) ?? []
      return { ...used, ...bodyFor(stock) }
    }
    await shop.scanCode('S1')
    await shop.till.chooseStock(shop.till.counter().shown?.presentationNo ?? '', 'A1')
    await shop.pass(4000)
    expect(await shop.scanCode('S1')).toMatchObject({
      tone: 'red',
      reason: 'redeemed-here-before',
      choices: ['choose-stock'],
      stocks: [{ stockId: 'B2' }],
    })
    await shop.till.chooseStock(shop.till.counter().shown?.presentationNo ?? '', 'B2')
    expect(verdict()).toMatchObject({ tone: 'green', redemption: { stockId: 'B2' } })
    expect(shop.sent.at(-1)).toContain('"stock_id":"B2"')
  })

  test('redemptions of other tills are looked up by code and batch too', async () => {
    open(twoBatches)
    const told = { tillId: 'T2', useRequestNo: 'T2-1', at: shop.now, state: 'redeemed' } as const
    shop.till.hearFromPeers([{ ...told, couponCode: 'S1', stockId: 'A1' }])
    shop.use = () => ({ ...used, ...bodyFor('B2') })
    expect(await shop.scanCode('S1', { stockId: 'B2' })).toMatchObject({ tone: 'green' })
    await shop.pass(4000)
    expect(await shop.scanCode('S1', { stockId: 'A1' })).toMatchObject({
      reason: 'redeemed-at-other-till',
    })
  })

  test("a merchant's own pattern takes precedence over the 22-digit form", async () => {
    open({
      codeRules: { merchantCodes: [{ pattern: /99\d{20}/, stockId: '12' }] },
    })
    await shop.scanCode(`99${'0'.repeat(20)}`)
    expect(shop.sent.at(-1)).toContain('"stock_id":"12"')
  })
})

function bodyFor(stockId: string) {
  return {
    body: { stock_id: stockId, openid: 'o-1', wechatpay_use_time: '2026-01-05T10:00:00+08:00' },
  }
}
