import type { OfflineDecision, OfflineLimit, StockView } from '../contract/redemption-view.ts'

/** What a shop does with a coupon that WeChat Pay has not answered about. */
export type OfflineMode = 'refuse' | 'hold' | 'honour'

export interface OfflineLimits {
  /** Honoured and not settled, at one time. */
  readonly open: number
  /** Their value together, in fen. */
  readonly openFen: number
  /** Of one coupon, in fen. */
  readonly singleFen: number
  /** Since the oldest of them was recorded, in milliseconds. */
  readonly oldestMs: number
  /** Since WeChat Pay was last heard, in milliseconds. */
  readonly sinceContactMs: number
}

export interface OfflinePolicy {
  readonly mode: OfflineMode
  /** By batch; the rest follows `mode`. */
  readonly byStock: Readonly<Record<string, OfflineMode>>
  readonly limits: OfflineLimits
}

/** Records and does not honour: what nobody has thought about costs nobody money. */
export const holdAll: OfflinePolicy = {
  mode: 'hold',
  byStock: {},
  limits: { open: 0, openFen: 0, singleFen: 0, oldestMs: 0, sinceContactMs: 0 },
}

export interface OfflineSituation {
  readonly stockId: string | null
  /** What is cached of the batch. */
  readonly stock: StockView | null
  /** What this coupon would cost, in fen; `null` when it cannot be said. */
  readonly valueFen: number | null
  /** Honoured already and not settled. */
  readonly open: { readonly count: number; readonly fen: number; readonly oldestAt: number | null }
  readonly lastContactAt: number | null
  readonly now: number
}

/** How this coupon is to be treated while nobody answers, and which limit says so. */
export function decideOffline(policy: OfflinePolicy, of: OfflineSituation): OfflineDecision {
  const mode = offlineModeOf(policy, of.stockId)
  if (mode !== 'honour') return { mode, limit: null }
  const limit = exceeded(policy.limits, of)
  return limit === null ? { mode: 'honour', limit: null } : { mode: 'hold', limit }
}

export function offlineModeOf(policy: OfflinePolicy, stockId: string | null): OfflineMode {
  return (stockId === null ? undefined : policy.byStock[stockId]) ?? policy.mode
}

/** A clock that went backwards since makes an age negative, and is no reason to trust it. */
function exceeded(limits: OfflineLimits, of: OfflineSituation): OfflineLimit | null {
  const { open, valueFen, now, lastContactAt, stock } = of
  if (stock === null) return 'stock-unknown'
  if (valueFen === null) return 'value-unknown'
  if (valueFen > limits.singleFen) return 'single-value'
  if (open.count >= limits.open) return 'open-count'
  if (open.fen + valueFen > limits.openFen) return 'open-value'
  if (open.oldestAt !== null && isBeyond(now - open.oldestAt, limits.oldestMs)) return 'open-age'
  if (lastContactAt === null || isBeyond(now - lastContactAt, limits.sinceContactMs))
    return 'last-contact'
  return null
}

/** Whether what is honoured and not decided would be more than the shop allows, in count or in fen. */
export function exceedsSum(
  limits: Pick<OfflineLimits, 'open' | 'openFen'>,
  open: { readonly count: number; readonly fen: number },
  valueFen: number,
): boolean {
  return open.count >= limits.open || open.fen + valueFen > limits.openFen
}

function isBeyond(ageMs: number, limitMs: number): boolean {
  return ageMs < 0 || ageMs > limitMs
}
