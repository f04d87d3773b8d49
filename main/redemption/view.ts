import type { RedemptionView, StockView } from '../contract/snapshot.ts'
import { payableOf } from './payable.ts'
import { isAboutReturn, lastReason, type Redemption } from './redemption.ts'

const readableTail = 4

/** A redemption as a screen may see it: of the code only the last four characters. */
export function viewOf(redemption: Redemption, stock: StockView | null): RedemptionView {
  const { totalFen, giveBack } = redemption
  const payable = stock === null || totalFen === null ? null : payableOf(stock, totalFen)
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
    stakeFen: redemption.stakeFen,
    payable: payable === 'below-threshold' ? null : payable,
    isBelowThreshold: payable === 'below-threshold',
    stockId: redemption.stockId,
    resolution: redemption.resolution,
    returnRefused: giveBack?.refusedAt == null ? null : giveBack.reason,
  }
}
