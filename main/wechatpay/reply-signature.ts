import { Buffer } from 'node:buffer'
import { type KeyObject, verify } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Unproven } from '../redemption/gateway.ts'

const signatureType = 'WECHATPAY2-SHA256-RSA2048'

/** The signature headers of a reply, as they came. */
export interface SignatureHeaders {
  readonly timestamp: string
  readonly nonce: string
  readonly serial: string
  readonly signature: string
}

/** The result of verifying a reply. `signedWith` is the serial, or public key id, that the signature names. */
export type Verification =
  | { readonly kind: 'verified'; readonly signedWith: string }
  | { readonly kind: 'unsigned' }
  | ({ readonly kind: 'unproven' } & Unproven)

/** `null` when a header is missing or repeated, or the signature is of another type. */
export function readSignatureHeaders(headers: IncomingHttpHeaders): SignatureHeaders | null {
  const timestamp = single(headers['wechatpay-timestamp'])
  const nonce = single(headers['wechatpay-nonce'])
  const serial = single(headers['wechatpay-serial'])
  const signature = single(headers['wechatpay-signature'])
  const type = headers['wechatpay-signature-type']
  if (timestamp === null || nonce === null || serial === null || signature === null) return null
  if (type !== undefined && type !== signatureType) return null
  return /^\d{1,12}$/.test(timestamp) ? { timestamp, nonce, serial, signature } : null
}

/** Three lines, each ended by a line feed, over the raw body bytes; an empty body leaves an empty line. */
function replyMessage(signed: SignatureHeaders, body: Uint8Array): Uint8Array {
  const head = Buffer.from(`${signed.timestamp}\n${signed.nonce}\n`)
  return Buffer.concat([head, body, Buffer.from('\n')])
}

/**
 * Whether the signature is by this key over this body. WeChat Pay's deliberately wrong signatures, which begin with
 * `WECHATPAY/SIGNTEST/`, need no case of their own.
 */
export function isSignedBy(key: KeyObject, signed: SignatureHeaders, body: Uint8Array): boolean {
  const signature = Buffer.from(signed.signature, 'base64')
  return verify('sha256', replyMessage(signed, body), key, signature)
}

function single(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
