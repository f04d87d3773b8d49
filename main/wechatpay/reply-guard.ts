import type { CorrectedClock, Span } from './clock-skew.ts'
import type { SignatureHeaders } from './reply-signature.ts'

/**
 * Keeps the latest time that a verified reply was signed at, in epoch milliseconds, across restarts and where no stranger
 * can change it.
 */
export interface VerifiedTimeMemory {
  /** `null` before the first one. */
  read(): number | null
  write(ms: number): void
}

/** WeChat Pay advises to refuse a reply whose time is off by more than five minutes (doc 4013053420 §2.1). */
const allowedMs = 300_000
/**
 * A reply is signed after its request was sent. How much earlier it may seem: what is known of WeChat Pay's clock is
 * wrong by no more than a call may last (10 s, see `Deadlines`), because a slow reply may be written at any moment of
 * it.
 */
const beforeSendingMs = 15_000
/** The time between two writes of the memory. A reply from this time could be replayed once after a restart. */
const writeEveryMs = 10_000

/**
 * Keeps replies from being replayed. A signature covers a reply and not its request, so a recorded reply would confirm
 * every later request. A reply is therefore accepted once, for a request that was sent before it was signed, and only
 * when it is no more than five minutes older than the latest one accepted before.
 */
export class ReplyGuard {
  readonly #clock: CorrectedClock
  readonly #memory: VerifiedTimeMemory | null
  readonly #seen = new Map<string, number>()
  #highestMs: number
  #writtenMs: number
  #hasVerified = false

  constructor(clock: CorrectedClock, memory: VerifiedTimeMemory | null) {
    this.#clock = clock
    this.#memory = memory
    this.#highestMs = memory?.read() ?? Number.NEGATIVE_INFINITY
    this.#writtenMs = this.#highestMs
  }

  /**
   * Whether a reply signed at this time can belong to a request of this span. Asked before its signature is verified.
   */
  isTimely(timestampMs: number, span: Span): boolean {
    // After a start no reply to a request of the run before is awaited any more.
    const earliestMs = this.#hasVerified ? this.#highestMs - allowedMs : this.#highestMs + 1
    if (timestampMs < earliestMs) return false
    if (Math.abs(timestampMs - this.#clock.now()) >= allowedMs) return false
    const now = this.#clock.confirmedNow()
    return now === null || timestampMs > now - (this.#clock.local() - span.sentAt) - beforeSendingMs
  }

  /** Accepts a reply whose signature was verified. Returns false for one that was accepted before. */
  accept(signed: SignatureHeaders, span: Span): boolean {
    const { signature, timestamp } = signed
    const timestampMs = Number(timestamp) * 1000
    // The same Base64 can be written in several ways.
    const name = `${timestamp} ${signed.nonce} ${Buffer.from(signature, 'base64').toString('base64')}`
    if (this.#seen.has(name)) return false
    this.#seen.set(name, timestampMs)
    this.#hasVerified = true
    this.#clock.confirm(timestampMs, span)
    this.#raise(timestampMs)
    return true
  }

  /** Writes the latest time, if that has not been done yet. */
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
