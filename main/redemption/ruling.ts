import type { ReasonOf } from '../contract/reason.ts'
import { type ApiError, readApiError } from './api-error.ts'
import type { Answered, Unanswered, Unsendable } from './gateway.ts'

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
      readonly kind: 'refused'
      readonly reason: ReasonOf<'refused' | 'suspect'>
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
  | { readonly kind: 'blocked'; readonly reason: ReasonOf<'blocked'>; readonly evidence: Evidence }

type Refused = Omit<Extract<Unconfirmed, { kind: 'refused' }>, 'evidence'>
type Unknown = Pick<Extract<Unconfirmed, { kind: 'unknown' }>, 'kind' | 'reason'>
type Blocked = Omit<Extract<Unconfirmed, { kind: 'blocked' }>, 'evidence'>
type Ruling = Refused | Unknown | Blocked

const refused = (reason: Refused['reason']): Refused => ({ kind: 'refused', reason })
const unknown = (reason: Unknown['reason']): Unknown => ({ kind: 'unknown', reason })
const blocked = (reason: Blocked['reason']): Blocked => ({ kind: 'blocked', reason })

/**
 * WeChat Pay's error codes without underscores: RULELIMIT is RULE_LIMIT. From the API document's own table and the
 * spellings met elsewhere (docs/wechat-pay.md). A code decides whatever its HTTP status: SYSTEM_ERROR comes with 400 too.
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

const noEvidence: Evidence = {
  httpStatus: null,
  apiCode: null,
  apiMessage: null,
  apiDetail: null,
  requestId: null,
  transportFault: null,
}

/** Judges an answer that confirms nothing. An error need not be signed for that. */
export function ruleOnAnswer(reply: Answered): Unconfirmed {
  const error = readApiError(reply.body)
  const ruling = rule(reply, error)
  const evidence = evidenceOf(reply)
  if (ruling.kind !== 'unknown') return { ...ruling, evidence }
  return {
    ...ruling,
    retryAfterMs: reply.retryAfterMs,
    reached: reply.verified || error !== null,
    // Of "too frequent" alone the documents say that the request was not processed.
    mayHaveTakenEffect: ruling.reason !== 'rate-limited' || reply.mayHaveArrivedBefore === true,
    evidence,
  }
}

export function ruleOnSilence({ fault, mayHaveArrived }: Unanswered): Unconfirmed {
  // Giving up and running out of time are the same to the coupon; before a connection stands both mean no line.
  const isLate = mayHaveArrived && (fault === 'timeout' || fault === 'aborted')
  const evidence = { ...noEvidence, transportFault: fault }
  return {
    ...unknown(isLate ? 'no-answer-in-time' : 'no-connection'),
    kind: 'unknown',
    retryAfterMs: null,
    reached: false,
    mayHaveTakenEffect: mayHaveArrived,
    evidence,
  }
}

export function ruleOnUnsendable({ fault }: Unsendable): Unconfirmed {
  const reason = fault === 'signing-failed' ? 'signature-rejected' : fault
  return { kind: 'blocked', reason, evidence: { ...noEvidence, transportFault: fault } }
}

export function evidenceOf(reply: Answered): Evidence {
  const error = readApiError(reply.body)
  return {
    ...noEvidence,
    httpStatus: reply.status,
    apiCode: error?.code ?? null,
    apiMessage: error?.message ?? null,
    apiDetail: error?.detail ?? null,
    requestId: reply.requestId,
  }
}

function rule(reply: Answered, error: ApiError | null): Ruling {
  const { status, verified } = reply
  if (status < 300) return unknown(verified ? 'answer-not-final' : 'answer-not-verified')
  // A redirect, or an error page without WeChat Pay's error body, comes from somebody in between.
  if (status < 400) return unknown('answer-not-verified')
  if (error === null) return unknown(status >= 500 ? 'service-error' : 'answer-not-verified')
  if (status === 401 && isAboutTime(error)) return blocked('clock-wrong')
  if (status === 401 && isAboutExpiry(error)) return blocked('certificate-expired')
  if (isAboutAppid(error)) return blocked('appid-not-bound')
  const byCode = errorCodes[error.code.replaceAll('_', '').toUpperCase()]
  // "Used by another order" may be ourselves when an earlier try of this call may have arrived: ask again, then decide.
  if (byCode?.reason === 'used-elsewhere' && reply.mayHaveArrivedBefore === true) {
    return unknown('answer-not-final')
  }
  if (byCode !== undefined) return byCode
  if (status === 401) return blocked('signature-rejected')
  if (status === 429) return unknown('rate-limited')
  if (status >= 500 || status === 408) return unknown('service-error')
  // A code nobody knows, neither signed nor numbered: no word of WeChat Pay's.
  const isWechatPays = verified || reply.requestId !== null
  return isWechatPays ? refused('refused-otherwise') : unknown('answer-not-verified')
}

/** "timestamp与发起请求的时间不得超过5分钟": the one 401 that a right clock cures. */
function isAboutTime({ message }: ApiError): boolean {
  return /timestamp|时间戳/i.test(message)
}

/** "商户证书已过期": only the next certificate cures it. */
function isAboutExpiry({ message }: ApiError): boolean {
  return /证书.*(过期|失效)/.test(message)
}

/** A malformed appid is a setting, not a property of the coupon in hand. */
function isAboutAppid({ code, field }: ApiError): boolean {
  return /^PARAM_?ERROR$/i.test(code) && /^\/?appid$/.test(field ?? '')
}
