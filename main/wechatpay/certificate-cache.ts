import type { Buffer } from 'node:buffer'

/**
 * Keeps the list of platform certificates across restarts: the body of WeChat Pay's reply, unchanged. It need not be
 * protected: nothing in it is secret, and its entries are authenticated with the API v3 key each time they are decrypted.
 * Neither method throws, because without a list the next start fetches one.
 */
export interface CertificateCache {
  /** `null` when there is none. */
  read(): Buffer | null
  write(list: Buffer): void
}
