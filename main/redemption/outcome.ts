import type { Reason } from '../contract/reason.ts'

/** What was said by whom, kept with the attempt for the manager and for support. */
export interface Evidence {
  readonly httpStatus: number | null
  readonly apiCode: string | null
  readonly apiMessage: string | null
  readonly apiDetail: string | null
  readonly requestId: string | null
  readonly transportFault: string | null
}

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
  | { readonly kind: 'refused'; readonly reason: Reason; readonly evidence: Evidence }
  | {
      readonly kind: 'unknown'
      readonly reason: Reason
      readonly retryAfterMs: number | null
      /** WeChat Pay itself answered (the line is up), as opposed to silence or a stranger's reply. */
      readonly reached: boolean
      readonly evidence: Evidence
    }
  | { readonly kind: 'blocked'; readonly reason: Reason; readonly evidence: Evidence }
