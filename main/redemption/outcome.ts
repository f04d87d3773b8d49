import type { ReasonOf } from '../contract/reason.ts'

/** What was said by whom, kept with the attempt for the manager and for support. */
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
      /** A word about the coupon, and about nothing else. */
      readonly kind: 'refused'
      readonly reason: ReasonOf<'refused' | 'suspect'>
      /** An earlier try of this very call may have arrived: the coupon is asked about where it can be, then it is final. */
      readonly mayBeOurs: boolean
      readonly evidence: Evidence
    }
  | {
      /** A "no" that may be the coupon's or the settings'. Other coupons tell which (`settings-faults.ts`). */
      readonly kind: 'suspect'
      /** While nobody knows. */
      readonly reason: ReasonOf<'suspect' | 'blocked'>
      readonly ifCoupon: ReasonOf<'refused' | 'suspect'>
      readonly ifSettings: ReasonOf<'blocked'>
      /** Two answers with the same one say the same. */
      readonly fault: string
      readonly reached: boolean
      readonly mayHaveTakenEffect: boolean
      readonly evidence: Evidence
    }
  | {
      readonly kind: 'unknown'
      readonly reason: ReasonOf<'silence' | 'undecided'>
      readonly retryAfterMs: number | null
      /** WeChat Pay itself answered (the line is up), as opposed to silence or a stranger's reply. */
      readonly reached: boolean
      /**
       * The coupon may have been redeemed by this very attempt. After one such, a later refusal of the same number
       * ("used by another order", "not valid any more") may speak of ourselves and is not the last word.
       */
      readonly mayHaveTakenEffect: boolean
      readonly evidence: Evidence
    }
  | {
      readonly kind: 'blocked'
      readonly reason: ReasonOf<'blocked'>
      /** As with `unknown`: some settings faults show only in the answer to a request that was carried out. */
      readonly mayHaveTakenEffect: boolean
      /** No other coupon has got this so far: it may be this one's alone. */
      readonly isAlone?: boolean
      readonly evidence: Evidence
    }

/** WeChat Pay did not take the coupon back. The coupon stays redeemed, unless the coupon itself says otherwise. */
export interface ReturnRefused {
  readonly kind: 'refused'
  readonly reason: ReasonOf<'return-refused'>
  readonly evidence: Evidence
}

export type ReturnUnconfirmed = Exclude<Unconfirmed, { kind: 'refused' }> | ReturnRefused

/** One reply, or its absence, judged. Only `confirmed` may turn a screen green. */
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

/** A return judged: what counts as an answer is as with a redemption, a refusal has reasons of its own. */
export type ReturnOutcome =
  | {
      readonly kind: 'confirmed'
      /** `wechatpay_return_time`, epoch milliseconds; `null` when unreadable. */
      readonly returnedAt: number | null
      readonly evidence: Evidence
    }
  | ReturnUnconfirmed

/** Whether WeChat Pay was heard, whatever it said. */
export function wasReached(outcome: Outcome | ReturnOutcome): boolean {
  if (outcome.kind === 'unknown' || outcome.kind === 'suspect') return outcome.reached
  return outcome.evidence.httpStatus !== null
}
