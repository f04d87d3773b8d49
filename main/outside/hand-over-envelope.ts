import { createHash, createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import type { HandOverFault } from '../contract/hand-over-requests.ts'
import { err, ok, type Result } from '../contract/result.ts'

/*
 * What is around the sealed content of a hand-over file: who made it, for whom, and the merchant key's signature over
 * both. docs/decisions/0029-hand-over-files.md says what is trusted and why.
 *
 * magic (8), length of the head (4, big-endian), head (JSON), length of the signature (2), signature, sealed content.
 */

const magic = Buffer.from('HXTILL3\n')
const magicShape = /^HXTILL([0-9A-Z])\n$/
const maxHeadBytes = 4096
const maxSignatureBytes = 1024

/** Not secret: shown to nobody, and checked before the password is asked anything. */
const Head = z.strictObject({
  mode: z.enum(['training', 'live']),
  merchantId: z.string().max(32),
  appid: z.string().max(64),
  tillId: z.string().max(32),
  /** Of the certificate that signs; hexadecimal, upper case. */
  serial: z.string().max(64),
  /** Its public key: SubjectPublicKeyInfo, DER, Base64. */
  publicKey: z.base64().max(2048),
})
export type EnvelopeHead = z.infer<typeof Head>

export interface EnvelopeFault {
  readonly code: HandOverFault['code']
}

/** What a file is checked against. */
export interface EnvelopeReader extends Pick<EnvelopeHead, 'mode' | 'merchantId' | 'appid'> {
  /** SHA-256 of the public keys (as in `publicKeySha256`) that may have signed it; `null` in practice: any. */
  readonly trusted: readonly string[] | null
  /** SHA-256 of what this till exported itself: it takes that back whatever is around it. */
  readonly own: readonly string[]
}

/**
 * The bytes that the merchant key signs: five lines of text, so that a signing service can tell them from a request to
 * WeChat Pay, and the content by its digest, however large it is.
 */
export function messageToSign(head: EnvelopeHead, sealed: Uint8Array): Uint8Array {
  return signedMessage(encodeHead(head), head, sealed)
}

export function wrapHandOver(
  head: EnvelopeHead,
  sealed: Uint8Array,
  signature: string,
): Uint8Array<ArrayBuffer> {
  const encoded = encodeHead(head)
  const signed = Buffer.from(signature, 'base64')
  const lengths = [Buffer.alloc(4), Buffer.alloc(2)] as const
  lengths[0].writeUInt32BE(encoded.length)
  lengths[1].writeUInt16BE(signed.length)
  return Uint8Array.from(Buffer.concat([magic, lengths[0], encoded, lengths[1], signed, sealed]))
}

/** The sealed content of a file that this till may take, or why it may not. Whatever the file holds, it throws nothing. */
export function unwrapHandOver(
  file: Uint8Array,
  reader: EnvelopeReader,
): Result<Uint8Array, EnvelopeFault> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const [, version] = magicShape.exec(bytes.toString('latin1', 0, magic.length)) ?? []
  if (version === undefined) return err({ code: 'no-hand-over' })
  if (version === '1' || version === '2')
    return isOwn(bytes, reader) ? ok(bytes) : err({ code: 'unsigned' })
  if (version !== '3') return err({ code: 'newer-version' })
  const parts = split(bytes)
  if (!parts.ok) return parts
  const { head, encoded, signature, sealed } = parts.value
  if (isOwn(sealed, reader)) return ok(sealed)
  const fault = strangerFault(head, reader)
  if (fault !== null) return err({ code: fault })
  const message = signedMessage(encoded, head, sealed)
  return isSigned(message, head, signature) ? ok(sealed) : err({ code: 'signature-wrong' })
}

/** SHA-256, hexadecimal: of a public key, and of what was exported. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function encodeHead(head: EnvelopeHead): Buffer {
  return Buffer.from(JSON.stringify(Head.parse(head)))
}

function signedMessage(
  encoded: Uint8Array,
  { mode, merchantId, appid }: EnvelopeHead,
  sealed: Uint8Array,
): Uint8Array {
  const lines = [
    `HXTILL3 hand-over ${mode}`,
    merchantId,
    appid,
    digestOf(encoded),
    digestOf(sealed),
  ]
  return Buffer.from(`${lines.join('\n')}\n`)
}

interface Parts {
  readonly head: EnvelopeHead
  readonly encoded: Uint8Array
  readonly signature: Uint8Array
  readonly sealed: Uint8Array
}

function split(bytes: Buffer): Result<Parts, EnvelopeFault> {
  const headAt = magic.length + 4
  const headLength = bytes.length < headAt ? Infinity : bytes.readUInt32BE(magic.length)
  if (headLength > maxHeadBytes) return err({ code: 'no-hand-over' })
  const signatureAt = headAt + headLength + 2
  const length = bytes.length < signatureAt ? Infinity : bytes.readUInt16BE(signatureAt - 2)
  if (length > maxSignatureBytes || bytes.length < signatureAt + length)
    return err({ code: 'no-hand-over' })
  const encoded = bytes.subarray(headAt, headAt + headLength)
  const head = Head.safeParse(parseJson(new TextDecoder().decode(encoded)))
  if (!head.success) return err({ code: 'no-hand-over' })
  return ok({
    head: head.data,
    encoded,
    signature: bytes.subarray(signatureAt, signatureAt + length),
    sealed: bytes.subarray(signatureAt + length),
  })
}

function isOwn(sealed: Uint8Array, { own }: EnvelopeReader): boolean {
  return own.length > 0 && own.includes(digestOf(sealed))
}

function strangerFault(head: EnvelopeHead, reader: EnvelopeReader): HandOverFault['code'] | null {
  if (head.mode !== reader.mode) return head.mode === 'training' ? 'from-training' : 'from-live'
  if (head.merchantId !== reader.merchantId || head.appid !== reader.appid) return 'other-merchant'
  if (reader.trusted === null) return null
  // The key that the file brings counts only when this till knows it: anybody can make one in the merchant's name.
  const key = digestOf(Buffer.from(head.publicKey, 'base64'))
  return reader.trusted.includes(key) ? null : 'other-certificate'
}

function isSigned(message: Uint8Array, head: EnvelopeHead, signature: Uint8Array): boolean {
  const der = Buffer.from(head.publicKey, 'base64')
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'rsa' && verify('sha256', message, key, signature)
  } catch {
    // No key at all.
    return false
  }
}
