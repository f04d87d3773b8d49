import type { PresentationView, Verdict } from '../contract/counter.ts'
import { familyOf } from '../contract/reason.ts'
import type { RedemptionView, ScanSource } from '../contract/redemption-view.ts'
import type { Clocks, Random } from './ports.ts'
import type { Redemption } from './redemption.ts'
import type { Told } from './told.ts'
import { createRequestNumber } from './use-request.ts'

/** One scan of a coupon for one order, with its verdict from the first to the last. */
export interface Presentation {
  readonly presentationNo: string
  /** When it was scanned, in epoch milliseconds. */
  readonly at: number
  /** When it was scanned, by the `elapsed` clock, to know how long ago that was. */
  readonly elapsedAt: number
  /** Last characters of the code; empty for what is no coupon, because nothing is kept of it. */
  readonly codeTail: string
  readonly source: ScanSource
  readonly orderNo: string
  /** Who scanned it; `null` when nobody is signed in. */
  readonly cashier: string | null
  /** How often its code was read, see `double-scans.ts`. */
  reads: number
  /** The redemption that the verdict is about; `null` while there is none. */
  useRequestNo: string | null
  /** `null` until the first verdict. */
  verdict: Verdict | null
  /** What the offline policy decided. It decides once, whatever happens to other coupons meanwhile. */
  offline: Verdict['offline']
  /** What it took off its order, in fen; 0 while nothing was given. */
  deductedFen: number
  /** A discount was given for this code before, so that the offline policy does not honour it in another batch. */
  wasGivenBefore: boolean
  /** The verdict that was written last, as JSON: the same one is not written again. */
  told: string | null
  isAged: boolean
  /** The discount was given for an earlier presentation, and not for this one. */
  isRecall: boolean
}

const readableTail = 4

/** Returns a presentation for a new scan. `codeTail` is empty for what is no coupon. */
export function newPresentation(
  parts: { readonly tillId: string; readonly clocks: Clocks; readonly random: Random },
  of: Pick<Presentation, 'codeTail' | 'source' | 'cashier' | 'orderNo'>,
): Presentation {
  return {
    ...of,
    presentationNo: createRequestNumber(parts.tillId, parts.clocks.now, parts.random),
    at: parts.clocks.now(),
    elapsedAt: parts.clocks.elapsed(),
    reads: 1,
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

/** Returns a presentation that was shown before the program ended. */
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
    // A time ahead of the clock means that the clock was set back: the scan counts as long ago.
    elapsedAt: ageMs < 0 ? -Infinity : clocks.elapsed() - ageMs,
    cashier,
    reads: 1,
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

/** Whether the discount was given for this presentation, so that it counts for its order. */
export function isGiving({ instruction }: Pick<Verdict, 'instruction'>): boolean {
  return instruction === 'give' || instruction === 'already-given'
}

export function tailOf(couponCode: string): string {
  return couponCode.slice(-readableTail)
}

export function viewOfPresentation(of: Presentation): PresentationView {
  const { presentationNo, at, codeTail, source, orderNo, cashier, reads, verdict, isAged } = of
  return { presentationNo, at, codeTail, source, orderNo, cashier, reads, verdict, isAged }
}

export function toldOf(of: Presentation, totalFen: number | null, verdict: Verdict): Told {
  const { presentationNo, at, codeTail, source, orderNo, cashier } = of
  const { redemption: _redemption, stocks: _stocks, ...said } = verdict
  const presentation = { presentationNo, at, codeTail, source, orderNo }
  return { presentation, cashier, totalFen, verdict: said }
}

/** Whether it counts as a coupon of its order; a coupon that was here before does not. */
export function isFurtherCoupon({ verdict }: Presentation): boolean {
  return verdict === null || familyOf(verdict.reason) !== 'recalled'
}
