import { Buffer } from 'node:buffer'
import type { Result } from '../contract/result.ts'
import { ok } from '../contract/result.ts'
import type { Credentials, SigningFault } from './credentials.ts'

const scheme = 'WECHATPAY2-SHA256-RSA2048'

export interface SignableRequest {
  readonly method: 'GET' | 'POST'
  /** Path and query exactly as they stand in the request line, percent-encoded; no host. */
  readonly target: string
  /** Exactly the bytes sent; empty for GET. */
  readonly body: Uint8Array
  /** The body says when it was written: under another time it is another request. */
  readonly tellsTime?: true
}

export interface SigningMoment {
  /** Unix time in seconds, already corrected for this machine's clock. */
  readonly timestamp: number
  readonly nonce: string
}

/** Five lines, each ended by a line feed on every platform, the body's too (API v3, signature generation). */
export function requestMessage(request: SignableRequest, at: SigningMoment): Uint8Array {
  const head = `${request.method}\n${request.target}\n${at.timestamp}\n${at.nonce}\n`
  const headLength = Buffer.byteLength(head)
  const message = Buffer.allocUnsafe(headLength + request.body.length + 1)
  message.write(head)
  message.set(request.body, headLength)
  message[message.length - 1] = 0x0a
  return message
}

/** The value of the `Authorization` header for this request. */
export async function authorization(
  request: SignableRequest,
  credentials: Pick<Credentials, 'merchantId' | 'serial' | 'signer'>,
  at: SigningMoment,
  signal: AbortSignal,
): Promise<Result<string, SigningFault>> {
  const signed = await credentials.signer.sign(requestMessage(request, at), signal)
  if (!signed.ok) return signed
  const { merchantId, serial } = credentials
  return ok(
    `${scheme} mchid="${merchantId}",nonce_str="${at.nonce}",signature="${signed.value}",` +
      `timestamp="${at.timestamp}",serial_no="${serial}"`,
  )
}
