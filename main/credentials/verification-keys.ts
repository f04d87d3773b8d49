import { createPublicKey } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'
import { apiV3KeyPattern, publicKeyIdPattern } from '../contract/setup-patterns.ts'

export type VerificationFault =
  | 'api-v3-key-not-32-characters'
  | 'public-key-unreadable'
  | 'public-key-is-a-certificate'
  | 'public-key-is-private'
  | 'public-key-id-malformed'

/** The API v3 key (APIv3密钥): 32 letters and digits, as the merchant platform lets them be set. White space around it is a copy's. */
export function checkApiV3Key(text: string): Result<string, VerificationFault> {
  const key = text.trim()
  return apiV3KeyPattern.test(key) ? ok(key) : err('api-v3-key-not-32-characters')
}

/** WeChat Pay's public key (微信支付公钥, `pub_key.pem`) and its id, `PUB_KEY_ID_` and digits. */
export function checkPublicKey(given: {
  readonly id: string
  readonly pem: string
}): Result<{ id: string; pem: string }, VerificationFault> {
  const id = given.id.trim()
  if (!publicKeyIdPattern.test(id)) return err('public-key-id-malformed')
  // Mistaken files are the commonest trouble in the field, and Node would take a key out of either.
  if (given.pem.includes('PRIVATE KEY-----')) return err('public-key-is-private')
  if (given.pem.includes('BEGIN CERTIFICATE-----')) return err('public-key-is-a-certificate')
  try {
    const key = createPublicKey(given.pem)
    if (key.asymmetricKeyType !== 'rsa') return err('public-key-unreadable')
    return ok({ id, pem: key.export({ type: 'spki', format: 'pem' }).toString() })
  } catch {
    // No PEM, or a damaged one.
    return err('public-key-unreadable')
  }
}
