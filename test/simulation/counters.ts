/** One scan as a cashier made it. */
export interface Presented {
  readonly payload: string
  /** The batch that the cashier said it is of. */
  readonly stockId: string | null
  readonly totalFen: number | null
}

interface Counter {
  /** Of the order at hand, as the cashier typed it. */
  totalFen: number | null
  readonly scans: Presented[]
  /** All that was typed. */
  readonly totals: { readonly at: number; readonly fen: number }[]
  /** When somebody said that the next customer comes. */
  readonly nexts: number[]
}

/** What stands on the counter of each till: people remember it, whatever their till does. */
export class Counters {
  readonly #byTill = new Map<string, Counter>()

  of(till: string): Counter {
    const known = this.#byTill.get(till) ?? { totalFen: null, scans: [], totals: [], nexts: [] }
    this.#byTill.set(till, known)
    return known
  }
}
