import { Buffer } from 'node:buffer'
import { type KeyObject, verify } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Unproven } from '../redemption/gateway.ts'

const signatureType = 'WECHATPAY2-SHA256-RSA2048'

/** The four headers of a signed reply, as they came. */
export interface SignatureHeaders {
  readonly timestamp: string
  readonly nonce: string
  readonly serial: string
  readonly signature: string
}

/** What a reply's signature proves. */
export type Verification =
  | { readonly kind: 'verified'; readonly signedWith: string }
  | { readonly kind: 'unsigned' }
  | ({ readonly kind: 'unproven' } & Unproven)

/** `null` when a header is missing, repeated, or names another signature type. */
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
 * A probe that starts with `WECHATPAY/SIGNTEST/` needs no case of its own: it is not a signature over this message.
 */
export function isSignedBy(key: KeyObject, signed: SignatureHeaders, body: Uint8Array): boolean {
  const signature = Buffer.from(signed.signature, 'base64')
  return verify('sha256', replyMessage(signed, body), key, signature)
}

function single(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
