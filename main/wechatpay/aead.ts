import { Buffer } from 'node:buffer'
import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { type Result, err, ok } from '../contract/result.ts'

const tagLength = 16

export interface SealedText {
  readonly nonce: string
  readonly associated_data: string
  /** Base64: ciphertext, then the 16-byte tag. */
  readonly ciphertext: string
}

/** The API v3 key (APIv3密钥): 32 ASCII characters. A 16-byte key would select another cipher and is refused. */
export function parseApiV3Key(text: string): Result<KeyObject, 'not-32-characters'> {
  const bytes = Buffer.from(text, 'utf8')
  return bytes.length === 32 && text.length === 32
    ? ok(createSecretKey(bytes))
    : err('not-32-characters')
}

/** AEAD_AES_256_GCM. An error means a wrong key or a changed text; the two cannot be told apart. */
export function open(sealed: SealedText, key: KeyObject): Result<Uint8Array, 'not-authentic'> {
  const bytes = Buffer.from(sealed.ciphertext, 'base64')
  if (bytes.length < tagLength || sealed.nonce === '') return err('not-authentic')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce))
  decipher.setAAD(Buffer.from(sealed.associated_data))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagLength))
  const start = decipher.update(bytes.subarray(0, bytes.length - tagLength))
  try {
    return ok(Buffer.concat([start, decipher.final()]))
  } catch {
    // `final` throws for exactly one reason: the tag does not match.
    return err('not-authentic')
  }
}
