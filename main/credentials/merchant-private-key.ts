import { createPrivateKey, type KeyObject } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'

export type PrivateKeyFault = 'key-unreadable' | 'key-encrypted' | 'key-not-rsa' | 'key-too-short'

/** WeChat Pay's own tool makes RSA-2048; a shorter key is none of its merchants'. */
const minBits = 2048

export function readPrivateKeyPem(pem: string): Result<KeyObject, PrivateKeyFault> {
  if (/ENCRYPTED/.test(pem)) return err('key-encrypted')
  return checked(() => createPrivateKey(pem))
}

/**
 * The private key as it is kept: PKCS#8 DER in Base64. A PEM of the same key is some 70 bytes longer, and every byte
 * counts where the keychain holds 2560.
 */
export function encodePrivateKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'der' }).toString('base64')
}

export function decodePrivateKey(text: string): Result<KeyObject, PrivateKeyFault> {
  const der = Buffer.from(text, 'base64')
  return checked(() => createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }))
}

function checked(parse: () => KeyObject): Result<KeyObject, PrivateKeyFault> {
  let key: KeyObject
  try {
    key = parse()
  } catch {
    // The parser's message may quote the key: only the fact is passed on.
    return err('key-unreadable')
  }
  if (key.asymmetricKeyType !== 'rsa') return err('key-not-rsa')
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  return bits < minBits ? err('key-too-short') : ok(key)
}
