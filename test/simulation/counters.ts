/** One scan as a cashier made it. */
export interface PresentedScan {
  readonly payload: string
  /** The batch that the cashier named; `null` without one. */
  readonly stockId: string | null
  readonly totalFen: number | null
}

interface Counter {
  /** The current order's total as the cashier typed it, in fen. */
  totalFen: number | null
  readonly scans: PresentedScan[]
  /** Every total typed. */
  readonly totals: { readonly at: number; readonly fen: number }[]
  /** When somebody pressed "next customer". */
  readonly nexts: number[]
  /** How long each scan waited for its first verdict, ms. */
  readonly waits: number[]
}

/** What happened at each till's counter. People remember it, whatever their till forgets. */
export class Counters {
  readonly #byTill = new Map<string, Counter>()

  of(till: string): Counter {
    const known = this.#byTill.get(till) ?? {
      totalFen: null,
      scans: [],
      totals: [],
      nexts: [],
      waits: [],
    }
    this.#byTill.set(till, known)
    return known
  }
}
