import type { SkewedClock, Span } from './clock-skew.ts'
import type { SignatureHeaders } from './reply-signature.ts'

/** Keeps the highest time that a verified reply was signed at, in epoch milliseconds, over restarts and out of a stranger's reach. */
export interface VerifiedTimeMemory {
  /** `null` before the first one. */
  read(): number | null
  write(ms: number): void
}

/** WeChat Pay's advice (doc 4013053420 §2.1): allow five minutes of difference and refuse what is beyond. */
const allowedMs = 300_000
/**
 * A reply is signed after its request was sent. The till's idea of WeChat Pay's clock is off by no more than a call may last
 * (10 s, see `Deadlines`), for a slow reply was written at any moment of it.
 */
const beforeSendingMs = 15_000
/** Between two writes of the memory. What a stranger kept from this time may be played once after a restart. */
const writeEveryMs = 10_000

/**
 * A signature covers the reply and no request: one that somebody kept would confirm every later request. So a reply counts for
 * one request alone: it was signed after that request left, no earlier than what was verified before, and was never seen.
 */
export class ReplyGuard {
  readonly #clock: SkewedClock
  readonly #memory: VerifiedTimeMemory | null
  readonly #seen = new Map<string, number>()
  #highestMs: number
  #writtenMs: number
  #hasVerified = false

  constructor(clock: SkewedClock, memory: VerifiedTimeMemory | null) {
    this.#clock = clock
    this.#memory = memory
    this.#highestMs = memory?.read() ?? Number.NEGATIVE_INFINITY
    this.#writtenMs = this.#highestMs
  }

  /** Whether a reply of this time can belong to a request of this span. Asked before the signature is looked at. */
  isTimely(timestampMs: number, span: Span): boolean {
    // After a start nothing is under way that was sent before the last reply of the run before.
    const earliestMs = this.#hasVerified ? this.#highestMs - allowedMs : this.#highestMs + 1
    if (timestampMs < earliestMs) return false
    if (Math.abs(timestampMs - this.#clock.now()) >= allowedMs) return false
    const now = this.#clock.confirmedNow()
    return now === null || timestampMs > now - (this.#clock.local() - span.sentAt) - beforeSendingMs
  }

  /** Takes the reply of a signature that was verified; returns false for one that was taken before. */
  take(signed: SignatureHeaders, span: Span): boolean {
    const { signature, timestamp } = signed
    const timestampMs = Number(timestamp) * 1000
    // Base64 can be written in several ways, and the nonce is under the signature.
    const name = `${timestamp} ${signed.nonce} ${Buffer.from(signature, 'base64').toString('base64')}`
    if (this.#seen.has(name)) return false
    this.#seen.set(name, timestampMs)
    this.#hasVerified = true
    this.#clock.confirm(timestampMs, span)
    this.#raise(timestampMs)
    return true
  }

  /** Writes down what is not written yet. */
  close(): void {
    if (this.#highestMs > this.#writtenMs) this.#write()
  }

  #raise(timestampMs: number): void {
    if (timestampMs <= this.#highestMs) return
    this.#highestMs = timestampMs
    for (const [name, ms] of this.#seen) if (ms < timestampMs - allowedMs) this.#seen.delete(name)
    if (timestampMs - this.#writtenMs >= writeEveryMs) this.#write()
  }

  #write(): void {
    this.#writtenMs = this.#highestMs
    this.#memory?.write(this.#highestMs)
  }
}
