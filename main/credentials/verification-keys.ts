import { createPublicKey } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'
import { apiV3KeyPattern, publicKeyIdPattern } from '../contract/setup-patterns.ts'

export interface VerificationKeyFault {
  readonly code:
    | 'api-v3-key-not-32-characters'
    | 'public-key-unreadable'
    | 'public-key-is-a-certificate'
    | 'public-key-is-private'
    | 'public-key-id-malformed'
}

/** `pub_key.pem` has less than one kilobyte. */
export const maxPublicKeyBytes = 20_000

/** Returns the API v3 key (APIv3密钥, 32 characters) without the white space that copying puts around it. */
export function checkApiV3Key(text: string): Result<string, VerificationKeyFault> {
  const key = text.trim()
  return apiV3KeyPattern.test(key) ? ok(key) : err({ code: 'api-v3-key-not-32-characters' })
}

/** Returns WeChat Pay's public key (微信支付公钥, `pub_key.pem`) in PEM, and its id, `PUB_KEY_ID_` and digits. */
export function checkPublicKey(given: {
  readonly id: string
  readonly pem: string
}): Result<{ id: string; pem: string }, VerificationKeyFault> {
  const id = given.id.trim()
  if (!publicKeyIdPattern.test(id)) return err({ code: 'public-key-id-malformed' })
  const pem = readPublicKeyPem(given.pem)
  return pem.ok ? ok({ id, pem: pem.value }) : pem
}

/** Returns the public key alone, in PEM, whatever else was in the file; fails on what is no public key. */
export function readPublicKeyPem(text: string): Result<string, VerificationKeyFault> {
  // Such files are often chosen by mistake, and Node would take a public key out of either.
  if (text.includes('PRIVATE KEY-----')) return err({ code: 'public-key-is-private' })
  if (text.includes('BEGIN CERTIFICATE-----')) return err({ code: 'public-key-is-a-certificate' })
  try {
    const key = createPublicKey(text)
    if (key.asymmetricKeyType !== 'rsa') return err({ code: 'public-key-unreadable' })
    return ok(key.export({ type: 'spki', format: 'pem' }).toString())
  } catch {
    // Not PEM, or damaged.
    return err({ code: 'public-key-unreadable' })
  }
}
