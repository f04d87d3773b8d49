import { describe, expect, test } from 'vitest'
import {
  decideOffline,
  type OfflinePolicy,
  type OfflineSituation,
} from '../../../main/redemption/offline-policy.ts'
import { tenYuanOff } from '../../support/scripted-till.ts'

const policy: OfflinePolicy = {
  mode: 'honour',
  byStock: { 'held-batch': 'hold', 'refused-batch': 'refuse' },
  limits: { open: 3, openFen: 3000, singleFen: 1500, oldestMs: 60_000, sinceContactMs: 120_000 },
}
const fine: OfflineSituation = {
  stockId: '12',
  stock: tenYuanOff,
  valueFen: 1000,
  open: { count: 2, fen: 2000, oldestAt: 1_000_000 },
  lastContactAt: 1_000_000,
  now: 1_060_000,
}

describe('while WeChat Pay is silent, a coupon', () => {
  test('is honoured within every limit', () => {
    expect(decideOffline(policy, fine)).toEqual({ mode: 'honour', limit: null })
  })

  test.each([
    ['stock-unknown', { stock: null }],
    ['value-unknown', { valueFen: null }],
    ['single-value', { valueFen: 1501 }],
    ['open-count', { open: { ...fine.open, count: 3 } }],
    ['open-value', { open: { ...fine.open, fen: 2001 } }],
    ['open-age', { open: { ...fine.open, oldestAt: 999_999 } }],
    ['last-contact', { lastContactAt: 939_999 }],
    ['last-contact', { lastContactAt: null }],
    // The clock was set back, so that the age is unknown.
    ['open-age', { now: 999_999 }],
  ] as const)('is held for %s', (limit, change) => {
    expect(decideOffline(policy, { ...fine, ...change })).toEqual({ mode: 'hold', limit })
  })

  test('follows the rule of its own batch where there is one', () => {
    expect(decideOffline(policy, { ...fine, stockId: 'held-batch' }).mode).toBe('hold')
    expect(decideOffline(policy, { ...fine, stockId: 'refused-batch' }).mode).toBe('refuse')
  })
})
