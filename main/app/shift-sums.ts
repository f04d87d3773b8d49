import type { ShiftReport } from '../contract/shift-report.ts'
import type { StockView } from '../contract/redemption-view.ts'
import type { ShiftFigures } from '../store/shift-query.ts'

type Groups = ShiftFigures['groups']
type StockRow = ShiftReport['stocks'][number]

/**
 * Adds up a shift's figures by batch, with the discount in fen, and by cashier. The discount is `null` for a batch whose
 * discount depends on order totals of which one is not known.
 */
export function byStockAndCashier(
  groups: Groups,
  findStock: (stockId: string) => StockView | null,
): Pick<ShiftReport, 'stocks' | 'cashiers'> {
  const stocks = new Map<string, StockRow>()
  const cashiers = new Map<string | null, number>()
  for (const { stockId, cashier, redeemed, returned, refused, open, ...given } of groups) {
    const stock = findStock(stockId)
    const before = stocks.get(stockId)
    const row = {
      stockId,
      name: stock?.name ?? null,
      redeemed: (before?.redeemed ?? 0) + redeemed,
      returned: (before?.returned ?? 0) + returned,
      refused: (before?.refused ?? 0) + refused,
      open: (before?.open ?? 0) + open,
    }
    // Coupons that were redeemed but not deducted count nothing. Without an order's total only a fixed discount is known.
    const fixedFen = stock?.kind === 'NORMAL' ? stock.discountFen : null
    const fenWithoutTotal =
      given.givenUnknown === 0 ? 0 : fixedFen === null ? null : fixedFen * given.givenUnknown
    const sumBefore = before === undefined ? 0 : before.deductedFen
    const deductedFen =
      fenWithoutTotal === null || sumBefore === null
        ? null
        : sumBefore + given.givenFen + fenWithoutTotal
    stocks.set(stockId, { ...row, deductedFen })
    cashiers.set(cashier, (cashiers.get(cashier) ?? 0) + redeemed)
  }
  return {
    stocks: [...stocks.values()],
    cashiers: [...cashiers].map(([name, redeemed]) => ({ name, redeemed })),
  }
}
