import { type ApiError, maxDetailLength, readApiError } from './api-error.ts'
import { classOf, isVague, saysUsed, type Subject, subjectOf } from './error-text.ts'
import type { Answered, Unanswered, Unsendable } from './gateway.ts'
import type { Evidence, Unconfirmed } from './outcome.ts'

type Of<K extends Unconfirmed['kind']> = Extract<Unconfirmed, { kind: K }>
type Ruling =
  | Pick<Of<'refused'>, 'kind' | 'reason'>
  | Pick<Of<'suspect'>, 'kind' | 'reason' | 'ifCoupon' | 'ifSettings'>
  | Pick<Of<'unknown'>, 'kind' | 'reason'>
  | Pick<Of<'blocked'>, 'kind' | 'reason'>
/** For codes that decide only together with the message: a refusal if it is about one of these subjects, in doubt otherwise. */
interface Depends {
  readonly kind: 'depends'
  readonly certainlyIf: readonly Subject[]
  readonly certainly: Of<'refused'>['reason']
  readonly inDoubt: Pick<Of<'suspect'>, 'reason' | 'ifCoupon' | 'ifSettings'>
}

const refused = (reason: Of<'refused'>['reason']) => ({ kind: 'refused', reason }) as const
const unknown = (reason: Of<'unknown'>['reason']) => ({ kind: 'unknown', reason }) as const
const blocked = (reason: Of<'blocked'>['reason']) => ({ kind: 'blocked', reason }) as const
const depends = (
  certainly: Depends['certainly'],
  certainlyIf: readonly Subject[],
  inDoubt: Partial<Depends['inDoubt']> = {},
): Depends => ({ kind: 'depends', certainly, certainlyIf, inDoubt: { ...doubt, ...inDoubt } })
const doubt: Depends['inDoubt'] = {
  reason: 'refused-otherwise',
  ifCoupon: 'refused-otherwise',
  ifSettings: 'settings-refused',
}
const badRequest = { reason: 'request-invalid', ifCoupon: 'request-invalid' } as const
const noPermission = {
  reason: 'no-permission',
  ifCoupon: 'coupon-not-ours',
  ifSettings: 'no-permission',
} as const

/**
 * WeChat Pay's error codes without underscores: RULELIMIT is RULE_LIMIT. From the API document's own table and the
 * spellings met elsewhere (docs/wechat-pay.md). A code decides whatever its HTTP status: SYSTEM_ERROR comes with 400 too.
 */
export const errorCodes: Readonly<Record<string, Ruling | Depends>> = {
  PARAMERROR: depends('request-invalid', ['coupon'], badRequest),
  INVALIDREQUEST: depends('request-invalid', ['coupon'], badRequest),
  RESOURCEALREADYEXISTS: refused('used-elsewhere'),
  ALREADYEXISTS: refused('used-elsewhere'),
  RULELIMIT: depends('outside-validity', ['coupon', 'nothing']),
  RESOURCENOTEXISTS: depends('coupon-unknown', ['coupon', 'unclear', 'nothing']),
  USERNOTEXISTS: depends('openid-wrong', ['coupon', 'unclear', 'nothing']),
  SYSTEMERROR: unknown('service-error'),
  SERVICEUNAVAILABLE: unknown('service-error'),
  FREQUENCYLIMITED: unknown('rate-limited'),
  FREQUENCYLIMITEXCEED: unknown('rate-limited'),
  RATELIMITED: unknown('rate-limited'),
  RATELIMITEXCEEDED: unknown('rate-limited'),
  SIGNERROR: blocked('signature-rejected'),
  NOAUTH: depends('coupon-not-ours', [], noPermission),
  APPIDMCHIDNOTMATCH: blocked('appid-not-bound'),
  MCHNOTEXISTS: blocked('merchant-unknown'),
}
const unheardOf = depends('refused-otherwise', ['coupon'])

export const noEvidence: Evidence = {
  httpStatus: null,
  apiCode: null,
  apiMessage: null,
  apiDetail: null,
  requestId: null,
  transportFault: null,
}

/** Returns what a reply means that confirms nothing. Errors count without a signature. */
export function judgeAnswer(reply: Answered): Unconfirmed {
  const error = readApiError(reply.body)
  const evidence = evidenceOf(reply)
  // A reply with a signature comes from WeChat Pay, or from a server that copies it: the line is not silent.
  const reached = reply.verified || error !== null || reply.carriesSignature
  const wasSentBefore = reply.mayHaveArrivedBefore
  const ruling = notFinalIf(wasSentBefore, rule(reply, error))
  switch (ruling.kind) {
    case 'refused':
      return { ...ruling, mayBeOurs: wasSentBefore, evidence }
    case 'blocked':
      return { ...ruling, mayHaveTakenEffect: wasSentBefore, evidence }
    case 'suspect': {
      // A server in between may have passed the request on before it refused.
      const mayHaveTakenEffect = wasSentBefore || (error === null && !reply.verified)
      return {
        ...ruling,
        fault: classOf(reply.status, error),
        reached,
        mayHaveTakenEffect,
        evidence,
      }
    }
    case 'unknown':
      return {
        ...ruling,
        retryAfterMs: reply.retryAfterMs,
        reached,
        // The documents say only of "too frequent" that the request was not processed.
        mayHaveTakenEffect: ruling.reason !== 'rate-limited' || wasSentBefore,
        evidence,
      }
  }
}

