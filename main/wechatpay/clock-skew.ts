/** How far this machine's clock is from WeChat Pay's. */
export interface ClockSkew {
  /** Add to this machine's clock to get WeChat Pay's, in milliseconds. */
  readonly offsetMs: number
  /** `small` up to 60 s; `shown` above; `explained` above 5 min, where WeChat Pay refuses uncorrected requests. */
  readonly level: 'small' | 'shown' | 'explained'
}

const shownAboveMs = 60_000
const explainedAboveMs = 300_000
/** A `Date` header counts whole seconds: less than this is no skew. */
const resolutionMs = 1000
/**
 * A wall clock that parts from the monotonic one by more was set, or the machine slept. Less than what a comparison of two
 * times may be wrong by (`clearlyBeforeMs` in replay-lesson.ts), more than a clock that is kept right drifts by.
 */
const setAboveMs = 2000

/** Learns the skew from the time that WeChat Pay's replies carry. */
export class SkewedClock {
  readonly #clock: () => number
  readonly #elapsed: () => number
  #offsetMs = 0
  #confirmed: { readonly offsetMs: number; readonly sinceMs: number } | null = null

  /** `elapsed` is a monotonic clock in milliseconds, which nobody can set. */
  constructor(clock: () => number, elapsed: () => number) {
    this.#clock = clock
    this.#elapsed = elapsed
  }

  /** Epoch milliseconds of this machine, uncorrected. */
  local(): number {
    return this.#clock()
  }

  /** Epoch milliseconds as WeChat Pay counts them. */
  now(): number {
    return this.#clock() + this.#offsetMs
  }

  skew(): ClockSkew {
    const size = Math.abs(this.#offsetMs)
    const level = size > explainedAboveMs ? 'explained' : size > shownAboveMs ? 'shown' : 'small'
    return { offsetMs: this.#offsetMs, level }
  }

  /** A verified reply, fresh by this clock, has shown its time to be WeChat Pay's. */
  confirm(): void {
    this.#confirmed = { offsetMs: this.#offsetMs, sinceMs: this.#clock() - this.#elapsed() }
  }

  /**
   * Epoch milliseconds as a verified reply has confirmed them. `null` before the first one, after somebody set this
   * machine's clock or it slept, and while an unverified reply claims another time.
   */
  confirmedNow(): number | null {
    if (this.#confirmed === null) return null
    const { offsetMs, sinceMs } = this.#confirmed
    const local = this.#clock()
    const wasSet = Math.abs(local - this.#elapsed() - sinceMs) > setAboveMs
    const isDoubted = Math.abs(this.#offsetMs - offsetMs) > shownAboveMs
    return wasSet || isDoubted ? null : local + offsetMs
  }

  /** `sentAt` and `receivedAt` are of this machine's clock; the reply was written somewhere between. */
  recordServerTime(serverMs: number, sentAt: number, receivedAt: number): void {
    // The clock was set while the request was under way: nothing can be learned from this reply.
    if (receivedAt < sentAt) return
    const earliest = serverMs - receivedAt
    const latest = serverMs + resolutionMs - sentAt
    // Moves no further than the reply proves, so that slow replies do not make the offset tremble.
    if (this.#offsetMs < earliest) this.#offsetMs = earliest
    else if (this.#offsetMs > latest) this.#offsetMs = latest
  }
}
