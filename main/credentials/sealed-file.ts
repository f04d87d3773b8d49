import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { SecretName } from '../keychain/secret-store.ts'

/** The first bytes of the file. They name its format, and are authenticated with its content. */
const magic = Buffer.from('HXTILL1\n')
const nonceLength = 12
const tagLength = 16
const tag = { authTagLength: tagLength }
export const fileKeyLength = 32

const Secrets = z.record(z.string(), z.string())
export type SealedSecrets = Partial<Record<SecretName, string>>

/** Returns the content of `secrets.bin`: magic, nonce, tag, then the secrets as JSON under AES-256-GCM. */
export function seal(secrets: SealedSecrets, fileKey: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', fileKey, nonce, tag)
  cipher.setAAD(magic)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()])
  return Buffer.concat([magic, nonce, cipher.getAuthTag(), sealed])
}

/** Reads what `seal` returned; `null` when it is damaged or the key is another, which cannot be told apart. */
export function unseal(file: Uint8Array, fileKey: Uint8Array): SealedSecrets | null {
  const bytes = Buffer.from(file)
  const start = magic.length + nonceLength + tagLength
  if (bytes.length < start || !bytes.subarray(0, magic.length).equals(magic)) return null
  const nonce = bytes.subarray(magic.length, magic.length + nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce, tag)
  decipher.setAAD(magic)
  decipher.setAuthTag(bytes.subarray(start - tagLength, start))
  const head = decipher.update(bytes.subarray(start))
  try {
    const text = Buffer.concat([head, decipher.final()]).toString('utf8')
    return Secrets.parse(JSON.parse(text))
  } catch {
    // `final` throws when the tag does not match.
    return null
  }
}
