import type { Till } from '../../main/redemption/till.ts'
import type { ModelGateway } from './model-gateway.ts'

export const note = { by: 'supervisor', why: 'simulation' }

/** Somebody who looked at the merchant platform, and answers the one question that is asked by what stands there. */
export function decideReview(useRequestNo: string, running: Till, gateway: ModelGateway) {
  const isReturned = gateway.returns.some((entry) => entry.useRequestNo === useRequestNo)
  const effect = gateway.effects.find((entry) => entry.useRequestNo === useRequestNo)
  const entry = running.review().find((each) => each.redemption.useRequestNo === useRequestNo)
  const isOurs = effect !== undefined && !isReturned
  if (!isOurs)
    return running.resolve(
      useRequestNo,
      entry?.wasGiven === true && !isReturned ? 'loss' : 'not-redeemed',
      note,
    )
  // Nobody had the discount: the coupon goes back to its customer.
  if (entry?.actions.includes('give-back') === true && !entry.wasGiven)
    return running.giveBack(useRequestNo, {
      ...note,
      stockId: gateway.coupons.get(effect.code)?.stockId ?? null,
    })
  return running.resolve(useRequestNo, 'confirmed', note)
}
