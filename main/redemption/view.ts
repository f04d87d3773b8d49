import type { RedemptionView, StockView } from '../contract/redemption-view.ts'
import { excessOf, priceOf } from './payable.ts'
import { type Redemption, isAboutReturn, lastReason } from './redemption.ts'

const readableTail = 4

/** Returns what a screen may show of a redemption: only the last four characters of the code. */
export function viewOf(redemption: Redemption, stock: StockView | null): RedemptionView {
  const { couponReturn } = redemption
  const { payable, shortFen } = priceOf(stock, redemption.totalFen)
  return {
    useRequestNo: redemption.useRequestNo,
    codeTail: redemption.couponCode.slice(-readableTail),
    state: redemption.state,
    honoured: redemption.honoured,
    // While a return is under way, the reason shown is the one of the return.
    reason: isAboutReturn(redemption) ? lastReason(redemption) : redemption.reason,
    source: redemption.source,
    attempts: redemption.attempts,
    recordedAt: redemption.recordedAt,
    settledAt: redemption.settledAt,
    stock,
    cashier: redemption.cashier,
    honouredValueFen: redemption.honouredValueFen,
    payable,
    isBelowThreshold: shortFen !== null,
    excessFen: excessFenOf(redemption, stock),
    given: redemption.given,
    isReleased: redemption.released !== null,
    stockId: redemption.stockId,
    resolution: redemption.resolution,
    returnRefused: couponReturn?.refusedAt == null ? null : couponReturn.reason,
  }
}

function excessFenOf(
  { state, honoured, given, honouredValueFen, totalFen }: Redemption,
  stock: StockView | null,
): number | null {
  // As `LedgerQuery.honoured` counts it.
  const isConfirmed = state === 'redeemed' || state === 'returning'
  if (!honoured || given === null || !isConfirmed) return null
  const excess = excessOf(given.fen ?? honouredValueFen, stock, totalFen)
  return excess === 0 ? null : excess
}
