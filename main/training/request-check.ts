import { X509Certificate, createHash, verify } from 'node:crypto'
import { type Err, err, ok, type Result } from '../contract/result.ts'
import { type ApiReply, apiError, unsigned } from './api-reply.ts'
import type { IncomingRequest } from './incoming-request.ts'
import type { Merchant, World } from './world.ts'

const scheme = 'WECHATPAY2-SHA256-RSA2048'
const toleranceSeconds = 300

/**
 * Returns the merchant whose signature the request has. Fails with the reply to send: mostly one of the 401s of WeChat
 * Pay's signature FAQ, unsigned.
 */
export function checkRequest(
  world: World,
  request: IncomingRequest,
  now: number,
): Result<Merchant, ApiReply> {
  const { authorization } = request.headers
  if (request.headers['user-agent'] === undefined) {
    return refuse(403, 'NO_AUTH', 'User-Agent 不能为空')
  }
  if (typeof authorization !== 'string') return signError('Http头缺少Authorization')
  const [type, rest] = [authorization.split(' ', 1)[0], authorization.slice(scheme.length + 1)]
  if (type !== scheme) return signError('Http头Authorization认证类型不正确')
  const fields = parseFields(rest)
  if (fields === null)
    return signError('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》')
  if (Math.abs(fields.timestamp - Math.floor(now / 1000)) > toleranceSeconds) {
    return signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟')
  }
  const merchant = world.merchants.find((entry) => entry.mchid === fields.mchid)
  if (merchant === undefined) return refuse(400, 'MCH_NOT_EXISTS', '商户号不存在')
  const certificate = merchant.certificates.find((entry) => entry.serial === fields.serial)
  if (certificate === undefined)
    return signError('商户证书序列号有误。请使用签名私钥匹配的证书序列号')
  const x509 = new X509Certificate(certificate.certificatePem)
  if (Date.parse(x509.validTo) <= now) return signError('商户证书已过期')

  const message = Buffer.concat([
    Buffer.from(`${request.method}\n${request.target}\n${fields.timestamp}\n${fields.nonce}\n`),
    request.body,
    Buffer.from('\n'),
  ])
  const signature = Buffer.from(fields.signature, 'base64')
  if (!verify('RSA-SHA256', message, x509.publicKey, signature))
    return wrongSignature(request, message)
  return ok(merchant)
}

interface AuthorizationFields {
  readonly mchid: string
  readonly serial: string
  readonly nonce: string
  readonly timestamp: number
  readonly signature: string
}

/** Reads the five fields of the header, in any order; `null` when one is missing or malformed. */
function parseFields(text: string): AuthorizationFields | null {
  const fields = new Map<string, string>()
  for (const part of text.split(/,\s*/)) {
    const match = /^(\w+)="([^"]*)"$/.exec(part)
    const [, name, value] = match ?? []
    if (name === undefined || value === undefined || fields.has(name)) return null
    fields.set(name, value)
  }
  const [mchid, serial, nonce] = [
    fields.get('mchid'),
    fields.get('serial_no'),
    fields.get('nonce_str'),
  ]
  const [timestamp, signature] = [fields.get('timestamp'), fields.get('signature')]
  if (!mchid || !serial || !nonce || !signature || !/^\d{10}$/.test(timestamp ?? '')) return null
  return { mchid, serial: serial.toUpperCase(), nonce, timestamp: Number(timestamp), signature }
}

function wrongSignature(request: IncomingRequest, message: Buffer): Err<ApiReply> {
  const text = message.toString('utf8')
  const body = {
    code: 'SIGN_ERROR',
    message: '错误的签名，导致验签失败',
    detail: {
      detail: { issue: 'sign not match' },
      field: 'signature',
      location: 'authorization',
      sign_information: {
        method: request.method,
        url: request.target,
        truncated_sign_message: text.slice(0, 200),
        sign_message_length: message.length,
      },
    },
  }
  return err({ status: 401, body, signed: false, headers: {} })
}

function signError(message: string): Err<ApiReply> {
  return refuse(401, 'SIGN_ERROR', message)
}

function refuse(status: number, code: string, message: string): Err<ApiReply> {
  return err(unsigned(apiError(status, code, message)))
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
