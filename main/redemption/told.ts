import type { PresentationView, Verdict } from '../contract/counter.ts'

/** One line of the audit trail of what a cashier was told. */
export interface Told {
  readonly presentation: Omit<PresentationView, 'verdict' | 'isAged' | 'cashier' | 'reads'>
  readonly cashier: string | null
  /** The order's total, in fen. */
  readonly totalFen: number | null
  readonly verdict: Omit<Verdict, 'redemption' | 'stocks'>
}
