import type { Payable, StockView } from '../contract/redemption-view.ts'

/**
 * What the customer pays, in fen, when the coupon is honoured for an order of `totalFen`. WeChat Pay moves no money and
 * checks no threshold: the shop does both.
 *
 * NORMAL: the total less the discount, never below 0. DISCOUNT: `payPercent` hundredths of the total, half a fen rounded
 * up (the documents name no rounding). EXCHANGE: the exchange price, for the goods that the coupon names.
 */
export function payableOf(stock: StockView, totalFen: number): Payable | 'below-threshold' | null {
  if (totalFen < (stock.thresholdFen ?? 0)) return 'below-threshold'
  const payFen = payFor(stock, totalFen)
  return payFen === null ? null : { totalFen, payFen, deductFen: totalFen - payFen }
}

function payFor(stock: StockView, totalFen: number): number | null {
  switch (stock.kind) {
    case 'NORMAL':
      return stock.discountFen === null ? null : Math.max(0, totalFen - stock.discountFen)
    case 'DISCOUNT':
      return stock.payPercent === null ? null : Math.floor((totalFen * stock.payPercent + 50) / 100)
    case 'EXCHANGE':
      return stock.exchangePriceFen === null ? null : Math.min(totalFen, stock.exchangePriceFen)
    default:
      return null
  }
}

/** What the shop gives away with the coupon, in fen; `null` when it depends on a total that nobody gave. */
export function valueOf(stock: StockView | null, totalFen: number | null): number | null {
  if (stock === null) return null
  if (totalFen !== null) {
    const payable = payableOf(stock, totalFen)
    return payable === null || payable === 'below-threshold' ? null : payable.deductFen
  }
  return stock.kind === 'NORMAL' ? stock.discountFen : null
}
