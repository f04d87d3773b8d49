import type { Buffer } from 'node:buffer'

/**
 * Keeps the list of platform certificates over restarts: the reply's body, as it came. It is public, and every entry is
 * still sealed under the API v3 key, which authenticates it anew when it is read. Neither method throws: without the
 * list the next start fetches it.
 */
export interface CertificateCache {
  /** `null` when there is none. */
  read(): Buffer | null
  write(list: Buffer): void
}
