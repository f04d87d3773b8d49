import type { Dice } from '../dice.ts'
import type { PlannedBatch } from './batches.ts'
import { type CouponTrouble, couponTroubles } from './faults.ts'
import { day } from './time.ts'

/** A coupon in a customer's wallet. Instants in milliseconds from the start. */
export interface PlannedCoupon {
  readonly code: string
  readonly stockId: string
  /** Its condition when the shop opens. `unknown`: WeChat Pay does not have it. */
  readonly condition: 'valid' | 'used' | 'expired' | 'not-yet-valid' | 'withdrawn' | 'unknown'
  readonly validForMs: number
  /** Revoked by its owner (DELETED) or by the merchant (DEACTIVATED), at this time or before the start. */
  readonly taken: { readonly how: 'DELETED' | 'DEACTIVATED'; readonly atMs: number } | null
  /** What WeChat Pay replies for this coupon for ever; `null` for all but a few. */
  readonly trouble: CouponTrouble | null
  /** Whether WeChat Pay accepts its return once it is redeemed. */
  readonly returnable: boolean
}

export function planCoupons(
  dice: Dice,
  batches: readonly PlannedBatch[],
  endsAtMs: number,
): readonly PlannedCoupon[] {
  // Each costs a hundred attempts until it reaches its cap.
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
    // WeChat Pay's own codes never start like the merchant's long ones.
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

/** Gives codes of one batch to another too, because codes are unique only within their batch. */
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
