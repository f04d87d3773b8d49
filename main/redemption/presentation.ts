import type { PresentationView, Verdict } from '../contract/counter.ts'
import { familyOf } from '../contract/reason.ts'
import type { RedemptionView, ScanSource } from '../contract/redemption-view.ts'
import type { Clocks, Random } from './ports.ts'
import type { Redemption } from './redemption.ts'
import type { Told } from './told.ts'
import { createRequestNumber } from './use-request.ts'

/** One scan, at one time, for one order. It owns what is said of it from the first word to the last. */
export interface Presentation {
  readonly presentationNo: string
  /** Of the scan. */
  readonly at: number
  /** The same by a clock that is never set: how long ago it was, is asked of this one. */
  readonly elapsedAt: number
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
  /** A coupon of its code was given before: of another batch with the same code the offline policy honours none. */
  wasGivenBefore: boolean
  /** What was written down last of what it says: the same words are not written again. */
  told: string | null
  isAged: boolean
  /** What was given for the redemption was given for an earlier presentation, and not for this one. */
  isRecall: boolean
}

const readableTail = 4

/** One that has just been scanned. `codeTail` is empty for what is no coupon. */
export function newPresentation(
  parts: { readonly tillId: string; readonly clocks: Clocks; readonly random: Random },
  of: Pick<Presentation, 'codeTail' | 'source' | 'cashier' | 'orderNo'>,
): Presentation {
  return {
    ...of,
    presentationNo: createRequestNumber(parts.tillId, parts.clocks.now, parts.random),
    at: parts.clocks.now(),
    elapsedAt: parts.clocks.elapsed(),
    useRequestNo: null,
    verdict: null,
    offline: null,
    deductedFen: 0,
    wasGivenBefore: false,
    told: null,
    isAged: false,
    isRecall: false,
  }
}

/** One that was told before the program ended. */
export function presentationFrom(
  { presentation, cashier, verdict }: Told,
  redemption: Redemption | null,
  parts: {
    readonly clocks: Clocks
    readonly view: (redemption: Redemption) => RedemptionView
  },
): Presentation {
  const { clocks, view } = parts
  const ageMs = clocks.now() - presentation.at
  return {
    ...presentation,
    // By a clock that was set back since it lies ahead: that is no scan of just now.
    elapsedAt: ageMs < 0 ? -Infinity : clocks.elapsed() - ageMs,
    cashier,
    useRequestNo: redemption && redemption.useRequestNo,
    verdict: { ...verdict, redemption: redemption && view(redemption), stocks: [] },
    offline: verdict.offline,
    deductedFen: isGiving(verdict) ? (redemption?.given?.fen ?? 0) : 0,
    wasGivenBefore: false,
    told: null,
    isAged: false,
    isRecall: false,
  }
}

/** What was given was given for the presentation that says this; a recalled coupon took nothing off its order. */
export function isGiving({ instruction }: Pick<Verdict, 'instruction'>): boolean {
  return instruction === 'give' || instruction === 'already-given'
}

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

/** One that was here before is no further coupon of its order. */
export function isFurtherCoupon({ verdict }: Presentation): boolean {
  return verdict === null || familyOf(verdict.reason) !== 'recalled'
}
