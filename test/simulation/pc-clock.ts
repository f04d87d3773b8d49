/** A reply whose time differs by more than this raises doubt about the clock, ms. */
const doubtMs = 60_000
/** A jump of the clock by more than this means that somebody set it, ms. */
const setMs = 2000

/**
 * A PC's clock, and what one process of the client learns about the right time from the replies' `Date`: a model of
 * what `main/wechatpay/clock-skew.ts` promises.
 */
export class PcClock {
  /** Returns the PC's own time, right or wrong. */
  readonly local: () => number
  /** Returns a time that no setting of the clock affects. */
  readonly #elapsed: () => number
  #offsetMs = 0
  #confirmed: { readonly offsetMs: number; readonly localLessElapsed: number } | null = null

  constructor(local: () => number, elapsed: () => number) {
    this.local = local
    this.#elapsed = elapsed
  }

  /** Returns the time that requests are signed with. */
  corrected(): number {
    return this.local() + this.#offsetMs
  }

  /**
   * Returns the time that a verified reply vouches for; `null` before the first one, after the clock was set, and while
   * it is in doubt.
   */
  confirmed(): number | null {
    if (this.#confirmed === null) return null
    const { offsetMs, localLessElapsed } = this.#confirmed
    const wasSet = Math.abs(this.local() - this.#elapsed() - localLessElapsed) > setMs
    const isDoubted = Math.abs(this.#offsetMs - offsetMs) > doubtMs
    return wasSet || isDoubted ? null : this.local() + offsetMs
  }

  /** Returns the domain's clock, as the app composes it. */
  best(): number {
    return this.confirmed() ?? this.local()
  }

  /** Takes a reply's `Date`, in epoch milliseconds; the header has whole seconds. */
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
