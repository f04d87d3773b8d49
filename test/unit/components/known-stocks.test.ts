import { expect, test } from 'vitest'
import { ShopSettings } from '../../../main/contract/shop-settings.ts'
import { standingOf, stocksOf } from '../../../renderer/screens/settings/known-stocks.ts'
import { tenYuanOff } from '../../support/scripted-till.ts'

test('the batches by which a coupon is known offline are each listed once', () => {
  const settings = ShopSettings.parse({
    onlyStockId: '12',
    merchantCodes: [
      { template: 'VIP####', stockId: '13' },
      { template: 'JIAN####', stockId: '12' },
    ],
    offline: { byStock: { 14: 'honour' } },
    stockTerms: { 15: { discountFen: 2000, thresholdFen: 0 } },
  })
  expect(stocksOf(settings)).toEqual(['12', '13', '14', '15'])
  expect(stocksOf(ShopSettings.parse({}))).toEqual([])
})

test('a batch can be honoured where its value is known, and not where it cannot be worked out', () => {
  const terms = { discountFen: 2000, thresholdFen: 10_000 }
  expect(standingOf(tenYuanOff, undefined)).toBe('known')
  expect(standingOf(tenYuanOff, terms)).toBe('known')
  expect(standingOf({ ...tenYuanOff, kind: 'DISCOUNT', payPercent: 88 }, undefined)).toBe(
    'perTotal',
  )
  expect(standingOf({ ...tenYuanOff, kind: 'EXCHANGE' }, terms)).toBe('uncountable')
  expect(standingOf(undefined, terms)).toBe('entered')
  expect(standingOf(undefined, undefined)).toBe('unknown')
})
