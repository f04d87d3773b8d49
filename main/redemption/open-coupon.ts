import type { OpenCoupon } from '../contract/counter.ts'
import type { RedemptionView } from '../contract/redemption-view.ts'
import { priceOf } from './payable.ts'
import type { Redemption } from './redemption.ts'

/**
 * Returns what a screen may show of a coupon that is held for its customer. `leftFen`: what the order at the counter leaves
 * for it, or its own order did; `null` where no total was typed.
 */
export function openViewOf(
  redemption: Redemption,
  leftFen: number | null,
  view: (redemption: Redemption) => RedemptionView,
): OpenCoupon {
  const { heldUntil } = redemption
  const shown = view(redemption)
  const { shortFen, isNothingLeft } = priceOf(shown.stock, leftFen)
  return { kind: kindOf(redemption), redemption: shown, heldUntil, shortFen, isNothingLeft }
}

function kindOf({ state, released }: Redemption): OpenCoupon['kind'] {
  if (state === 'redeemed') return 'not-given'
  return released === null && state === 'pending' ? 'held' : 'releasing'
}
