import type { Outcome, ReturnOutcome } from './outcome.ts'

/** Silences in a row, or different entries in a row without a decision, that stop the sending. */
const tolerated = 3

/**
 * Stops sending while nothing comes back: `open` sends nothing but cheap probes, `trial` one entry. A single entry that
 * never gets an answer while others do is its own trouble and opens nothing.
 */
export class Breaker {
  #state: 'closed' | 'open' | 'trial' = 'closed'
  #silences = 0
  #undecided = new Set<string>()
  #openings = 0

  get state(): 'closed' | 'open' | 'trial' {
    return this.#state
  }

  /** How often in a row it opened, or a probe was lost: the probes grow rarer. */
  get openings(): number {
    return this.#openings
  }

  /** Says whether this outcome closed it. */
  recordOutcome(useRequestNo: string, outcome: Outcome | ReturnOutcome): boolean {
    const isPage = outcome.kind === 'suspect' && !outcome.reached
    if (outcome.kind !== 'unknown' && !isPage) return this.#close()
    this.#silences = outcome.reached ? 0 : this.#silences + 1
    this.#undecided.add(useRequestNo)
    const isTooMuch = this.#silences >= tolerated || this.#undecided.size >= tolerated
    if (this.#state === 'trial' || (this.#state === 'closed' && isTooMuch)) this.#open()
    return false
  }

  /** A probe came back, or did not: then the next are rarer, also where nothing waits that could have opened this. */
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
