import type { Result } from '../contract/result.ts'
import type { EnvelopeFault, EnvelopeHead, EnvelopeReader } from '../outside/hand-over-envelope.ts'

/** As whom a till hands over, and whose files it takes. */
export interface HandOverParty {
  /** Returns what is written on a file that is made now. */
  head(): Promise<Result<EnvelopeHead, EnvelopeFault>>
  /** Returns the merchant key's signature, Base64. Fails when `signal` is aborted. */
  sign(message: Uint8Array, signal: AbortSignal): Promise<Result<string, EnvelopeFault>>
  /** Returns what a file is checked against now. */
  reader(): Omit<EnvelopeReader, 'own'>
}
