import { Buffer } from 'node:buffer'
import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { type Result, err, ok } from '../contract/result.ts'

const tagLength = 16

/** A text as WeChat Pay's replies carry it encrypted, under the API's own names. */
export interface EncryptedText {
  readonly nonce: string
  readonly associated_data: string
  /** Base64: ciphertext, then the 16-byte tag. */
  readonly ciphertext: string
}

export interface ApiV3KeyFault {
  readonly code: 'not-32-characters'
}

/**
 * Parses an API v3 key (APIv3密钥): 32 ASCII characters. Other lengths are refused, as some would select another cipher.
 */
export function parseApiV3Key(text: string): Result<KeyObject, ApiV3KeyFault> {
  const bytes = Buffer.from(text, 'utf8')
  return bytes.length === 32 && text.length === 32
    ? ok(createSecretKey(bytes))
    : err({ code: 'not-32-characters' })
}

export interface DecryptFault {
  readonly code: 'not-authentic'
}

/** Decrypts AEAD_AES_256_GCM. Fails on a wrong key and on a changed text; the two cannot be told apart. */
export function decrypt(text: EncryptedText, key: KeyObject): Result<Uint8Array, DecryptFault> {
  const bytes = Buffer.from(text.ciphertext, 'base64')
  if (bytes.length < tagLength || text.nonce === '') return err({ code: 'not-authentic' })
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(text.nonce), {
    authTagLength: tagLength,
  })
  decipher.setAAD(Buffer.from(text.associated_data))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagLength))
  const start = decipher.update(bytes.subarray(0, bytes.length - tagLength))
  try {
    return ok(Buffer.concat([start, decipher.final()]))
  } catch {
    // `final` throws for exactly one reason: the tag does not match.
    return err({ code: 'not-authentic' })
  }
}
