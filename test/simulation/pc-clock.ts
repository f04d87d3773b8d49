/** Another time is claimed. */
const doubtMs = 60_000
/** Somebody set the clock. */
const setMs = 2000

/**
 * A PC's clock and what one life of the client learns of the right time from the replies' `Date`: a model of
 * `main/wechatpay/clock-skew.ts`, from what that file promises.
 */
export class PcClock {
  /** The PC's own time, right or wrong. */
  readonly local: () => number
  /** Counts on whatever somebody sets. */
  readonly #elapsed: () => number
  #offsetMs = 0
  #confirmed: { readonly offsetMs: number; readonly localLessElapsed: number } | null = null

  constructor(local: () => number, elapsed: () => number) {
    this.local = local
    this.#elapsed = elapsed
  }

  /** What requests are signed under. */
  corrected(): number {
    return this.local() + this.#offsetMs
  }

  /** The time that a verified reply vouches for; `null` before one, after the clock was set, and while it is doubted. */
  confirmed(): number | null {
    if (this.#confirmed === null) return null
    const { offsetMs, localLessElapsed } = this.#confirmed
    const wasSet = Math.abs(this.local() - this.#elapsed() - localLessElapsed) > setMs
    const isDoubted = Math.abs(this.#offsetMs - offsetMs) > doubtMs
    return wasSet || isDoubted ? null : this.local() + offsetMs
  }

  /** The domain's clock, as the app composes it. */
  best(): number {
    return this.confirmed() ?? this.local()
  }

  /** A reply's `Date`, in epoch milliseconds; the header says whole seconds. */
  heard(dateMs: number, isVerified: boolean): void {
    const wholeSeconds = Math.floor(dateMs / 1000) * 1000
    const offsetMs = wholeSeconds - this.local()
    // Moves no further than the reply proves.
    this.#offsetMs = Math.min(offsetMs + 1000, Math.max(offsetMs, this.#offsetMs))
    if (isVerified)
      this.#confirmed = {
        offsetMs: this.#offsetMs,
        localLessElapsed: this.local() - this.#elapsed(),
      }
  }
}
