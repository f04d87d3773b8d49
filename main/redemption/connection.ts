import type { Reason } from '../contract/reason.ts'
import type { Connection } from '../contract/snapshot.ts'
import type { Outcome } from './outcome.ts'
import type { Clock } from './ports.ts'

/** What the till knows of the line to WeChat Pay, from the outcomes of its own requests alone. */
export class ConnectionState {
  readonly #clock: Clock
  #state: Connection

  constructor(clock: Clock) {
    this.#clock = clock
    this.#state = {
      state: 'untried',
      since: clock(),
      lastContactAt: null,
      nextProbeAt: null,
      blockedBy: null,
    }
  }

  get current(): Connection {
    return this.#state
  }

  learn(outcome: Outcome): void {
    if (outcome.kind === 'blocked') this.#become('blocked', outcome.reason)
    else if (outcome.kind !== 'unknown' || outcome.reached) this.#become('online', null)
    else this.#become('offline', null)
  }

  expectProbe(at: number | null): void {
    this.#state = { ...this.#state, nextProbeAt: at }
  }

  #become(state: Connection['state'], blockedBy: Reason | null): void {
    const now = this.#clock()
    this.#state = {
      ...this.#state,
      state,
      blockedBy,
      since: state === this.#state.state ? this.#state.since : now,
      lastContactAt: state === 'offline' ? this.#state.lastContactAt : now,
    }
  }
}
