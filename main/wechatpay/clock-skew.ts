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

/** Learns the skew from the time that WeChat Pay's replies carry. */
export class SkewedClock {
  readonly #clock: () => number
  #offsetMs = 0
  #hasLearned = false

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Epoch milliseconds of this machine, uncorrected. */
  local(): number {
    return this.#clock()
  }

  /** Epoch milliseconds as WeChat Pay counts them. */
  now(): number {
    return this.#clock() + this.#offsetMs
  }

  /** `null` until a reply has told. */
  confirmedNow(): number | null {
    return this.#hasLearned ? this.now() : null
  }

  skew(): ClockSkew {
    const size = Math.abs(this.#offsetMs)
    const level = size > explainedAboveMs ? 'explained' : size > shownAboveMs ? 'shown' : 'small'
    return { offsetMs: this.#offsetMs, level }
  }

  /** `sentAt` and `receivedAt` are of this machine's clock; the reply was written somewhere between. */
  learn(serverMs: number, sentAt: number, receivedAt: number): void {
    // The clock was set while the request was under way: nothing can be learned from this reply.
    if (receivedAt < sentAt) return
    this.#hasLearned = true
    const earliest = serverMs - receivedAt
    const latest = serverMs + resolutionMs - sentAt
    // Moves no further than the reply proves, so that slow replies do not make the offset tremble.
    if (this.#offsetMs < earliest) this.#offsetMs = earliest
    else if (this.#offsetMs > latest) this.#offsetMs = latest
  }
}
