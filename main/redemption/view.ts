import type { RedemptionView, StockView } from '../contract/redemption-view.ts'
import { priceOf } from './payable.ts'
import { type Redemption, isAboutReturn, lastReason } from './redemption.ts'

const readableTail = 4

/** A redemption as a screen may see it: of the code only the last four characters. */
export function viewOf(redemption: Redemption, stock: StockView | null): RedemptionView {
  const { couponReturn } = redemption
  const { payable, shortFen } = priceOf(stock, redemption.totalFen)
  return {
    useRequestNo: redemption.useRequestNo,
    codeTail: redemption.couponCode.slice(-readableTail),
    state: redemption.state,
    honoured: redemption.honoured,
    // While its return is under way, what is said is said of that.
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
