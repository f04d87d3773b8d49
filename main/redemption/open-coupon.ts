import type { OpenCoupon } from '../contract/counter.ts'
import type { RedemptionView } from '../contract/redemption-view.ts'
import type { Redemption } from './redemption.ts'

/** Returns what a screen may show of a coupon that is held for its customer. */
export function openViewOf(
  redemption: Redemption,
  view: (redemption: Redemption) => RedemptionView,
): OpenCoupon {
  const { heldUntil } = redemption
  return { kind: kindOf(redemption), redemption: view(redemption), heldUntil }
}

function kindOf({ state, released }: Redemption): OpenCoupon['kind'] {
  if (state === 'redeemed') return 'not-given'
  return released === null && state === 'pending' ? 'held' : 'releasing'
}
