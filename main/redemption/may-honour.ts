import type { StockView } from '../contract/redemption-view.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { exceededSum, type OfflineLimits } from './offline-policy.ts'
import { leftOf, priceOf } from './payable.ts'
import type { OpenRedemptions } from './ports.ts'

/** Why a coupon may not be honoured for an order. */
export type HonourFault =
  /** The order does not reach the coupon's threshold, or other coupons have paid all of it. */
  | { readonly code: 'below-threshold' }
  /** The coupons honoured and not settled would be more than the shop allows, in number or in value. */
  | { readonly code: 'over-limit'; readonly limit: 'open-count' | 'open-value' }

interface HonourParts {
  readonly open: Pick<OpenRedemptions, 'honoured'>
  readonly limits: OfflineLimits
}

interface HonourQuestion {
  readonly useRequestNo: string
  readonly stock: StockView | null
  /** The order's total, in fen. */
  readonly totalFen: number | null
  /** What a person read off the coupon, in fen. Counts only where the till does not know its worth. */
  readonly worthFen?: number | null
}

/**
 * Whether a coupon may be honoured for an order of `totalFen`, within the sums that the shop allows. A coupon whose value
 * is not known counts as the largest single value allowed. Returns what the shop gives, in fen; `null` when that is not known.
 */
export function mayHonour(
  parts: HonourParts,
  of: HonourQuestion,
): Result<number | null, HonourFault> {
  const { open, limits } = parts
  const { deductFen, shortFen, isNothingLeft } = priceOf(of.stock, of.totalFen)
  const honouredValueFen = deductFen ?? leftOf(of.worthFen ?? null, of.totalFen)
  if (shortFen !== null || isNothingLeft) return err({ code: 'below-threshold' })
  const honoured = open.honoured(limits.singleFen, of.useRequestNo)
  const limit = exceededSum(limits, honoured, honouredValueFen ?? limits.singleFen)
  return limit === null ? ok(honouredValueFen) : err({ code: 'over-limit', limit })
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
  if (!may.ok) return false
  return !isByPolicy || (may.value !== null && may.value <= parts.limits.singleFen)
}
