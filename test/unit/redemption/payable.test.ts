import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { priceOf, valueOf } from '../../../main/redemption/payable.ts'
import { tenYuanOff } from '../../support/scripted-till.ts'

const discount = { ...tenYuanOff, kind: 'DISCOUNT', discountFen: null, payPercent: 88 }
const exchange = { ...tenYuanOff, kind: 'EXCHANGE', discountFen: null, exchangePriceFen: 100 }

test('a fixed discount is deducted from the threshold on', () => {
  expect(priceOf(tenYuanOff, 4999)).toMatchObject({ payable: null, deductFen: null, shortFen: 1 })
  expect(priceOf(tenYuanOff, 5000)).toMatchObject({
    payable: { totalFen: 5000, payFen: 4000, deductFen: 1000 },
    deductFen: 1000,
    shortFen: null,
  })
  const free = { ...tenYuanOff, thresholdFen: null }
  expect(priceOf(free, 300).payable).toEqual({ totalFen: 300, payFen: 0, deductFen: 300 })
})

test('88 percent of a total is rounded to the fen, half a fen upwards', () => {
  expect(priceOf(discount, 5000).payable).toMatchObject({ payFen: 4400 })
  // 5006 × 0.88 = 4405.28; 5012.5 would be half: 5625 × 0.88 = 4950 exactly, 5681 × 0.88 = 4999.28.
  expect(priceOf(discount, 5006).payable).toMatchObject({ payFen: 4405 })
  expect(priceOf({ ...discount, payPercent: 50 }, 5001).payable).toMatchObject({ payFen: 2501 })
})

test('no sum is computed for an exchange, because the price of the goods is unknown', () => {
  expect(priceOf(exchange, 6000)).toMatchObject({ payable: null, deductFen: null, shortFen: null })
  expect(priceOf(exchange, 4000)).toMatchObject({ shortFen: 1000 })
})

test('what is paid and what is deducted add up to the total, for every percentage', () => {
  assert(
    property(integer({ min: 5000, max: 1e9 }), integer({ min: 1, max: 99 }), (total, percent) => {
      const { payable } = priceOf({ ...discount, payPercent: percent }, total)
      if (payable === null) throw new Error('must be payable')
      expect(payable.payFen + payable.deductFen).toBe(total)
      expect(Math.abs(payable.payFen - (total * percent) / 100)).toBeLessThanOrEqual(0.5)
    }),
  )
})

test('the value of a coupon is unknown where it depends on a total that was not typed', () => {
  expect(valueOf(tenYuanOff, null)).toBe(1000)
  expect(valueOf(discount, null)).toBeNull()
  expect(valueOf(discount, 5000)).toBe(600)
  expect(valueOf({ ...tenYuanOff, kind: 'NEW_KIND' }, 5000)).toBeNull()
  expect(valueOf(null, 5000)).toBeNull()
})

test('nothing is deducted from a total of zero, whatever the batch; goods can still be exchanged', () => {
  const nothing = { isNothingLeft: true, shortFen: null, deductFen: null }
  expect(priceOf(tenYuanOff, 0)).toMatchObject(nothing)
  expect(priceOf({ ...tenYuanOff, thresholdFen: null }, 0)).toMatchObject(nothing)
  expect(priceOf({ ...exchange, thresholdFen: null }, 0)).toMatchObject({ isNothingLeft: false })
})
