import type { StockView } from '../contract/redemption-view.ts'
import { exceedsSum, type OfflineLimits } from './offline-policy.ts'
import { priceOf } from './payable.ts'
import type { OpenRedemptions } from './ports.ts'

/** What a supervisor's word is worth; or why it is not taken. Money in fen. */
export type Honourable =
  | { readonly honouredValueFen: number | null; readonly fault: null }
  | { readonly fault: 'below-threshold' | 'over-limit' }

interface HonourParts {
  readonly open: Pick<OpenRedemptions, 'honoured'>
  readonly limits: OfflineLimits
}

interface HonourQuestion {
  readonly useRequestNo: string
  readonly stock: StockView | null
  /** The order's total, in fen. */
  readonly totalFen: number | null
}

/**
 * Whether a coupon may be honoured for an order of `totalFen`, within the sums that the shop allows. A coupon whose value
 * is not known counts as the largest single value allowed.
 */
export function mayHonour(parts: HonourParts, of: HonourQuestion): Honourable {
  const { open, limits } = parts
  const { deductFen: honouredValueFen, shortFen, isNothingLeft } = priceOf(of.stock, of.totalFen)
  if (shortFen !== null || isNothingLeft) return { fault: 'below-threshold' }
  const honoured = open.honoured(limits.singleFen, of.useRequestNo)
  const isTooMuch = exceedsSum(limits, honoured, honouredValueFen ?? limits.singleFen)
  return isTooMuch ? { fault: 'over-limit' } : { honouredValueFen, fault: null }
}

/**
 * Whether a coupon that was honoured for one total stays honoured for another. `isByPolicy`: the offline policy honoured
 * it, and no supervisor did. The time since does not matter.
 */
export function staysHonoured(
  parts: HonourParts,
  of: HonourQuestion,
  isByPolicy: boolean,
): boolean {
  const may = mayHonour(parts, of)
  if (may.fault !== null) return false
  const { honouredValueFen } = may
  return !isByPolicy || (honouredValueFen !== null && honouredValueFen <= parts.limits.singleFen)
}
