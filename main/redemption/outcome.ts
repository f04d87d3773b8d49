import type { ReasonOf } from '../contract/reason.ts'

/** What a reply said, kept with the attempt for the manager and for WeChat Pay's support. */
export interface Evidence {
  readonly httpStatus: number | null
  readonly apiCode: string | null
  readonly apiMessage: string | null
  readonly apiDetail: string | null
  readonly requestId: string | null
  readonly transportFault: string | null
}

/** Every outcome but a confirmation. */
export type Unconfirmed =
  | {
      /** A "no" that is certainly about this coupon. */
      readonly kind: 'refused'
      readonly reason: ReasonOf<'refused' | 'suspect'>
      /** An earlier try of this same call may have redeemed the coupon. A query, where one is possible, decides before the refusal counts. */
      readonly mayBeOurs: boolean
      readonly evidence: Evidence
    }
  | {
      /** A "no" that is about this coupon or about the settings. Replies to other coupons show which (`settings-faults.ts`). */
      readonly kind: 'suspect'
      /** Shown while it is not known which. */
      readonly reason: ReasonOf<'suspect' | 'blocked'>
      readonly ifCoupon: ReasonOf<'refused' | 'suspect'>
      readonly ifSettings: ReasonOf<'blocked'>
      /** Equal for two replies that say the same. */
      readonly fault: string
      readonly reached: boolean
      readonly mayHaveTakenEffect: boolean
      readonly evidence: Evidence
    }
  | {
      readonly kind: 'unknown'
      readonly reason: ReasonOf<'silence' | 'undecided'>
      readonly retryAfterMs: number | null
      /** WeChat Pay itself replied, so the line is up. False for silence, or a reply of another server. */
      readonly reached: boolean
      /**
       * This attempt may have redeemed the coupon. A later refusal of the same number ("used by another order", "not valid
       * any more") may then be about this attempt, and is not final.
       */
      readonly mayHaveTakenEffect: boolean
      readonly evidence: Evidence
    }
  | {
      readonly kind: 'blocked'
      readonly reason: ReasonOf<'blocked'>
      /** As with `unknown`: some faults of the settings show only in the reply to a request that was carried out. */
      readonly mayHaveTakenEffect: boolean
      /** No other coupon got this reply so far, so that the fault may be this coupon's own. */
      readonly isAlone?: boolean
      readonly evidence: Evidence
    }

/** WeChat Pay refused the return. The coupon stays redeemed, unless a query says otherwise. */
export interface ReturnRefused {
  readonly kind: 'refused'
  readonly reason: ReasonOf<'return-refused'>
  readonly evidence: Evidence
}

export type ReturnUnconfirmed = Exclude<Unconfirmed, { kind: 'refused' }> | ReturnRefused

/** What a reply to `coupons/use`, or its absence, means. Only `confirmed` may turn a screen green. */
export type Outcome =
  | {
      readonly kind: 'confirmed'
      readonly stockId: string
      readonly openid: string
      /** `wechatpay_use_time`, epoch milliseconds; `null` when unreadable (a confirmed redemption stays confirmed). */
      readonly usedAt: number | null
      readonly evidence: Evidence
    }
  | Unconfirmed

/** What a reply to `coupons/return`, or its absence, means. */
export type ReturnOutcome =
  | {
      readonly kind: 'confirmed'
      /** `wechatpay_return_time`, epoch milliseconds; `null` when unreadable. */
      readonly returnedAt: number | null
      readonly evidence: Evidence
    }
  | ReturnUnconfirmed

/** Whether WeChat Pay itself replied, whatever it said. */
export function wasReached(outcome: Outcome | ReturnOutcome): boolean {
  if (outcome.kind === 'unknown' || outcome.kind === 'suspect') return outcome.reached
  return outcome.evidence.httpStatus !== null
}

/** The outcome in place of one that does not count yet: WeChat Pay is asked again before anything is decided. */
export function notFinal({
  evidence,
}: Outcome | ReturnOutcome): Extract<Unconfirmed, { kind: 'unknown' }> {
  return {
    kind: 'unknown',
    reason: 'answer-not-final',
    retryAfterMs: null,
    reached: true,
    mayHaveTakenEffect: true,
    evidence,
  }
}
