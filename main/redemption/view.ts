import type { RedemptionView, StockView } from '../contract/redemption-view.ts'
import { priceOf } from './payable.ts'
import type { Redemption } from './redemption.ts'

const readableTail = 4

/** A redemption as a screen may see it: of the code only the last four characters. */
export function viewOf(redemption: Redemption, stock: StockView | null): RedemptionView {
  const { payable, shortFen } = priceOf(stock, redemption.totalFen)
  return {
    useRequestNo: redemption.useRequestNo,
    codeTail: redemption.couponCode.slice(-readableTail),
    state: redemption.state,
    honoured: redemption.honoured,
    reason: redemption.reason,
    source: redemption.source,
    attempts: redemption.attempts,
    recordedAt: redemption.recordedAt,
    settledAt: redemption.settledAt,
    stock,
    cashier: redemption.cashier,
    stakeFen: redemption.stakeFen,
    payable,
    isBelowThreshold: shortFen !== null,
    given: redemption.given,
    isReleased: redemption.released !== null,
  }
}
