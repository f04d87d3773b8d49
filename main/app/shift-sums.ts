import type { ShiftReport } from '../contract/shift-report.ts'
import type { StockView } from '../contract/redemption-view.ts'
import type { ShiftFigures } from '../store/shift-query.ts'

type Groups = ShiftFigures['groups']
type StockRow = ShiftReport['stocks'][number]

/** The same counts twice: by batch, with what it was worth, and by who scanned. */
export function byStockAndCashier(
  groups: Groups,
  findStock: (stockId: string) => StockView | undefined,
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
    // What was redeemed and not given took nothing off. Only of a fixed discount is the sum known without the total.
    const each = stock?.kind === 'NORMAL' ? stock.discountFen : null
    const ofUnknown =
      given.givenUnknown === 0 ? 0 : each === null ? null : each * given.givenUnknown
    const sumBefore = before === undefined ? 0 : before.deductedFen
    const deductedFen =
      ofUnknown === null || sumBefore === null ? null : sumBefore + given.givenFen + ofUnknown
    stocks.set(stockId, { ...row, deductedFen })
    cashiers.set(cashier, (cashiers.get(cashier) ?? 0) + redeemed)
  }
  return {
    stocks: [...stocks.values()],
    cashiers: [...cashiers].map(([name, redeemed]) => ({ name, redeemed })),
  }
}
