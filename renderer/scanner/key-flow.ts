/** Events that came without a pause, and what may have been held up with them. Changes while they go on coming. */
export interface Flow {
  /** Silence in which they may have been typed, ms. */
  readonly silenceMs: number
  /** Silence right before them, ms: shorter where the computer stood still twice. */
  readonly pauseMs: number
  /** How many keys have gone down since. */
  readonly keys: number
}

/** A longer silence between two events, ms, is a pause. */
const shortestPauseMs = 10
/** Events that come closer than this were waiting to be delivered, ms, and others may wait behind them. */
const waitingMs = 1

const forever = Number.POSITIVE_INFINITY
export const noFlow: Flow = { silenceMs: forever, pauseMs: forever, keys: 0 }

/** Counts the keys between two pauses. Feed it every event. */
export class KeyFlow {
  private flow = { ...noFlow }
  private at = Number.NEGATIVE_INFINITY
  private areWaiting = false

  event(at: number, isKeyDown: boolean): void {
    const pauseMs = at - this.at
    if (pauseMs > shortestPauseMs) {
      // Where the computer stood still again before all was delivered, the two delays count as one.
      const { silenceMs, keys } = this.flow
      this.flow = this.areWaiting
        ? { silenceMs: silenceMs + pauseMs, pauseMs, keys }
        : { silenceMs: pauseMs, pauseMs, keys: 0 }
    }
    this.areWaiting = pauseMs < waitingMs
    if (isKeyDown) this.flow.keys += 1
    this.at = at
  }

  /** The flow that the latest event belongs to. */
  get current(): Flow {
    return this.flow
  }
}
