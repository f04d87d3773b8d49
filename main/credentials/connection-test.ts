import { isGoodFinding } from '../contract/connection-finding.ts'
import { assertNever } from '../contract/result.ts'
import type { ConnectionFinding, ConnectionReport } from '../contract/setup.ts'
import { readApiError } from '../redemption/api-error.ts'
import { type Subject, subjectOf } from '../redemption/error-text.ts'
import type { Answered, GatewayReply } from '../redemption/gateway.ts'
import type { TrustMaterial } from '../wechatpay/credentials.ts'
import { decryptCertificates } from '../wechatpay/platform-certificates.ts'
import type { WechatpayGateway } from '../wechatpay/wechatpay-gateway.ts'

/**
 * WeChat Pay's texts for a request whose signature it refuses; they differ between its gateways. The first match
 * decides.
 */
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

/** What one reply tells. `unsigned` and `busy` tell nothing yet: another request is made. */
type ReplyFinding = ConnectionFinding | 'unsigned' | 'busy'

/**
 * Sends WeChat Pay requests without effect and reports what is wrong, if anything: a request for the list of platform
 * certificates and, where that tells nothing (there is no list in public-key mode, or it cannot be had now), for a batch
 * that does not exist. `passed` only when a signature of WeChat Pay's was verified. Then asks for a coupon that does not
 * exist, whose path names the appid: none of the others does, and the first real coupon would find a mistyped one.
 * `trust` is what the till verifies replies with. Ends early when `signal` is aborted.
 */
export async function testConnection(
  gateway: Pick<WechatpayGateway, 'probe' | 'queryStock' | 'queryCoupon' | 'clockSkew'>,
  { trust, appid }: { readonly trust: TrustMaterial; readonly appid: string },
  signal: AbortSignal,
): Promise<ConnectionReport> {
  let reply: GatewayReply = await gateway.probe({ signal })
  let found = findingOf(reply, trust)
  if (found === 'passed') found = findingOfList(reply, trust)
  if (found === 'unsigned' || (found === 'busy' && trust.publicKey !== null)) {
    const asked = await gateway.queryStock(harmlessStockId, { signal })
    if (asked.ok) found = 'passed'
    else {
      reply = asked.error
      found = findingOf(reply, trust)
    }
  }
  if (isGoodFinding(asFinding(found))) {
    const asked = await gateway.queryCoupon({ ...harmlessCoupon, appid }, { signal })
    if (!asked.ok && refusesAppid(asked.error)) {
      reply = asked.error
      found = 'appid-not-bound'
    }
  }
  const answered = reply.kind === 'answered' ? reply : null
  const error = readApiError(answered?.body)
  const finding = asFinding(found)
  return {
    finding,
    said: error === null ? null : { code: error.code, message: error.message },
    requestId: answered?.requestId ?? null,
    clockOffsetMs: gateway.clockSkew().offsetMs,
    ...(finding === 'reply-not-verified' && answered && answered.signedWith !== null
      ? { signedWith: answered.signedWith }
      : {}),
  }
}

/** No batch has this number: real ones are ten digits and more. */
const harmlessStockId = '1'
/** Nobody's coupon. */
const harmlessCoupon = {
  openid: 'o000000000000000000000000000',
  couponCode: '0000000000000000000000',
}

function asFinding(found: ReplyFinding): ConnectionFinding {
  if (found === 'unsigned') return 'reply-not-signed'
  return found === 'busy' ? 'service-error' : found
}

/** Only where that is plain: whether the appid or the coupon is looked at first is not documented. */
function refusesAppid(reply: GatewayReply): boolean {
  const error = reply.kind === 'answered' ? readApiError(reply.body) : null
  if (error === null) return false
  if (error.code.replaceAll('_', '').toUpperCase() === 'APPIDMCHIDNOTMATCH') return true
  // "The openid does not belong to the appid" is about the openid, which is made up.
  return subjectOf(error) === 'appid-not-bound' && !/openid/i.test(error.message)
}

function findingOf(reply: GatewayReply, trust: TrustMaterial): ReplyFinding {
  switch (reply.kind) {
    case 'answered':
      return findingOfReply(reply, trust)
    case 'unsendable':
      return reply.fault
    case 'unanswered':
      return findingOfSilence(reply.fault)
    default:
      return assertNever(reply, 'gateway reply')
  }
}

function findingOfSilence(
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

function findingOfReply(reply: Answered, trust: TrustMaterial): ReplyFinding {
  const { status, verified, body } = reply
  const error = readApiError(body)
  if (status === 200) return verified ? 'passed' : findingOfUnverified(reply)
  if (error === null) return status >= 500 ? 'busy' : 'not-wechat-pay'
  if (status === 401) return findingOfSignError(error.message)
  const code = error.code.replaceAll('_', '').toUpperCase()
  if (code === 'SIGNERROR') return findingOfSignError(error.message)
  if (code === 'MCHNOTEXISTS') return 'merchant-unknown'
  if (status >= 500 || status === 429 || code === 'SYSTEMERROR') return 'busy'
  // The text of "there are no platform certificates" would be mistaken for a complaint about the merchant's certificate.
  if (code === 'RESOURCENOTEXISTS' && trust.publicKey === null) return 'platform-certificates-gone'
  const named = code === 'RESOURCENOTEXISTS' ? undefined : findingOfSubject.get(subjectOf(error))
  if (named !== undefined) return named
  if (code === 'NOAUTH') return 'no-permission'
  // WeChat Pay accepted the signature, whatever else it refuses.
  if (verified) return 'passed'
  return reply.carriesSignature ? 'reply-not-verified' : 'unsigned'
}

/** Believed whether the reply is signed or not. */
const findingOfSubject: ReadonlyMap<Subject, ConnectionFinding> = new Map([
  ['address-not-allowed', 'address-not-allowed'],
  ['wechatpay-key-wrong', 'reply-not-verified'],
  ['headers-rejected', 'authorization-malformed'],
  ['signature-rejected', 'signature-wrong'],
  ['merchant-unknown', 'merchant-unknown'],
])

/**
 * Of a 200 whose signature was not verified. Before the list of certificates is there, it tells nothing about the key.
 */
function findingOfUnverified({ body, carriesSignature, unproven }: Answered): ReplyFinding {
  if (unproven?.why === 'no-keys-yet') return 'busy'
  const isList = typeof body === 'object' && body !== null && 'data' in body
  return carriesSignature || isList ? 'reply-not-verified' : 'not-wechat-pay'
}

/** Of a verified list: whether a key that did not take part in the verification is wrong. */
function findingOfList(
  reply: GatewayReply,
  { apiV3Key, publicKey }: TrustMaterial,
): ConnectionFinding {
  if (reply.kind !== 'answered') return 'passed'
  if (apiV3Key !== null && reply.status === 200) {
    const list = decryptCertificates(reply.body, apiV3Key)
    if (!list.ok && list.error.code === 'not-authentic') return 'api-v3-key-wrong'
  }
  const isByAnother = reply.signedWith !== null && reply.signedWith !== publicKey?.id
  return publicKey !== null && isByAnother ? 'public-key-not-used' : 'passed'
}

function findingOfSignError(message: string): ConnectionFinding {
  return signErrors.find(([pattern]) => pattern.test(message))?.[1] ?? 'sign-error-other'
}
