import type { Resolution } from '../../main/contract/redemption-view.ts'
import type { ReviewEntry } from '../../main/contract/snapshot.ts'
import type { ModelGateway } from './model-gateway.ts'

export type ReviewAnswer =
  | { readonly how: Resolution }
  | { readonly how: 'return'; readonly stockId: string | null }

/** Returns the decision of a person who looked at the merchant platform. */
export function correctAnswer(entry: ReviewEntry, gateway: ModelGateway): ReviewAnswer {
  const { useRequestNo } = entry.redemption
  const isReturned = gateway.returns.some((each) => each.useRequestNo === useRequestNo)
  if (!gateway.isBooked(useRequestNo))
    return { how: entry.wasGiven && !isReturned ? 'loss' : 'not-redeemed' }
  // The discount was not given: the coupon goes back to its customer.
  if (entry.actions.includes('return') && !entry.wasGiven) {
    const coupon = gateway.couponIn(gateway.bodyOf(useRequestNo))
    return { how: 'return', stockId: coupon?.stockId ?? null }
  }
  return { how: 'confirmed' }
}

/** Returns the decision of a person who did not look. `null` for returns, which nobody decides unseen. */
export function wrongAnswer(entry: ReviewEntry, gateway: ModelGateway): ReviewAnswer | null {
  if (entry.case === 'return-open' || entry.case === 'return-refused') return null
  if (!gateway.isBooked(entry.redemption.useRequestNo)) return { how: 'confirmed' }
  return { how: entry.wasGiven ? 'loss' : 'not-redeemed' }
}
