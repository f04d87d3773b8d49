import type { Result } from '../contract/result.ts'
import type { CouponFacts, GatewayReply, RedemptionGateway } from './gateway.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { Redemption } from './redemption.ts'

/** What a verified query says of a coupon that was refused to us after an attempt that may have redeemed it. */
export interface Verified {
  /** `this`: our own number holds it. `other`: another one does, or nobody. */
  readonly holder: 'this' | 'other'
  readonly state: string
  readonly useRequestNo: string | null
}

/** `undecided`: no query is possible here. `later`: one is, and it brought no answer now. */
export type Reconciled = Verified | 'undecided' | 'later'

/** The states in which a coupon is certainly not redeemed by anybody. New names are added upstream and decide nothing. */
const unused = new Set(['SENDED', 'EXPIRED', 'AVAILABLE'])

/** Whether the refusal may speak of an earlier attempt of ours. */
export function mayBeOurs(redemption: Redemption, outcome: Outcome | ReturnOutcome): boolean {
  if (redemption.state !== 'pending' || outcome.kind !== 'refused') return false
  return redemption.uncertain || outcome.mayBeOurs
}

/** Asks who holds the coupon: by its owner where he is known, by its code where the merchant stored it beforehand. */
export async function reconcile(
  redemption: Redemption,
  appid: string,
  gateway: Pick<RedemptionGateway, 'queryCoupon' | 'queryPrestoredCode'>,
  codeMode: string | null,
  signal: AbortSignal,
): Promise<Reconciled> {
  const { couponCode, openid, stockId } = redemption
  if (openid !== null && openid !== '')
    return read(redemption, await gateway.queryCoupon({ openid, couponCode, appid }, { signal }))
  if (stockId !== null && codeMode === 'MERCHANT_UPLOAD')
    return read(
      redemption,
      await gateway.queryPrestoredCode({ stockId, couponCode, appid }, { signal }),
    )
  return 'undecided'
}

function read({ useRequestNo }: Redemption, answer: Result<CouponFacts, GatewayReply>): Reconciled {
  if (!answer.ok) {
    // Asked in vain for now; an answer of the server's own that is no coupon decides nothing, however often it comes.
    const { error } = answer
    return error.kind === 'answered' && error.status >= 400 && error.status < 500
      ? 'undecided'
      : 'later'
  }
  const facts = answer.value
  if (facts.useRequestNo === useRequestNo && !unused.has(facts.state))
    return { ...pick(facts), holder: 'this' }
  if (facts.useRequestNo !== null || unused.has(facts.state))
    return { ...pick(facts), holder: 'other' }
  return 'undecided'
}

function pick({ state, useRequestNo }: CouponFacts): Omit<Verified, 'holder'> {
  return { state, useRequestNo }
}
