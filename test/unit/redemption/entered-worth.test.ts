import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { honour, scriptedShop, shop } from '../../support/scripted-shop.ts'
import { noLine, tenYuanOff } from '../../support/scripted-till.ts'

const open = scriptedShop({ offlinePolicy: honour, onlyStockId: '12' })
const stockTerms = { 12: { discountFen: 800, thresholdFen: 5000 } }

async function goOffline(): Promise<void> {
  await shop.scan(9)
  shop.till.nextCustomer()
  shop.use = () => noLine
  shop.probe = () => noLine
}

describe('a batch that WeChat Pay has not described', () => {
  test('is not honoured, because nobody knows its worth', async () => {
    open()
    await goOffline()
    expect(await shop.scan(1)).toMatchObject({
      instruction: 'not-yet',
      offline: { mode: 'hold', limit: 'stock-unknown' },
    })
  })

  test('is honoured at the worth that the owner entered, which counts for the limits', async () => {
    open({ stockTerms })
    await goOffline()
    expect(await shop.scan(1)).toMatchObject({ instruction: 'give', deductFen: 800 })
    expect(shop.rowOf(1)).toMatchObject({ honoured: true, honouredValueFen: 800 })
    shop.till.nextCustomer()
    expect(await shop.scan(2, { totalFen: 4999 })).toMatchObject({
      reason: 'no-connection',
      instruction: 'not-yet',
      shortFen: 1,
    })
  })

  test('is worth what WeChat Pay says as soon as it says so', async () => {
    open({ stockTerms })
    shop.queries.queryStock = () => Promise.resolve(ok(tenYuanOff))
    await shop.scan(9)
    await shop.pass(1000)
    await goOffline()
    expect(await shop.scan(1)).toMatchObject({ instruction: 'give', deductFen: 1000 })
  })
})
