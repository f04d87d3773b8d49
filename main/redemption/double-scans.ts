import type { Verdict } from '../contract/counter.ts'
import { familyOf } from '../contract/reason.ts'
import type { Clock } from './ports.ts'
import type { Presentation } from './presentation.ts'

/** A presentation and the verdict that it will get. */
export interface Said {
  readonly presentation: Presentation
  readonly said: Promise<Verdict>
}

/** A code that is read again within this time counts as one scan, read twice. */
const doubleScanMs = 3000

/** Tells a scan that was read twice from a coupon that is presented again. */
export class DoubleScans {
  readonly #elapsed: Clock
  readonly #last = new Map<string, Said>()

  constructor(elapsed: Clock) {
    this.#elapsed = elapsed
  }

  /** Returns the scan that this one repeats; `null` when it is a new one. A coupon that the till declined may be tried again at once. */
  find(key: string): Said | null {
    const last = this.#last.get(key)
    if (last === undefined) return null
    const { elapsedAt, verdict } = last.presentation
    const family = verdict && familyOf(verdict.reason)
    const isOpen = family === 'declined' || family === 'not-saved'
    if (this.#elapsed() - elapsedAt < doubleScanMs && !isOpen) return last
    this.#last.delete(key)
    return null
  }

  add(key: string, said: Said): void {
    const now = this.#elapsed()
    for (const [other, { presentation }] of this.#last)
      if (now - presentation.elapsedAt >= doubleScanMs) this.#last.delete(other)
    this.#last.set(key, said)
  }
}
