import { describe, expect, test } from 'vitest'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, silence, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

describe('where nobody says "next customer"', () => {
  test('a coupon confirmed after its customer left is not given', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    // Other customers' coupons, one a minute.
    for (const coupon of [2, 3, 4]) {
      await shop.pass(60_000)
      await shop.scan(coupon)
    }
    shop.use = () => used
    // Its back-off is partly random and may be longer than this test.
    shop.till.syncNow()
    await shop.pass(1000)
    expect(shop.state(1)).toBe('redeemed')
    expect(shop.store.redemptions.findByCode(codeOf(1))?.given).toBeNull()
  })

  test('a coupon no longer on the screen is not given', async () => {
    open()
    shop.use = () => silence
    for (const coupon of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      await shop.scan(coupon)
      await shop.pass(100)
    }
    shop.use = () => used
    shop.till.syncNow()
    await shop.pass(1000)
    expect(shop.store.redemptions.findByCode(codeOf(1))).toMatchObject({
      state: 'redeemed',
      given: null,
    })
    expect(shop.store.redemptions.findByCode(codeOf(9))).toMatchObject({
      state: 'redeemed',
      given: {},
    })
  })
})
