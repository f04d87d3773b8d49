/** How far this computer's clock is from WeChat Pay's. */
export interface ClockSkew {
  /** Milliseconds to add to this computer's clock to get WeChat Pay's. */
  readonly offsetMs: number
  /** `small` up to 60 s; `shown` above; `explained` above 5 min, where WeChat Pay refuses uncorrected requests. */
  readonly level: 'small' | 'shown' | 'explained'
}

/** When a request was sent and its reply had come, in epoch milliseconds of this computer's clock. */
export interface Span {
  readonly sentAt: number
  readonly receivedAt: number
}

const shownAboveMs = 60_000
const explainedAboveMs = 300_000
/** A `Date` header and a signed timestamp count whole seconds, so the true time may be later by up to this. */
const resolutionMs = 1000
/**
 * A wall clock that moved against the monotonic one by more than this was set, or the computer slept. It must be more
 * than a synchronised clock drifts, and less than the error that comparisons of times allow for (`clearlyBeforeMs` in
 * replay-lesson.ts).
 */
const setAboveMs = 2000

/**
 * WeChat Pay's time, from its replies. The time that a verified reply was signed at is *confirmed*: times are judged by
 * it. The `Date` header of any reply is *claimed*: it may be a captive portal's or an attacker's. It serves for the
 * warning of a wrong clock and, while nothing is confirmed, for dating requests (WeChat Pay refuses those dated 5
 * minutes wrong unread).
 */
export class CorrectedClock {
  readonly #clock: () => number
  readonly #elapsed: () => number
  #claimedOffsetMs = 0
  #confirmed: { readonly offsetMs: number; readonly sinceMs: number } | null = null

  /** `clock` is this computer's, in epoch milliseconds; `elapsed` is monotonic, in milliseconds from any start. */
  constructor(clock: () => number, elapsed: () => number) {
    this.#clock = clock
    this.#elapsed = elapsed
  }

  /** This computer's time in epoch milliseconds, uncorrected. */
  local(): number {
    return this.#clock()
  }

  /** WeChat Pay's time in epoch milliseconds: confirmed where possible, otherwise claimed. */
  now(): number {
    return this.confirmedNow() ?? this.#clock() + this.#claimedOffsetMs
  }

  skew(): ClockSkew {
    const offsetMs = this.now() - this.#clock()
    const size = Math.abs(offsetMs)
    const level = size > explainedAboveMs ? 'explained' : size > shownAboveMs ? 'shown' : 'small'
    return { offsetMs, level }
  }

  /** To be called for a verified reply; `serverMs` is the time that it was signed at, in epoch milliseconds. */
  confirm(serverMs: number, span: Span): void {
    const offsetMs = offsetWithin(this.now() - this.#clock(), serverMs, span)
    if (offsetMs === null) return
    this.#confirmed = { offsetMs, sinceMs: this.#clock() - this.#elapsed() }
    this.#claimedOffsetMs = offsetMs
  }

  /**
   * WeChat Pay's time in epoch milliseconds, if a verified reply has confirmed it. `null` before the first such reply,
   * and after this computer's clock was set or it slept.
   */
  confirmedNow(): number | null {
    if (this.#confirmed === null) return null
    const { offsetMs, sinceMs } = this.#confirmed
    const local = this.#clock()
    const wasSet = Math.abs(local - this.#elapsed() - sinceMs) > setAboveMs
    return wasSet ? null : local + offsetMs
  }

  /** To be called for any reply; `serverMs` is its `Date` in epoch milliseconds. */
  recordClaim(serverMs: number, span: Span): void {
    this.#claimedOffsetMs =
      offsetWithin(this.#claimedOffsetMs, serverMs, span) ?? this.#claimedOffsetMs
  }
}

/**
 * The offset after a reply that was written somewhere between sending and receiving; `null` when the clock was set in
 * between. It moves no further than the reply proves, so that slow replies do not make it jitter.
 */
function offsetWithin(offsetMs: number, serverMs: number, span: Span): number | null {
  if (span.receivedAt < span.sentAt) return null
  const earliest = serverMs - span.receivedAt
  const latest = serverMs + resolutionMs - span.sentAt
  return Math.min(latest, Math.max(earliest, offsetMs))
}
