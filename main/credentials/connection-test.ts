import { assertNever } from '../contract/result.ts'
import type { ConnectionFinding, ConnectionReport } from '../contract/setup.ts'
import { readApiError } from '../redemption/api-error.ts'
import type { Answered, GatewayReply } from '../redemption/gateway.ts'
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

/**
 * Asks WeChat Pay for something harmless, signed as every request is, and says what is wrong, if anything: the list of
 * platform certificates, and where there is none (public-key mode), a batch that does not exist.
 */
export async function testConnection(
  gateway: Pick<WechatpayGateway, 'probe' | 'queryStock' | 'clockSkew'>,
  trust: { readonly hasPublicKey: boolean },
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const probed = await gateway.probe({ signal })
  let reply: GatewayReply = probed
  let finding = findingOf(probed, trust)
  if (finding === 'accepted') {
    // "No platform certificate" may come unsigned; another answer may prove the public key and its id.
    const asked = await gateway.queryStock(harmlessStockId, { signal })
    if (asked.ok) finding = 'passed'
    else {
      reply = asked.error
      finding = findingOf(asked.error, trust)
    }
  }
  const error = reply.kind === 'answered' ? readApiError(reply.body) : null
  return {
    finding,
    said: error === null ? null : { code: error.code, message: error.message },
    requestId: reply.kind === 'answered' ? reply.requestId : null,
    clockOffsetMs: gateway.clockSkew().offsetMs,
  }
}

/** No batch has this number: real ones are ten digits and more. */
const harmlessStockId = '1'

function findingOf(
  reply: GatewayReply,
  trust: { readonly hasPublicKey: boolean },
): ConnectionFinding {
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

function ofAnswer(reply: Answered, trust: { readonly hasPublicKey: boolean }): ConnectionFinding {
  const { status, verified, body } = reply
  const error = readApiError(body)
  if (status === 200) {
    const isList = typeof body === 'object' && body !== null && 'data' in body
    if (verified) return 'passed'
    return isList ? 'reply-not-verified' : 'not-wechat-pay'
  }
  if (error === null) return status >= 500 ? 'service-error' : 'not-wechat-pay'
  if (status === 401) return ofSignError(error.message)
  const code = error.code.replaceAll('_', '').toUpperCase()
  if (code === 'SIGNERROR') return ofSignError(error.message)
  if (code === 'MCHNOTEXISTS') return 'merchant-unknown'
  if (status >= 500 || status === 429 || code === 'SYSTEMERROR') return 'service-error'
  if (code === 'RESOURCENOTEXISTS' && !trust.hasPublicKey) return 'platform-certificates-gone'
  if (code === 'NOAUTH') return 'no-permission'
  // Past the signature check, whatever else WeChat Pay minds.
  if (verified) return 'passed'
  return reply.carriesSignature ? 'reply-not-verified' : 'accepted'
}

function ofSignError(message: string): ConnectionFinding {
  return signErrors.find(([pattern]) => pattern.test(message))?.[1] ?? 'sign-error-other'
}
