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

/** What a verified query found about a coupon. */
export interface Finding {
  readonly says:
    /** This very redemption holds the coupon. */
    | 'redeemed'
    /** Another request number holds it. */
    | 'held-by-another'
    /** It is not redeemed, and not because of a return of this redemption. */
    | 'unused'
    /** This redemption held it, and it was returned. */
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

/** States in which a coupon is certainly not redeemed. Unknown states, which WeChat Pay may add, decide nothing. */
const unused = new Set(['SENDED', 'EXPIRED', 'AVAILABLE'])

/** Documented by name alone (docs/wechat-pay.md): a request number on such a coupon shows nothing. */
const unexplained = new Set([
  'PENDING_REDEEM',
  'REDEEM_CONFIRMING',
  'REDEEM_FAILED',
  'REDEEM_EXPIRED',
])

/** Whether a refusal may be about an earlier try of this till. */
export function mayBeOwn(
  redemption: Redemption,
  outcome: Extract<Outcome | ReturnOutcome, { kind: 'refused' }>,
): boolean {
  return mayHaveArrivedUnseen(redemption) || ('mayBeOurs' in outcome && outcome.mayBeOurs)
}

/** Whether the coupon must be queried before a refusal counts. */
export function mayBeOurs(redemption: Redemption, outcome: Outcome | ReturnOutcome): boolean {
  if (outcome.kind !== 'refused') return false
  if (mayBeOwn(redemption, outcome)) return true
  // Somebody else may have returned it, at the merchant platform or at another till.
  return outcome.reason === 'return-repeated' || outcome.reason === 'return-not-redeemed'
}

/**
 * Whether a query is possible: by the coupon's owner if known, or by the code alone if the merchant uploaded it beforehand.
 * While a batch is not described yet, a merchant's own code may be such a code, and the query shows whether it is.
 */
export function canAsk(redemption: Redemption, codeMode: string | null): boolean {
  const { openid, stockId, body } = redemption
  if (isKnown(openid)) return true
  if (stockId === null) return false
  return codeMode === 'MERCHANT_UPLOAD' || (codeMode === null && stockIn(body) === stockId)
}

/** Asks WeChat Pay who holds the coupon. */
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

/** Adds what a query found to the evidence of an audit row. */
export function withFinding(
  evidence: AuditEntry['evidence'],
  finding: Finding | null,
): AuditEntry['evidence'] {
  if (evidence === null || finding === null) return evidence
  const { state, useRequestNo, returnRequestNo } = finding.facts
  const findings: Findings = {
    couponState: state,
    heldBy: useRequestNo,
    returnedBy: returnRequestNo,
  }
  return { ...evidence, ...findings }
}

function isKnown(openid: string | null): openid is string {
  return openid !== null && openid !== ''
}

function read(redemption: Redemption, answer: Result<CouponFacts, GatewayReply>): Reconciled {
  if (!answer.ok) {
    // A 4xx of WeChat Pay comes again however often it is asked, so that it leaves the question open.
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
  // This redemption held it and does not any more, whoever returned it.
  if (isAboutReturn(redemption) && isKnownRedeemed(redemption)) return 'returned'
  return unused.has(facts.state) ? 'unused' : 'held-by-another'
}
