import { familyOf } from '../contract/reason.ts'
import type { ReturnRefused, ReturnUnconfirmed, Unconfirmed } from './outcome.ts'

type Refusal = Extract<Unconfirmed, { kind: 'refused' | 'suspect' }>

/**
 * What of a refusal counts when an earlier try of the same call may have arrived: nothing, for it may speak of that one.
 */
function notFinal({ evidence }: Refusal): ReturnUnconfirmed {
  return {
    kind: 'unknown',
    reason: 'answer-not-final',
    retryAfterMs: null,
    reached: true,
    mayHaveTakenEffect: true,
    evidence,
  }
}

/**
 * The API's error table is shared by all its calls (docs/wechat-pay.md), and a row means something else of a return than
 * of a redemption: RESOURCE_ALREADY_EXISTS is no "used by another order", INVALID_REQUEST no fault of the settings.
 */
export function readAsReturn<T extends { readonly kind: 'confirmed' }>(
  outcome: T | Unconfirmed,
  mayHaveArrivedBefore: boolean,
): T | ReturnUnconfirmed {
  if (outcome.kind !== 'refused' && outcome.kind !== 'suspect') return outcome
  // What may be a matter of the settings is one of a return too, but for the codes that a return has for itself.
  if (outcome.kind === 'suspect' && familyOf(outcome.reason) === 'blocked') return outcome
  if (mayHaveArrivedBefore) return notFinal(outcome)
  return { kind: 'refused', reason: reasonOf(outcome), evidence: outcome.evidence }
}

function reasonOf({ reason, evidence }: Refusal): ReturnRefused['reason'] {
  const code = evidence.apiCode?.replaceAll('_', '').toUpperCase()
  // "券状态不是已核销": nothing is redeemed that could be taken back. The document names no code for it.
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
