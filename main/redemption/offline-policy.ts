import type { OfflineDecision, OfflineLimit, StockView } from '../contract/redemption-view.ts'

/** What a shop does with a coupon for which no reply came: refuse it, hold it for the customer, or give the discount. */
export type OfflineMode = 'refuse' | 'hold' | 'honour'

export interface OfflineLimits {
  /** Most coupons honoured and not settled at one time. */
  readonly open: number
  /** Most that they are worth together, in fen. */
  readonly openFen: number
  /** Most that one coupon may be worth, in fen. */
  readonly singleFen: number
  /** Longest time since the oldest of them was recorded, in milliseconds. */
  readonly oldestMs: number
  /** Longest time since WeChat Pay last replied, in milliseconds. */
  readonly sinceContactMs: number
}

export interface OfflinePolicy {
  readonly mode: OfflineMode
  /** Modes of single batches, by `stockId`; `mode` is for all others. */
  readonly byStock: Readonly<Record<string, OfflineMode>>
  readonly limits: OfflineLimits
}

/** Records and honours nothing: a shop that has set no policy must not lose money by it. */
export const holdAll: OfflinePolicy = {
  mode: 'hold',
  byStock: {},
  limits: { open: 0, openFen: 0, singleFen: 0, oldestMs: 0, sinceContactMs: 0 },
}

export interface OfflineSituation {
  readonly stockId: string | null
  /** What is known of the batch; `null` for nothing. */
  readonly stock: StockView | null
  /** What this coupon would cost the shop, in fen; `null` when that is not known. */
  readonly valueFen: number | null
  /** What is honoured already and not settled. */
  readonly open: { readonly count: number; readonly fen: number; readonly oldestAt: number | null }
  readonly lastContactAt: number | null
  readonly now: number
}

/** Returns how to treat a coupon without a reply, and which limit keeps it from being honoured. */
export function decideOffline(policy: OfflinePolicy, of: OfflineSituation): OfflineDecision {
  const mode = offlineModeOf(policy, of.stockId)
  if (mode !== 'honour') return { mode, limit: null }
  const limit = exceeded(policy.limits, of)
  return limit === null ? { mode: 'honour', limit: null } : { mode: 'hold', limit }
}

export function offlineModeOf(policy: OfflinePolicy, stockId: string | null): OfflineMode {
  return (stockId === null ? undefined : policy.byStock[stockId]) ?? policy.mode
}

/** Returns the first limit that is exceeded; `null` for none. A negative age, after the clock was set back, exceeds its limit. */
function exceeded(limits: OfflineLimits, of: OfflineSituation): OfflineLimit | null {
  const { open, valueFen, now, lastContactAt, stock } = of
  if (stock === null) return 'stock-unknown'
  if (valueFen === null) return 'value-unknown'
  if (valueFen > limits.singleFen) return 'single-value'
  const sum = exceededSum(limits, open, valueFen)
  if (sum !== null) return sum
  if (open.oldestAt !== null && isBeyond(now - open.oldestAt, limits.oldestMs)) return 'open-age'
  if (lastContactAt === null || isBeyond(now - lastContactAt, limits.sinceContactMs))
    return 'last-contact'
  return null
}

/**
 * Returns what one more coupon of this value would exceed of what may be honoured and not settled, in number or in fen; `null`
 * for neither.
 */
export function exceededSum(
  limits: Pick<OfflineLimits, 'open' | 'openFen'>,
  open: { readonly count: number; readonly fen: number },
  valueFen: number,
): 'open-count' | 'open-value' | null {
  if (open.count >= limits.open) return 'open-count'
  return open.fen + valueFen > limits.openFen ? 'open-value' : null
}

function isBeyond(ageMs: number, limitMs: number): boolean {
  return ageMs < 0 || ageMs > limitMs
}
