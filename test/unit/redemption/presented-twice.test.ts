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
})
