import { describe, expect, test } from 'vitest'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { noLine, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

describe('a coupon presented twice in one order', () => {
  test('and held before is shown once: no second line contradicts "give"', async () => {
    open()
    shop.use = () => noLine
    shop.probe = () => noLine
    await shop.scan(1)
    await shop.pass(4000)
    shop.use = () => used
    expect(await shop.scan(1)).toMatchObject({ instruction: 'give' })
    expect(shop.till.counter()).toMatchObject({
      shown: { codeTail: '0001', verdict: { instruction: 'give' } },
      others: [],
      order: { coupons: 1 },
    })
  })

  test('and given before is not counted twice, and its deduction stays', async () => {
    open()
    shop.till.setTotal(8000)
    await shop.scan(1)
    await shop.pass(4000)
    expect(await shop.scan(1)).toMatchObject({ reason: 'redeemed-here-before' })
    expect(shop.till.counter().order).toMatchObject({ coupons: 1, deductedFen: 1000 })
    expect(await shop.scan(2)).toMatchObject({ payable: { totalFen: 7000, payFen: 6000 } })
    expect(shop.till.counter().order).toMatchObject({ coupons: 2 })
  })

  test('within three seconds is the same presentation, and says how often it was read', async () => {
    open()
    await shop.scan(1, { cashier: '小王' })
    const { shown } = shop.till.counter()
    expect(shown).toMatchObject({ reads: 1, cashier: '小王' })
    await shop.pass(1000)
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
    expect(shop.till.counter().shown).toMatchObject({
      presentationNo: shown?.presentationNo,
      reads: 2,
    })
  })

  test('and given before says when, by the clock of its verdict, and by whom', async () => {
    open()
    await shop.scan(1, { cashier: '小王' })
    await shop.pass(11_000)
    const again = await shop.scan(1, { cashier: '小王' })
    expect(again).toMatchObject({ instruction: 'do-not-give', given: { by: '小王', fen: 1000 } })
    expect(again.at - (again.given?.at ?? 0)).toBe(11_000)
    expect(shop.till.counter().shown).toMatchObject({ reads: 1, cashier: '小王' })
  })
})
