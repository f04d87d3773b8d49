import type { Resolution } from '../../main/contract/redemption-view.ts'
import type { ReviewEntry } from '../../main/contract/snapshot.ts'
import type { ModelGateway } from './model-gateway.ts'

export type Answer =
  | { readonly how: Resolution }
  | { readonly how: 'give-back'; readonly stockId: string | null }

/** What somebody answers to the one question who looked at the merchant platform, by what stands there. */
export function trueAnswer(entry: ReviewEntry, gateway: ModelGateway): Answer {
  const { useRequestNo } = entry.redemption
  const isReturned = gateway.returns.some((each) => each.useRequestNo === useRequestNo)
  if (!gateway.isBooked(useRequestNo))
    return { how: entry.wasGiven && !isReturned ? 'loss' : 'not-redeemed' }
  // Nobody had the discount: the coupon goes back to its customer.
  if (entry.actions.includes('give-back') && !entry.wasGiven) {
    const coupon = gateway.couponIn(gateway.bodyOf(useRequestNo))
    return { how: 'give-back', stockId: coupon?.stockId ?? null }
  }
  return { how: 'confirmed' }
}

/** What somebody answers who did not look; of a return nobody does. `null` where there is no such answer. */
export function wrongAnswer(entry: ReviewEntry, gateway: ModelGateway): Answer | null {
  if (entry.case === 'return-open' || entry.case === 'return-refused') return null
  if (!gateway.isBooked(entry.redemption.useRequestNo)) return { how: 'confirmed' }
  return { how: entry.wasGiven ? 'loss' : 'not-redeemed' }
}
