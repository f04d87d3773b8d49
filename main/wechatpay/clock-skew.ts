/** How far this machine's clock is from WeChat Pay's. */
export interface ClockSkew {
  /** Add to this machine's clock to get WeChat Pay's, in milliseconds. */
  readonly offsetMs: number
  /** `small` up to 60 s; `shown` above; `explained` above 5 min, where WeChat Pay refuses uncorrected requests. */
  readonly level: 'small' | 'shown' | 'explained'
}

/** When a request left and its reply was there, in epoch milliseconds of this machine's clock. */
export interface Span {
  readonly sentAt: number
  readonly receivedAt: number
}

const shownAboveMs = 60_000
const explainedAboveMs = 300_000
/** A `Date` header and a signed timestamp count whole seconds: less than this is no skew. */
const resolutionMs = 1000
/**
 * A wall clock that parts from the monotonic one by more was set, or the machine slept. Less than what a comparison of two
 * times may be wrong by (`clearlyBeforeMs` in replay-lesson.ts), more than a clock that is kept right drifts by.
 */
const setAboveMs = 2000

/**
 * WeChat Pay's time, from its replies. What a verified reply's signature covers is *confirmed* and is what times are judged by.
 * The `Date` of any reply is *claimed*: it may be a captive portal's or an attacker's, words the warning of a wrong clock, and
 * dates the signature of the next request while nothing is confirmed (a request dated 5 minutes wrong is refused unread).
 */
export class SkewedClock {
  readonly #clock: () => number
  readonly #elapsed: () => number
  #claimedOffsetMs = 0
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

  /** Epoch milliseconds as WeChat Pay counts them: confirmed where possible, else claimed. */
  now(): number {
    return this.confirmedNow() ?? this.#clock() + this.#claimedOffsetMs
  }

  skew(): ClockSkew {
    const offsetMs = this.now() - this.#clock()
    const size = Math.abs(offsetMs)
    const level = size > explainedAboveMs ? 'explained' : size > shownAboveMs ? 'shown' : 'small'
    return { offsetMs, level }
  }

  /** `serverMs` is the time that a verified reply was signed at. */
  confirm(serverMs: number, span: Span): void {
    const offsetMs = offsetWithin(this.now() - this.#clock(), serverMs, span)
    if (offsetMs === null) return
    this.#confirmed = { offsetMs, sinceMs: this.#clock() - this.#elapsed() }
    this.#claimedOffsetMs = offsetMs
  }

  /**
   * Epoch milliseconds as a verified reply has confirmed them. `null` before the first one, and after somebody set this
   * machine's clock or it slept.
   */
  confirmedNow(): number | null {
    if (this.#confirmed === null) return null
    const { offsetMs, sinceMs } = this.#confirmed
    const local = this.#clock()
    const wasSet = Math.abs(local - this.#elapsed() - sinceMs) > setAboveMs
    return wasSet ? null : local + offsetMs
  }

  /** `serverMs` is the `Date` of a reply that proves nothing. */
  recordClaim(serverMs: number, span: Span): void {
    this.#claimedOffsetMs =
      offsetWithin(this.#claimedOffsetMs, serverMs, span) ?? this.#claimedOffsetMs
  }
}

/**
 * The offset after a reply that was written somewhere between sending and receiving; `null` when the clock was set meanwhile.
 * It moves no further than the reply proves, so that slow replies do not make it tremble.
 */
function offsetWithin(offsetMs: number, serverMs: number, span: Span): number | null {
  if (span.receivedAt < span.sentAt) return null
  const earliest = serverMs - span.receivedAt
  const latest = serverMs + resolutionMs - span.sentAt
  return Math.min(latest, Math.max(earliest, offsetMs))
}
