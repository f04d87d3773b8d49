import type { KeyObject } from 'node:crypto'
import type { Unsendable } from '../redemption/gateway.ts'
import type { Result } from '../contract/result.ts'

/** Signs API v3 messages for one merchant certificate. The key itself need not be on this machine. */
export interface Signer {
  /** SHA256-RSA (PKCS#1 v1.5) over exactly these bytes, in Base64. Gives up when `signal` is aborted. */
  sign(message: Uint8Array, signal: AbortSignal): Promise<Result<string, SigningFault>>
}
/** `signer-unreachable`: the key is elsewhere and cannot be asked now; nothing was sent, and later it may work. */
export type SigningFault =
  | 'signing-failed'
  | 'signer-unreachable'
  | 'keychain-unavailable'
  | 'keychain-locked'

/** What replies are verified with: one or both, both during a migration. */
export interface TrustMaterial {
  /** WeChat Pay public key (微信支付公钥) with its id, `PUB_KEY_ID_…`. */
  readonly publicKey: { readonly id: string; readonly key: KeyObject } | null
  /** The 32-byte API v3 key that decrypts platform certificates (平台证书); a secret key object. */
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

export type CredentialFault = Exclude<Unsendable['fault'], 'signing-failed'>

/**
 * Asked before every request, so a merchant certificate can be renewed while the till runs: a recorded request is
 * signed with what is current when it is sent. Holds parsed keys; answering must be cheap.
 */
export interface CredentialSource {
  current(): Promise<Result<Credentials, CredentialFault>>
}
