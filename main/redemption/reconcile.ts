import { err, ok, type Result } from '../contract/result.ts'
import type { CouponFacts, GatewayReply, RedemptionGateway } from './gateway.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { AuditEntry, Findings } from './audit-entry.ts'
import {
  type Redemption,
  isAboutReturn,
  isKnownRedeemed,
  mayHaveArrivedUnseen,
} from './redemption.ts'
import { stockIn } from './sent-request.ts'

/** What a verified query says of a coupon whose answer was lost, or is not to be believed. */
export interface Finding {
  readonly says:
    /** This very redemption holds the coupon. */
    | 'redeemed'
    /** Another request number does. */
    | 'held-by-another'
    /** Nobody does, and no return of ours is the cause. */
    | 'unused'
    /** It was redeemed by us, and has been returned. */
    | 'returned'
  readonly facts: CouponFacts
}

/** Why a query did not show who holds the coupon. */
export interface QueryFault {
  readonly code:
    /** No query is possible for this coupon, or its reply leaves the question open. */
    | 'undecided'
    /** A query is possible, and no usable reply came now. */
    | 'no-answer'
}

export type Reconciled = Result<Finding, QueryFault>

/** The states in which a coupon is certainly not redeemed by anybody. New names are added upstream and decide nothing. */
const unused = new Set(['SENDED', 'EXPIRED', 'AVAILABLE'])

/** Documented by name alone (docs/wechat-pay.md): a number on such a coupon says nothing yet. */
const unexplained = new Set([
  'PENDING_REDEEM',
  'REDEEM_CONFIRMING',
  'REDEEM_FAILED',
  'REDEEM_EXPIRED',
])

/** Whether a refusal may speak of an earlier try of this till's own: of the same redemption, or of the same call. */
export function mayBeOwn(
  redemption: Redemption,
  outcome: Extract<Outcome | ReturnOutcome, { kind: 'refused' }>,
): boolean {
  return mayHaveArrivedUnseen(redemption) || ('mayBeOurs' in outcome && outcome.mayBeOurs)
}

/** Whether a refusal may speak of an earlier attempt, so that the coupon itself is asked before it counts. */
export function mayBeOurs(redemption: Redemption, outcome: Outcome | ReturnOutcome): boolean {
  if (outcome.kind !== 'refused') return false
  if (mayBeOwn(redemption, outcome)) return true
  // Somebody else may have returned it, at the merchant platform or at another till.
  return outcome.reason === 'return-repeated' || outcome.reason === 'return-not-redeemed'
}

/** A query could answer, and brought nothing now: what was said is not the last word. */
export function askedLater({
  evidence,
}: Outcome | ReturnOutcome): Extract<Outcome, { kind: 'unknown' }> {
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
 * Whether a query can answer: by the coupon's owner where known, by the code alone where the merchant stored it beforehand.
 * A merchant's own code of a batch that nobody has described yet may be such a one: the query itself says so.
 */
export function canAsk(redemption: Redemption, codeMode: string | null): boolean {
  const { openid, stockId, body } = redemption
  if (isKnown(openid)) return true
  if (stockId === null) return false
  return codeMode === 'MERCHANT_UPLOAD' || (codeMode === null && stockIn(body) === stockId)
}

/** Asks who holds the coupon. */
export async function reconcile(
  redemption: Redemption,
  appid: string,
  gateway: Pick<RedemptionGateway, 'queryCoupon' | 'queryPrestoredCode'>,
  codeMode: string | null,
  signal: AbortSignal,
): Promise<Reconciled> {
  const { couponCode, openid, stockId } = redemption
  if (!canAsk(redemption, codeMode)) return err({ code: 'undecided' })
  if (isKnown(openid))
    return read(redemption, await gateway.queryCoupon({ openid, couponCode, appid }, { signal }))
  if (stockId === null) return err({ code: 'undecided' })
  const of = { stockId, couponCode, appid }
  return read(redemption, await gateway.queryPrestoredCode(of, { signal }))
}

/** For the audit row: what the coupon said, beside what else there is to say. */
export function withFinding(
  evidence: AuditEntry['evidence'],
  finding: Finding | null,
): AuditEntry['evidence'] {
  if (evidence === null || finding === null) return evidence
  const { state, useRequestNo, returnRequestNo } = finding.facts
  const findings: Findings = {
    couponState: state,
    heldBy: useRequestNo,
    returnedBy: returnRequestNo ?? null,
  }
  return { ...evidence, ...findings }
}

function isKnown(openid: string | null): openid is string {
  return openid !== null && openid !== ''
}

function read(redemption: Redemption, answer: Result<CouponFacts, GatewayReply>): Reconciled {
  if (!answer.ok) {
    // Asked in vain for now; an answer of the server's own that is no coupon decides nothing, however often it comes.
    const { error } = answer
    return error.kind === 'answered' && error.status >= 400 && error.status < 500
      ? err({ code: 'undecided' })
      : err({ code: 'no-answer' })
  }
  const facts = answer.value
  const says = findingOf(redemption, facts)
  return says === null ? err({ code: 'undecided' }) : ok({ says, facts })
}

function findingOf(redemption: Redemption, facts: CouponFacts): Finding['says'] | null {
  const { useRequestNo, couponReturn } = redemption
  if (couponReturn !== null && facts.returnRequestNo === couponReturn.returnRequestNo)
    return 'returned'
  if (unexplained.has(facts.state)) return null
  if (facts.useRequestNo === useRequestNo && !unused.has(facts.state)) return 'redeemed'
  if (!unused.has(facts.state) && facts.useRequestNo === null) return null
  // It was ours and is not any more, whoever gave it back.
  if (isAboutReturn(redemption) && isKnownRedeemed(redemption)) return 'returned'
  return unused.has(facts.state) ? 'unused' : 'held-by-another'
}
