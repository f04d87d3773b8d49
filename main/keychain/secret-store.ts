import type { Result } from '../contract/result.ts'

/** Every secret this program keeps, by its account name in the keychain. */
export type SecretName =
  | 'merchant-private-key'
  /** The other place for a merchant key: the next one waits there while the first is in use, or the other way round. */
  | 'merchant-private-key-b'
  | 'merchant-certificate'
  | 'api-v3-key'
  /** This till's key for a remote signer's mutual TLS. */
  | 'remote-signer-key'
  /** Opens `secrets.bin`, where secrets are kept that are over a keychain's limit. */
  | 'secrets-file-key'
  /** Seals codes and bodies in the database. */
  | 'data-key'

export interface SecretError {
  /**
   * `unavailable`: this desktop has no keychain (no service, no library). `locked`: there is one and it does not
   * open now. `too-large`: over the platform's limit. `damaged`: what was kept no longer opens and has to be given anew.
   * `refused`: the keychain said no for another reason.
   */
  readonly code: 'unavailable' | 'locked' | 'too-large' | 'damaged' | 'refused'
  /** The platform's own words, for the log and for support. Never a secret. */
  readonly detail: string
}

/** Where secrets live. A value is UTF-8 text and is never logged, sent to the page or put in an error. */
export interface SecretStore {
  readonly kind: 'keychain' | 'memory'
  /** Writes, reads back and removes a canary. Only after it passed does an absent secret mean "never set". */
  probe(): Promise<Result<null, SecretError>>
  read(name: SecretName): Promise<Result<string | null, SecretError>>
  write(name: SecretName, value: string): Promise<Result<null, SecretError>>
  remove(name: SecretName): Promise<Result<null, SecretError>>
}
