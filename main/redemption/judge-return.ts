import { familyOf } from '../contract/reason.ts'
import {
  notFinal,
  type ReturnRefused,
  type ReturnUnconfirmed,
  type Unconfirmed,
} from './outcome.ts'

type Refusal = Extract<Unconfirmed, { kind: 'refused' | 'suspect' }>

/**
 * The API's error table is shared by all its calls (docs/wechat-pay.md), and a row means something else for a
 * return than for a redemption: RESOURCE_ALREADY_EXISTS is not "used by another order", and INVALID_REQUEST is no fault of
 * the settings. Returns the outcome of a `coupons/return`.
 */
export function readAsReturn<T extends { readonly kind: 'confirmed' }>(
  outcome: T | Unconfirmed,
  mayHaveArrivedBefore: boolean,
): T | ReturnUnconfirmed {
  if (outcome.kind !== 'refused' && outcome.kind !== 'suspect') return outcome
  // A fault that may lie in the settings means the same for a return. Only the other codes have meanings of their own.
  if (outcome.kind === 'suspect' && familyOf(outcome.reason) === 'blocked') return outcome
  // An earlier try of the same call may have arrived, and be what is refused for.
  if (mayHaveArrivedBefore) return notFinal(outcome)
  return { kind: 'refused', reason: reasonOf(outcome), evidence: outcome.evidence }
}

function reasonOf({ reason, evidence }: Refusal): ReturnRefused['reason'] {
  const code = evidence.apiCode?.replaceAll('_', '').toUpperCase()
  // "券状态不是已核销": the coupon is not redeemed, so there is nothing to return. The document names no code for it.
  if (code === 'INVALIDREQUEST') return 'return-not-redeemed'
  switch (reason) {
    case 'used-elsewhere':
      return 'return-repeated'
    case 'coupon-unknown':
      return 'return-coupon-unknown'
    case 'outside-validity':
      return 'return-too-late'
    default:
      return 'return-refused-otherwise'
  }
}
