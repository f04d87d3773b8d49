import type { PresentationView, Verdict } from '../contract/counter.ts'
import type { ScanSource } from '../contract/redemption-view.ts'

/** One scan, at one time, for one order. It owns what is said of it from the first word to the last. */
export interface Presentation {
  readonly presentationNo: string
  /** Of the scan. */
  readonly at: number
  /** Of the code; empty for what is no coupon, of which nothing is kept. */
  readonly codeTail: string
  readonly source: ScanSource
  readonly orderNo: string
  /** Who stands at the till; `null` where nobody signs in. */
  readonly cashier: string | null
  /** The redemption that it speaks of; `null` while there is none. */
  useRequestNo: string | null
  /** `null` while it is being asked. */
  verdict: Verdict | null
  /** What the offline policy said, once: other coupons that are settled meanwhile change nothing about it. */
  offline: Verdict['offline']
  /** What it took off its order, in fen; 0 while nothing was given. */
  deductedFen: number
  isAged: boolean
}

/** One line of the audit trail of what a cashier was told. */
export interface Told {
  readonly presentation: Omit<PresentationView, 'verdict' | 'isAged'>
  readonly cashier: string | null
  /** The order's total, in fen. */
  readonly totalFen: number | null
  readonly verdict: Omit<Verdict, 'redemption' | 'stocks'>
}

const readableTail = 4

export function tailOf(couponCode: string): string {
  return couponCode.slice(-readableTail)
}

export function viewOfPresentation(of: Presentation): PresentationView {
  const { presentationNo, at, codeTail, source, orderNo, verdict, isAged } = of
  return { presentationNo, at, codeTail, source, orderNo, verdict, isAged }
}

export function toldOf(of: Presentation, totalFen: number | null, verdict: Verdict): Told {
  const { presentationNo, at, codeTail, source, orderNo, cashier } = of
  const { redemption: _redemption, stocks: _stocks, ...said } = verdict
  const presentation = { presentationNo, at, codeTail, source, orderNo }
  return { presentation, cashier, totalFen, verdict: said }
}
