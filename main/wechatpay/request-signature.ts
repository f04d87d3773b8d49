import { Buffer } from 'node:buffer'
import type { Result } from '../contract/result.ts'
import { ok } from '../contract/result.ts'
import type { Credentials, SigningFault } from './credentials.ts'

const scheme = 'WECHATPAY2-SHA256-RSA2048'

/** What a signature covers of a request. */
interface SignedParts {
  readonly method: 'GET' | 'POST'
  /** Path and query exactly as they stand in the request line, percent-encoded; no host. */
  readonly target: string
  /** Exactly the bytes sent; empty for GET. */
  readonly body: Uint8Array
}

export interface SignableRequest extends SignedParts {
  /** The body holds the time at which it was written, so that a body with another time is another request. */
  readonly hasTimeInBody: boolean
}

/** What a signature covers besides. */
export interface SigningMoment {
  /** WeChat Pay's time as Unix time in seconds. */
  readonly timestamp: number
  readonly nonce: string
}

/**
 * The bytes that are signed: five lines, each ended by a line feed, that of the body too (API v3, signature
 * generation).
 */
export function requestMessage(request: SignedParts, at: SigningMoment): Uint8Array {
  const head = `${request.method}\n${request.target}\n${at.timestamp}\n${at.nonce}\n`
  const headLength = Buffer.byteLength(head)
  const message = Buffer.allocUnsafe(headLength + request.body.length + 1)
  message.write(head)
  message.set(request.body, headLength)
  message[message.length - 1] = 0x0a
  return message
}

/** Signs the request and returns the value of its `Authorization` header. */
export async function signRequest(
  request: SignedParts,
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