export function judgeSilence({ fault, mayHaveArrived }: Unanswered): Unconfirmed {
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

export function judgeUnsendable({ fault }: Unsendable): Unconfirmed {
  const reason = fault === 'signing-failed' ? 'signature-rejected' : fault
  const evidence = { ...noEvidence, transportFault: fault }
  return { kind: 'blocked', reason, mayHaveTakenEffect: false, evidence }
}

export function evidenceOf(reply: Answered): Evidence {
  const error = readApiError(reply.body)
  return {
    ...noEvidence,
    httpStatus: reply.status,
    apiCode: error?.code ?? null,
    apiMessage: error?.message ?? null,
    apiDetail: error?.detail ?? detailOf(reply),
    requestId: reply.requestId,
  }
}

/** Returns which key a signature names that could not be verified, and which keys the till has, as JSON; `null` for none. */
function detailOf({ unproven }: Answered): string | null {
  return unproven === null ? null : JSON.stringify(unproven).slice(0, maxDetailLength)
}

function rule(reply: Answered, error: ApiError | null): Ruling {
  const { status, verified } = reply
  if (status < 300) return verified ? unknown('answer-not-final') : unknown(unverified(reply))
  // A redirect comes from a server in between.
  if (status < 400) return unknown('answer-not-verified')
  if (error === null) return ruleOnPage(reply)
  if (status === 401 && isAboutTime(error)) return blocked('clock-wrong')
  if (status === 401 && isAboutExpiry(error)) return blocked('certificate-expired')
  const byCode = errorCodes[error.code.replaceAll('_', '').toUpperCase()]
  if (byCode !== undefined) return byCode.kind === 'depends' ? weigh(byCode, error) : byCode
  if (status === 401) return blocked('signature-rejected')
  if (status === 429) return unknown('rate-limited')
  if (status >= 500 || status === 408) return unknown('service-error')
  // An unknown code without a signature or a request id does not come from WeChat Pay.
  const isWechatPays = verified || reply.requestId !== null
  return isWechatPays ? weigh(unheardOf, error) : unknown('answer-not-verified')
}

/** Statuses of networks that want a log-in, a proxy password or a pause. They mean that the line is down, and no fault of the settings. */
const strangersStatus = new Set([401, 403, 407, 408, 429, 451])

/** For an error without WeChat Pay's error body: from a server in between, or a wrong host or path. */
function ruleOnPage({ status, verified }: Answered): Ruling {
  if (status >= 500) return unknown('service-error')
  if (strangersStatus.has(status) && !verified) return unknown('answer-not-verified')
  return { kind: 'suspect', ...doubt }
}

function unverified({ carriesSignature, unproven }: Answered): Of<'unknown'>['reason'] {
  // Without the list of certificates, or the whole reply, the key cannot be judged.
  const saysNothing = unproven?.why === 'no-keys-yet' || unproven?.why === 'not-read'
  const isKeyInDoubt = carriesSignature && !saysNothing
  return isKeyInDoubt ? 'reply-key-unknown' : 'answer-not-verified'
}

function weigh({ certainlyIf, certainly, inDoubt }: Depends, error: ApiError): Ruling {
  const subject = subjectOf(error)
  if (certainlyIf.includes(subject)) return refused(saysUsed(error) ? 'used-elsewhere' : certainly)
  return isVague(subject) ? { kind: 'suspect', ...inDoubt } : blocked(subject)
}

/** Reasons about the coupon's state, which an earlier try of the same call may have changed: they are not final then. */
const ofItsState: ReadonlySet<string> = new Set([
  'used-elsewhere',
  'request-invalid',
  'refused-otherwise',
] satisfies Of<'refused'>['reason'][])

function notFinalIf(wasSentBefore: boolean, ruling: Ruling): Ruling {
  const isOpen = wasSentBefore && ruling.kind === 'refused' && ofItsState.has(ruling.reason)
  return isOpen ? unknown('answer-not-final') : ruling
}

/** "timestamp与发起请求的时间不得超过5分钟": the one 401 that setting the clock right mends. */
function isAboutTime({ message }: ApiError): boolean {
  return /timestamp|时间戳/i.test(message)
}

/** "商户证书已过期": only a new certificate mends it. */
function isAboutExpiry({ message }: ApiError): boolean {
  return /证书.*(过期|失效)/.test(message)
}
