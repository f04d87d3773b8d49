import type { Dice } from '../dice.ts'
import type { PlannedBatch } from './batches.ts'
import { type CouponTrouble, couponTroubles } from './faults.ts'
import { day } from './time.ts'

/** A coupon in somebody's card pack. Instants in milliseconds from the start. */
export interface PlannedCoupon {
  readonly code: string
  readonly stockId: string
  /** As the shop opens. `unknown`: WeChat Pay has never heard of it. */
  readonly condition: 'valid' | 'used' | 'expired' | 'not-yet-valid' | 'withdrawn' | 'unknown'
  readonly validForMs: number
  /** By its owner (DELETED) or by the merchant (DEACTIVATED), at some time or beforehand. */
  readonly taken: { readonly how: 'DELETED' | 'DEACTIVATED'; readonly atMs: number } | null
  /** WeChat Pay answers so of this one, for ever; `null` for all but a few. */
  readonly trouble: CouponTrouble | null
  /** Whether WeChat Pay takes it back once it is redeemed. */
  readonly returnable: boolean
}

export function planCoupons(
  dice: Dice,
  batches: readonly PlannedBatch[],
  endsAtMs: number,
): readonly PlannedCoupon[] {
  // Each costs a hundred attempts until its caps are reached.
  const hasTroubles = dice.chance(0.3)
  const coupons = dice.times(dice.between(3, 16), () => planCoupon(dice, batches, endsAtMs))
  const troubled = hasTroubles
    ? dice.some(coupons, 0.15).map((coupon) => ({
        ...coupon,
        condition: 'valid' as const,
        trouble: dice.pick(couponTroubles),
      }))
    : []
  const byCode = new Map([...coupons, ...troubled].map((coupon) => [coupon.code, coupon]))
  return [...byCode.values(), ...planTwins(dice, batches, [...byCode.values()])]
}

function planCoupon(dice: Dice, batches: readonly PlannedBatch[], endsAtMs: number): PlannedCoupon {
  const { stockId, shape } = dice.pick(batches)
  const digits = dice.times(shape?.digits ?? 22, () => dice.between(0, 9)).join('')
  return {
    // Of WeChat Pay's own none begins as the merchant's long ones do.
    code: shape === null ? `1${digits.slice(1)}` : shape.prefix + digits,
    stockId,
    condition: dice.chance(0.7)
      ? 'valid'
      : dice.pick(['used', 'expired', 'not-yet-valid', 'withdrawn', 'unknown']),
    validForMs: dice.chance(0.85) ? endsAtMs + 30 * day : dice.between(0, endsAtMs),
    taken: dice.chance(0.1)
      ? {
          how: dice.pick(['DELETED', 'DEACTIVATED']),
          atMs: dice.chance(0.5) ? -day : dice.between(0, endsAtMs),
        }
      : null,
    trouble: null,
    returnable: dice.chance(0.85),
  }
}

/** Codes are one of a kind within their batch alone. */
function planTwins(
  dice: Dice,
  batches: readonly PlannedBatch[],
  coupons: readonly PlannedCoupon[],
): readonly PlannedCoupon[] {
  const other = batches.find(({ shape }) => shape?.setting === 'none')
  if (!other) return []
  const alike = coupons.filter(({ code, stockId, condition }) => {
    const isOfShape = other.shape?.pattern.test(code) === true
    return isOfShape && stockId !== other.stockId && condition !== 'unknown'
  })
  return dice.some(alike, 0.7).map((coupon) => ({
    ...coupon,
    stockId: other.stockId,
    condition: 'valid',
    taken: null,
    trouble: null,
  }))
}
