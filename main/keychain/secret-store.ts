/*
 * keychain/ stores this program's secrets by name: in the operating system's keychain, or in memory while training. What
 * a secret is for, and whether it is well-formed, is not decided here; see credentials/. Nothing here knows a till.
 */

import type { Result } from '../contract/result.ts'

/** Every secret this program keeps, by its account name in the keychain. */
export const secretNames = [
  'merchant-private-key',
  /** A second slot for a merchant key: one slot holds the key in use, the other the key that follows it. */
  'merchant-private-key-b',
  'merchant-certificate',
  'api-v3-key',
  /** This till's own key for mutual TLS with a remote signer. */
  'remote-signer-key',
  /** Encrypts coupon codes and request bodies in the database. */
  'data-key',
  /** What the till last knew of its own files (`main/anchor`). No secret, but nobody may change it with them. */
  'till-anchor',
  /** The data key under the password of backups (`backup/key-escrow.ts`). */
  'backup-escrow',
  /** What a till of another computer brought, until it is in its place (`app/live/arrival.ts`). */
  'arrival',
  /** The hash of the code with which an owner sets a new PIN. */
  'owner-recovery',
  /** The key that the tills of a chain share (`chain/sealing.ts`), base64. */
  'chain-key',
  /** This till's own key for its shop's server: an nkey's seed. */
  'chain-till-seed',
  /** What the head office has given this shop (`chain/office/office-file.ts`). */
  'shop-office',
  /** What the hub has given this head office (`chain/office/office-key-file.ts`). */
  'office-hub',
  /** Signs what the head office posts. */
  'office-webhook',
  /** Decrypts `secrets.bin`, the file for secrets that are too large for the keychain. Last, as others are in that file. */
  'secrets-file-key',
] as const
export type SecretName = (typeof secretNames)[number]

/** Why a secret could not be read, written or removed. */
export interface SecretFault {
  /**
   * `unavailable`: this desktop has no keychain (no service, no library). `locked`: there is one, and it does not
   * open now. `too-large`: over the platform's limit. `damaged`: what is stored can no longer be decrypted and must be
   * entered again. `refused`: the keychain failed for another reason.
   */
  readonly code: 'unavailable' | 'locked' | 'too-large' | 'damaged' | 'refused'
  /** The platform's error text, for the log and for support. Never a secret. */
  readonly detail: string
}

/** Where secrets are stored. A value is UTF-8 text and is never logged, sent to the page or put in an error. */
export interface SecretStore {
  readonly kind: 'keychain' | 'memory'
  /**
   * Writes a test value, reads it back and removes it. Only after a probe succeeded does `null` from `read` mean "never
   * set": a locked keychain may return `null` too.
   */
  probe(): Promise<Result<null, SecretFault>>
  /** `null` when there is no secret of this name. */
  read(name: SecretName): Promise<Result<string | null, SecretFault>>
  write(name: SecretName, value: string): Promise<Result<null, SecretFault>>
  remove(name: SecretName): Promise<Result<null, SecretFault>>
}
