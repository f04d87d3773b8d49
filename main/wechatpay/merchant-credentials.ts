import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Result, err, ok } from '../contract/result.ts'
import { parseApiV3Key } from './aead.ts'
import type { Credentials, Signer, TrustMaterial } from './credentials.ts'
import { createLocalSigner } from './local-signer.ts'

/** A merchant's credentials as text, as the keychain and the settings hold them. */
export interface MerchantSecrets {
  readonly merchantId: string
  readonly appid: string
  readonly serial: string
  readonly privateKeyPem: string
  /** WeChat Pay public key and its id, `PUB_KEY_ID_…`. */
  readonly publicKey: { readonly id: string; readonly pem: string } | null
  readonly apiV3Key: string | null
}

export interface SecretsFault {
  readonly code:
    | 'private-key-unreadable'
    | 'public-key-unreadable'
    | 'api-v3-key-not-32-characters'
    /** Neither a public key nor an API v3 key was given. */
    | 'nothing-to-verify-with'
}

/** Parses the keys. Callers keep the result for as long as the secrets do not change, because parsing is slow. */
export function createCredentials(secrets: MerchantSecrets): Result<Credentials, SecretsFault> {
  const { merchantId, appid, serial } = secrets
  const signer = readSigner(secrets.privateKeyPem)
  if (signer === null) return err({ code: 'private-key-unreadable' })
  const trust = readTrust(secrets)
  if (!trust.ok) return trust
  return ok({ merchantId, appid, serial: serial.toUpperCase(), signer, trust: trust.value })
}

/** Parses the keys that replies are verified with. Fails when one cannot be read, or neither was given. */
export function readTrust(
  of: Pick<MerchantSecrets, 'publicKey' | 'apiV3Key'>,
): Result<TrustMaterial, SecretsFault> {
  if (of.publicKey === null && of.apiV3Key === null) return err({ code: 'nothing-to-verify-with' })
  let publicKey: TrustMaterial['publicKey'] = null
  if (of.publicKey !== null) {
    const key = readPublicKey(of.publicKey.pem)
    if (key === null) return err({ code: 'public-key-unreadable' })
    publicKey = { id: of.publicKey.id, key }
  }
  let apiV3Key: KeyObject | null = null
  if (of.apiV3Key !== null) {
    const parsed = parseApiV3Key(of.apiV3Key)
    if (!parsed.ok) return err({ code: 'api-v3-key-not-32-characters' })
    apiV3Key = parsed.value
  }
  return ok({ publicKey, apiV3Key })
}

function readSigner(pem: string): Signer | null {
  try {
    return createLocalSigner(pem)
  } catch {
    // The parser's message is dropped: it may quote the key.
    return null
  }
}

function readPublicKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'rsa' ? key : null
  } catch {
    // Not PEM, or not of a key.
    return null
  }
}
