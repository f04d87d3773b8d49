import type { StockView } from '../contract/redemption-view.ts'
import { exceedsSum, type OfflineLimits } from './offline-policy.ts'
import { priceOf } from './payable.ts'
import type { OpenRedemptions } from './ports.ts'

/** What a supervisor's word is worth; or why it is not taken. Money in fen. */
export type Honourable =
  | { readonly honouredValueFen: number | null; readonly fault: null }
  | { readonly fault: 'below-threshold' | 'over-limit' }

/**
 * Whether a coupon may be honoured for an order of `totalFen`, within the sums that the shop allows. A value that nobody
 * knows counts as the largest single value allowed.
 */
export function mayHonour(
  parts: { readonly open: Pick<OpenRedemptions, 'honoured'>; readonly limits: OfflineLimits },
  of: {
    readonly useRequestNo: string
    readonly stock: StockView | null
    readonly totalFen: number | null
  },
): Honourable {
  const { open, limits } = parts
  const { deductFen: honouredValueFen, shortFen, isNothingLeft } = priceOf(of.stock, of.totalFen)
  if (shortFen !== null || isNothingLeft) return { fault: 'below-threshold' }
  const honoured = open.honoured(limits.singleFen, of.useRequestNo)
  const isTooMuch = exceedsSum(limits, honoured, honouredValueFen ?? limits.singleFen)
  return isTooMuch ? { fault: 'over-limit' } : { honouredValueFen, fault: null }
}
