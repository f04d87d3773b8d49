import type { RedemptionView, StockView } from '../contract/redemption-view.ts'
import { priceOf } from './payable.ts'
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
    given: redemption.given,
    isReleased: redemption.released !== null,
    stockId: redemption.stockId,
    resolution: redemption.resolution,
    returnRefused: couponReturn?.refusedAt == null ? null : couponReturn.reason,
  }
}
