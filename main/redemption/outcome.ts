import { z } from 'zod'
import { assertNever } from '../contract/result.ts'
import type { Reason } from '../contract/reason.ts'
import { type ApiError, readApiError } from './api-error.ts'
import type { Answered, GatewayReply } from './gateway.ts'

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

type Ruling =
  | { readonly kind: 'unknown'; readonly reason: Reason }
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'blocked'; readonly reason: Reason }

const refused = (reason: Reason): Ruling => ({ kind: 'refused', reason })
const unknown = (reason: Reason): Ruling => ({ kind: 'unknown', reason })
const blocked = (reason: Reason): Ruling => ({ kind: 'blocked', reason })

/**
 * WeChat Pay's error codes without underscores: RULELIMIT is RULE_LIMIT. From the API document's own table and the
 * spellings met elsewhere (wechat-pay.md §1.5). A code decides whatever its HTTP status: SYSTEM_ERROR comes with 400 too.
 */
export const errorCodes: Readonly<Record<string, Ruling>> = {
  PARAMERROR: refused('request-invalid'),
  INVALIDREQUEST: refused('request-invalid'),
  RESOURCEALREADYEXISTS: refused('used-elsewhere'),
  ALREADYEXISTS: refused('used-elsewhere'),
  RULELIMIT: refused('outside-validity'),
  RESOURCENOTEXISTS: refused('coupon-unknown'),
  USERNOTEXISTS: refused('openid-wrong'),
  SYSTEMERROR: unknown('service-error'),
  SERVICEUNAVAILABLE: unknown('service-error'),
  FREQUENCYLIMITED: unknown('rate-limited'),
  FREQUENCYLIMITEXCEED: unknown('rate-limited'),
  RATELIMITED: unknown('rate-limited'),
  RATELIMITEXCEEDED: unknown('rate-limited'),
  SIGNERROR: blocked('signature-rejected'),
  NOAUTH: blocked('no-permission'),
  APPIDMCHIDNOTMATCH: blocked('appid-not-bound'),
  MCHNOTEXISTS: blocked('merchant-unknown'),
}

const UseReply = z.looseObject({
  stock_id: z.string().min(1),
  openid: z.string().nullish(),
  wechatpay_use_time: z.string().nullish(),
})

/** Judges the reply to `coupons/use`. */
export function judge(reply: GatewayReply): Outcome {
  switch (reply.kind) {
    case 'answered':
      return judgeAnswer(reply)
    case 'unanswered': {
      const reason = reply.fault === 'timeout' ? 'no-answer-in-time' : 'no-connection'
      const evidence = { ...noEvidence, transportFault: reply.fault }
      return { kind: 'unknown', reason, retryAfterMs: null, reached: false, evidence }
    }
    case 'unsendable': {
      const reason = reply.fault === 'signing-failed' ? 'signature-rejected' : reply.fault
      return { kind: 'blocked', reason, evidence: { ...noEvidence, transportFault: reply.fault } }
    }
    default:
      return assertNever(reply, 'gateway reply')
  }
}

const noEvidence: Evidence = {
  httpStatus: null,
  apiCode: null,
  apiMessage: null,
  apiDetail: null,
  requestId: null,
  transportFault: null,
}

function judgeAnswer(reply: Answered): Outcome {
  const error = readApiError(reply.body)
  const evidence: Evidence = {
    ...noEvidence,
    httpStatus: reply.status,
    apiCode: error?.code ?? null,
    apiMessage: error?.message ?? null,
    apiDetail: error?.detail ?? null,
    requestId: reply.requestId,
  }
  if (reply.status === 200 && reply.verified) {
    const used = UseReply.safeParse(reply.body)
    if (used.success) {
      const { stock_id: stockId, openid, wechatpay_use_time: useTime } = used.data
      const usedAt = Date.parse(useTime ?? '')
      return {
        kind: 'confirmed',
        stockId,
        openid: openid ?? '',
        usedAt: Number.isNaN(usedAt) ? null : usedAt,
        evidence,
      }
    }
  }
  const ruling = rule(reply, error)
  if (ruling.kind !== 'unknown') return { ...ruling, evidence }
  const reached = reply.verified || error !== null
  return { ...ruling, retryAfterMs: reply.retryAfterMs, reached, evidence }
}

/** Everything but a confirmation. An error need not be signed, for it confirms nothing. */
function rule({ status, verified }: Answered, error: ApiError | null): Ruling {
  if (status < 300) return unknown(verified ? 'answer-not-final' : 'answer-not-verified')
  // A redirect, or an error page without WeChat Pay's error body, comes from somebody in between.
  if (status < 400) return unknown('answer-not-verified')
  if (error === null) return unknown(status >= 500 ? 'service-error' : 'answer-not-verified')
  if (status === 401 && isAboutTime(error)) return blocked('clock-wrong')
  if (isAboutAppid(error)) return blocked('appid-not-bound')
  const byCode = errorCodes[error.code.replaceAll('_', '').toUpperCase()]
  if (byCode !== undefined) return byCode
  if (status === 401) return blocked('signature-rejected')
  if (status === 429) return unknown('rate-limited')
  return status >= 500 || status === 408 ? unknown('service-error') : refused('refused-otherwise')
}

/** "timestamp与发起请求的时间不得超过5分钟": the one 401 that a right clock cures. */
function isAboutTime({ message }: ApiError): boolean {
  return /timestamp|时间戳/i.test(message)
}

/** A malformed appid is a setting, not a property of the coupon in hand. */
function isAboutAppid({ code, field }: ApiError): boolean {
  return /^PARAM_?ERROR$/i.test(code) && /^\/?appid$/.test(field ?? '')
}
