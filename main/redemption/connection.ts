import type { Reason } from '../contract/reason.ts'
import type { Connection } from '../contract/snapshot.ts'
import type { Breaker } from './breaker.ts'
import type { Clock } from './ports.ts'

/** What is known of the line to WeChat Pay: whether it is up, and whether to send over it. */
export interface Line {
  readonly connection: ConnectionState
  readonly breaker: Breaker
}

/** What one request showed about the line. */
export interface Contact {
  readonly reached: boolean
  /** The settings fault that it showed. */
  readonly blockedBy: Reason | null
  readonly latencyMs: number
}

/** So many failures in a row mean "offline", so many contacts in a row "online" again. */
const failuresToOffline = 2
const contactsToOnline = 2
const windowLength = 5
const slowMs = 3000

/**
 * What the till knows of the line to WeChat Pay, from its own requests alone. One lost request among good ones, or one that
 * gets through in an outage, does not change the state back and forth (hysteresis).
 */
export class ConnectionState {
  readonly #clock: Clock
  #state: Connection
  #latencies: number[] = []
  #failures = 0
  #contacts = 0

  /** `lastContactAt`: of an earlier start of the till. */
  constructor(clock: Clock, lastContactAt: number | null = null) {
    this.#clock = clock
    this.#state = {
      state: lastContactAt === null ? 'untried' : 'unchecked',
      since: clock(),
      lastContactAt,
      lastSilenceAt: null,
      nextProbeAt: null,
      blockedBy: null,
    }
  }

  get current(): Connection {
    return this.#state
  }

  /** Whether to probe although nothing waits, because the line was bad when last used. */
  get wantsProbe(): boolean {
    const { state } = this.#state
    return state === 'offline' || (state === 'unsteady' && this.#contacts < contactsToOnline)
  }

  /** Whether WeChat Pay replied within this time. False if the clock was set back since. */
  heardWithin(ms: number): boolean {
    const { lastContactAt } = this.#state
    const age = lastContactAt === null ? -1 : this.#clock() - lastContactAt
    return age >= 0 && age <= ms
  }

  recordContact({ reached, blockedBy: shown, latencyMs }: Contact): void {
    // Silence shows nothing about the settings: what was wrong with them still is.
    const blockedBy = reached ? shown : (shown ?? this.#state.blockedBy)
    this.#failures = reached ? 0 : this.#failures + 1
    this.#contacts = reached ? this.#contacts + 1 : 0
    if (reached) this.#latencies = [...this.#latencies, latencyMs].slice(-windowLength)
    this.#become(this.#stateAfter(reached, blockedBy), blockedBy, reached)
  }

  expectProbe(at: number | null): void {
    this.#state = { ...this.#state, nextProbeAt: at }
  }

  #stateAfter(reached: boolean, blockedBy: Reason | null): Connection['state'] {
    const { state } = this.#state
    const isFirst = state === 'untried' || state === 'unchecked'
    if (blockedBy !== null) return 'blocked'
    if (!reached) {
      if (isFirst || state === 'offline') return 'offline'
      return this.#failures >= failuresToOffline ? 'offline' : 'unsteady'
    }
    if (this.#isSlow()) return 'unsteady'
    if (isFirst || state === 'online' || state === 'blocked') return 'online'
    return this.#contacts >= contactsToOnline ? 'online' : 'unsteady'
  }

  #isSlow(): boolean {
    if (this.#latencies.length < windowLength) return false
    return this.#latencies.reduce((sum, ms) => sum + ms, 0) / windowLength > slowMs
  }

  #become(state: Connection['state'], blockedBy: Reason | null, reached: boolean): void {
    const now = this.#clock()
    this.#state = {
      ...this.#state,
      state,
      blockedBy,
      since: state === this.#state.state ? this.#state.since : now,
      lastContactAt: reached ? now : this.#state.lastContactAt,
      lastSilenceAt: reached ? this.#state.lastSilenceAt : now,
    }
  }
}
