import type { KeyObject } from 'node:crypto'
import { assertNever } from '../contract/result.ts'
import type { ConnectionFinding, ConnectionReport } from '../contract/setup.ts'
import { readApiError } from '../redemption/api-error.ts'
import { type Subject, subjectOf } from '../redemption/error-text.ts'
import type { Answered, GatewayReply } from '../redemption/gateway.ts'
import type { TrustMaterial } from '../wechatpay/credentials.ts'
import { openCertificates } from '../wechatpay/platform-certificates.ts'
import type { WechatpayGateway } from '../wechatpay/wechatpay-gateway.ts'

/** In this order: the first that fits decides. The API's texts differ in wording between its gateways. */
const signErrors: readonly (readonly [RegExp, ConnectionFinding])[] = [
  [/timestamp|时间戳|5\s*分钟/i, 'clock-wrong'],
  [/APIv3\s*(密钥|key)/i, 'api-v3-key-not-set'],
  [/未申请过?证书|没有申请/, 'no-certificate-applied-for'],
  [/已更换证书/, 'certificate-replaced'],
  [/证书.*(过期|失效)/, 'certificate-expired'],
  [/证书.*(作废|吊销|注销)/, 'certificate-revoked'],
  [/序列号/, 'serial-wrong'],
  [/认证类型|值格式|Authorization/i, 'authorization-malformed'],
  [/签名|sign/i, 'signature-wrong'],
]

/** What the till has to verify with. */
interface TrustAtHand {
  readonly hasPublicKey: boolean
  readonly publicKeyId?: string | null
  readonly apiV3Key?: KeyObject | null
}

export function atHand({ publicKey, apiV3Key }: TrustMaterial): TrustAtHand {
  return { hasPublicKey: publicKey !== null, publicKeyId: publicKey?.id ?? null, apiV3Key }
}

/** What one reply says. The last two leave it to another reply. */
type Said = ConnectionFinding | 'unsigned' | 'busy'

/**
 * Asks WeChat Pay for something harmless, signed as every request is, and says what is wrong, if anything: the list of
 * platform certificates, and where that proves nothing (there is none in public-key mode, or it cannot be had now), a
 * batch that does not exist. Nothing is called good that no signature of WeChat Pay's has proven.
 */
export async function testConnection(
  gateway: Pick<WechatpayGateway, 'probe' | 'queryStock' | 'clockSkew'>,
  trust: TrustAtHand,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  let reply: GatewayReply = await gateway.probe({ signal })
  let said = findingOf(reply, trust)
  if (said === 'passed') said = ofList(reply, trust)
  if (said === 'unsigned' || (said === 'busy' && trust.hasPublicKey)) {
    const asked = await gateway.queryStock(harmlessStockId, { signal })
    if (asked.ok) said = 'passed'
    else {
      reply = asked.error
      said = findingOf(reply, trust)
    }
  }
  const answered = reply.kind === 'answered' ? reply : null
  const error = readApiError(answered?.body)
  const finding =
    said === 'unsigned' ? 'reply-not-signed' : said === 'busy' ? 'service-error' : said
  return {
    finding,
    said: error === null ? null : { code: error.code, message: error.message },
    requestId: answered?.requestId ?? null,
    clockOffsetMs: gateway.clockSkew().offsetMs,
    ...(finding === 'reply-not-verified' && answered?.signedWith !== undefined
      ? { signedWith: answered.signedWith }
      : {}),
  }
}

/** No batch has this number: real ones are ten digits and more. */
const harmlessStockId = '1'

function findingOf(reply: GatewayReply, trust: TrustAtHand): Said {
  switch (reply.kind) {
    case 'answered':
      return ofAnswer(reply, trust)
    case 'unsendable':
      return reply.fault
    case 'unanswered':
      return ofSilence(reply.fault)
    default:
      return assertNever(reply, 'gateway reply')
  }
}

function ofSilence(
  fault: Extract<GatewayReply, { kind: 'unanswered' }>['fault'],
): ConnectionFinding {
  switch (fault) {
    case 'name':
      return 'name-not-found'
    case 'connection':
      return 'no-connection'
    case 'timeout':
    case 'aborted':
      return 'no-answer'
    case 'proxy':
    case 'tls':
      return fault
    default:
      return assertNever(fault, 'transport fault')
  }
}

function ofAnswer(reply: Answered, trust: TrustAtHand): Said {
  const { status, verified, body } = reply
  const error = readApiError(body)
  if (status === 200) return verified ? 'passed' : ofUnverified(reply)
  if (error === null) return status >= 500 ? 'busy' : 'not-wechat-pay'
  if (status === 401) return ofSignError(error.message)
  const code = error.code.replaceAll('_', '').toUpperCase()
  if (code === 'SIGNERROR') return ofSignError(error.message)
  if (code === 'MCHNOTEXISTS') return 'merchant-unknown'
  if (status >= 500 || status === 429 || code === 'SYSTEMERROR') return 'busy'
  // "No platform certificate" speaks of certificates too, and is no complaint.
  if (code === 'RESOURCENOTEXISTS' && !trust.hasPublicKey) return 'platform-certificates-gone'
  const named = code === 'RESOURCENOTEXISTS' ? undefined : ofWords.get(subjectOf(error))
  if (named !== undefined) return named
  if (code === 'NOAUTH') return 'no-permission'
  // Past the signature check, whatever else WeChat Pay minds.
  if (verified) return 'passed'
  return reply.carriesSignature === true ? 'reply-not-verified' : 'unsigned'
}

/** What the words name, whether they are signed or not. */
const ofWords: ReadonlyMap<Subject, ConnectionFinding> = new Map([
  ['address-not-allowed', 'address-not-allowed'],
  ['wechatpay-key-wrong', 'reply-not-verified'],
  ['headers-rejected', 'authorization-malformed'],
  ['signature-rejected', 'signature-wrong'],
  ['merchant-unknown', 'merchant-unknown'],
])

/** A 200 that is not proven. Without the list, nothing can be said of the key. */
function ofUnverified({ body, carriesSignature, unproven }: Answered): Said {
  if (unproven?.why === 'no-keys-yet') return 'busy'
  const isList = typeof body === 'object' && body !== null && 'data' in body
  return carriesSignature === true || isList ? 'reply-not-verified' : 'not-wechat-pay'
}

/** Of a verified reply: which of the till's keys it has proven, and which is wrong all the same. */
function ofList(reply: GatewayReply, { apiV3Key, publicKeyId }: TrustAtHand): ConnectionFinding {
  if (reply.kind !== 'answered') return 'passed'
  if (apiV3Key != null && reply.status === 200) {
    const list = openCertificates(reply.body, apiV3Key)
    if (!list.ok && list.error === 'not-authentic') return 'api-v3-key-wrong'
  }
  const isByAnother = reply.signedWith !== undefined && reply.signedWith !== publicKeyId
  return publicKeyId != null && isByAnother ? 'public-key-not-used' : 'passed'
}

function ofSignError(message: string): ConnectionFinding {
  return signErrors.find(([pattern]) => pattern.test(message))?.[1] ?? 'sign-error-other'
}
