import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'

export interface PrivateKeyFault {
  readonly code: 'key-unreadable' | 'key-encrypted' | 'key-not-rsa' | 'key-too-short'
}

/** WeChat Pay's own tool makes RSA-2048, so a shorter key cannot be a merchant's. */
const minBits = 2048

export function readPrivateKeyPem(pem: string): Result<KeyObject, PrivateKeyFault> {
  if (/ENCRYPTED/.test(pem)) return err({ code: 'key-encrypted' })
  return parseKey(() => createPrivateKey(pem))
}

/**
 * The private key as it is stored: PKCS#8 DER in Base64. A PEM is about 70 bytes longer, which matters where a keychain
 * takes no more than 2560.
 */
export function encodePrivateKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'der' }).toString('base64')
}

/** Reads what `encodePrivateKey` returned. */
export function decodePrivateKey(text: string): Result<KeyObject, PrivateKeyFault> {
  const der = Buffer.from(text, 'base64')
  return parseKey(() => createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }))
}

function parseKey(parse: () => KeyObject): Result<KeyObject, PrivateKeyFault> {
  let key: KeyObject
  try {
    key = parse()
  } catch {
    // The parser's message is dropped: it may quote the key.
    return err({ code: 'key-unreadable' })
  }
  if (key.asymmetricKeyType !== 'rsa') return err({ code: 'key-not-rsa' })
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < minBits) return err({ code: 'key-too-short' })
  return canSign(key) ? ok(key) : err({ code: 'key-unreadable' })
}

/** A key that was damaged on its way opens as long as its form is right, and every request would be refused. */
function canSign(key: KeyObject): boolean {
  const message = Buffer.from('trial')
  try {
    return verify('sha256', message, createPublicKey(key), sign('sha256', message, key))
  } catch {
    return false
  }
}
