import type { Outcome, ReturnOutcome } from './outcome.ts'

/** So many silences in a row, or different entries in a row without a result, open the breaker. */
const tolerated = 3

/**
 * Stops sending while no replies come: `open` allows only probes, `trial` one entry. A single entry that never gets a
 * reply while others do does not open it.
 */
export class Breaker {
  #state: 'closed' | 'open' | 'trial' = 'closed'
  #silences = 0
  #undecided = new Set<string>()
  #openings = 0

  get state(): 'closed' | 'open' | 'trial' {
    return this.#state
  }

  /** How often in a row it opened or a probe failed. The more, the rarer the probes. */
  get openings(): number {
    return this.#openings
  }

  /** Returns whether this outcome closed the breaker after it was open. */
  recordOutcome(useRequestNo: string, outcome: Outcome | ReturnOutcome): boolean {
    const isPage = outcome.kind === 'suspect' && !outcome.reached
    if (outcome.kind !== 'unknown' && !isPage) return this.#close()
    this.#silences = outcome.reached ? 0 : this.#silences + 1
    this.#undecided.add(useRequestNo)
    const isTooMuch = this.#silences >= tolerated || this.#undecided.size >= tolerated
    if (this.#state === 'trial' || (this.#state === 'closed' && isTooMuch)) this.#open()
    return false
  }

  /** Records the result of a probe. Failed probes make the next ones rarer, also while the breaker is closed. */
  probed(reached: boolean): void {
    if (!reached) this.#openings += 1
    else if (this.#state === 'open') this.#state = 'trial'
    else this.#openings = 0
  }

  /** A person or the system asks for one more try. */
  allowTrial(): void {
    if (this.#state === 'open') this.#state = 'trial'
  }

  #open(): void {
    this.#state = 'open'
    this.#openings += 1
  }

  #close(): boolean {
    const wasClosed = this.#state === 'closed'
    this.#state = 'closed'
    this.#silences = 0
    this.#undecided.clear()
    this.#openings = 0
    return !wasClosed
  }
}
