import type { KeyObject } from 'node:crypto'
import type { Unsendable } from '../redemption/gateway.ts'
import type { Result } from '../contract/result.ts'

/** Signs API v3 messages for one merchant certificate. The key itself need not be on this computer. */
export interface Signer {
  /** Returns the SHA256-RSA (PKCS#1 v1.5) signature over exactly these bytes, in Base64. Fails early on `signal`. */
  sign(message: Uint8Array, signal: AbortSignal): Promise<Result<string, SigningFault>>
}

export interface SigningFault {
  readonly code:
    | 'signing-failed'
    /** The key is on a server that cannot be reached now. Nothing was sent to WeChat Pay, and a later call may work. */
    | 'signer-unreachable'
    | 'keychain-unavailable'
    | 'keychain-locked'
}

/** What replies are verified with: one of the two, or both while a merchant migrates. */
export interface TrustMaterial {
  /** WeChat Pay public key (微信支付公钥) with its id, `PUB_KEY_ID_…`. */
  readonly publicKey: { readonly id: string; readonly key: KeyObject } | null
  /** The API v3 key, with which platform certificates (平台证书) are decrypted. */
  readonly apiV3Key: KeyObject | null
}

export interface Credentials {
  readonly merchantId: string
  readonly appid: string
  /** Serial of the merchant's API certificate: hexadecimal, upper case. */
  readonly serial: string
  readonly signer: Signer
  readonly trust: TrustMaterial
}

export interface CredentialFault {
  readonly code: Exclude<Unsendable['fault'], 'signing-failed'>
}

export interface CredentialSource {
  /**
   * Called before every request, so that a merchant certificate can be renewed while the till runs: a request is signed
   * with what is current when it is sent, whenever it was recorded. Must be fast: keys are parsed once and kept.
   */
  current(): Promise<Result<Credentials, CredentialFault>>
}
