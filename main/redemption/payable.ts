import type { Payable, StockView } from '../contract/redemption-view.ts'

/** What a coupon is worth for an order, as far as the till can compute it. Money in fen. */
export interface Price {
  /** `null` where no total was given or where the batch's value cannot be computed from one. */
  readonly payable: Payable | null
  /** What is deducted; `null` where the cashier has to read it off the coupon. */
  readonly deductFen: number | null
  /** How much the order lacks for the threshold; `null` when it lacks nothing, or when that is not known. */
  readonly shortFen: number | null
  /** Other coupons have paid the whole order, so that this one would be spent for nothing. */
  readonly isNothingLeft: boolean
}

const unknownPrice: Price = {
  payable: null,
  deductFen: null,
  shortFen: null,
  isNothingLeft: false,
}

/**
 * Returns what the customer pays when the coupon is honoured for an order of `totalFen`. WeChat Pay moves no money and checks no
 * threshold: the shop does both.
 *
 * NORMAL: the total less the discount, never below 0. DISCOUNT: `payPercent` hundredths of the total, half a fen rounded
 * up (the documents name no rounding). EXCHANGE: nothing can be computed, because the goods' own price is not known.
 */
export function priceOf(stock: StockView | null, totalFen: number | null): Price {
  if (stock === null) return unknownPrice
  if (totalFen === null) return { ...unknownPrice, deductFen: fixedDiscount(stock) }
  if (totalFen === 0 && stock.kind !== 'EXCHANGE') return { ...unknownPrice, isNothingLeft: true }
  const shortFen = (stock.thresholdFen ?? 0) - totalFen
  if (shortFen > 0) return { ...unknownPrice, shortFen }
  const payFen = payFor(stock, totalFen)
  if (payFen === null) return unknownPrice
  const deductFen = totalFen - payFen
  return { ...unknownPrice, payable: { totalFen, payFen, deductFen }, deductFen }
}

/** Returns what the shop gives away with the coupon, in fen; `null` when that is not known. */
export function valueOf(stock: StockView | null, totalFen: number | null): number | null {
  return priceOf(stock, totalFen).deductFen
}

function fixedDiscount(stock: StockView): number | null {
  return stock.kind === 'NORMAL' ? stock.discountFen : null
}

function payFor(stock: StockView, totalFen: number): number | null {
  switch (stock.kind) {
    case 'NORMAL':
      return stock.discountFen === null ? null : Math.max(0, totalFen - stock.discountFen)
    case 'DISCOUNT':
      return stock.payPercent === null ? null : Math.floor((totalFen * stock.payPercent + 50) / 100)
    default:
      return null
  }
}

/**
 * Returns how much more was given than the coupon is worth, in fen: honoured as another batch than the one that it was of, as
 * became known with its redemption. 0 where it was no more, or where one of them is not known.
 */
export function excessOf(
  givenFen: number | null,
  stock: StockView | null,
  totalFen: number | null,
): number {
  const worth = valueOf(stock, totalFen)
  return givenFen === null || worth === null ? 0 : Math.max(0, givenFen - worth)
}

/** Returns what a coupon of this worth takes off, where only its worth is known: no more than the order leaves. In fen. */
export function leftOf(worthFen: number | null, totalFen: number | null): number | null {
  return worthFen === null || totalFen === null ? worthFen : Math.min(worthFen, totalFen)
}
