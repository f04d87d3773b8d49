import type { StockView } from '../contract/redemption-view.ts'
import { type Given, type ShiftFigures, type Tally, totalOf } from '../contract/shift-report.ts'
import { valueOf } from '../redemption/payable.ts'
import type { ShiftGroup } from '../store/shift-query.ts'

type Sum = ShiftFigures['losses']

const redeemedStates: readonly string[] = ['redeemed', 'returning']
const openStates: readonly string[] = ['pending', 'review']

/**
 * Adds up a stretch of the records, by batch and by cashier. What a discount was is what the cashier was told; where that is
 * not on record it is what the batch takes off the order, and where neither is known it is counted as unknown.
 */
export function figuresOf(
  groups: readonly ShiftGroup[],
  findStock: (stockId: string) => StockView | null,
): ShiftFigures {
  const stocks = new Map<string, Tally>()
  const cashiers = new Map<string | null, Tally>()
  const sums = { honoured: zero(), honouredOpen: zero(), losses: zero() }
  const ungiven = { notGiven: 0, released: 0, returnRefused: 0 }
  for (const group of groups) {
    const { stockId, cashier, state, count, isHonoured, isGiven } = group
    const stock = stockId === null ? null : findStock(stockId)
    const isRedeemed = redeemedStates.includes(state)
    const isOpen = openStates.includes(state)
    // Coupons that were redeemed but not deducted count nothing.
    const given =
      isRedeemed && isGiven ? valuesOf(group, group.givenFen, stock) : { fen: 0, unknown: 0 }
    const tally: Tally = {
      redeemed: isRedeemed ? count : 0,
      returned: state === 'returned' ? count : 0,
      refused: state === 'refused' ? count : 0,
      open: isOpen ? count : 0,
      ...given,
    }
    addTo(stocks, stockId ?? '', tally)
    addTo(cashiers, cashier, tally)
    const honoured = { count, ...valuesOf(group, group.honouredFen, stock) }
    if (isHonoured) sums.honoured = plus(sums.honoured, honoured)
    if (isHonoured && isOpen) sums.honouredOpen = plus(sums.honouredOpen, honoured)
    if (group.resolution === 'loss')
      sums.losses = plus(sums.losses, { count, ...valuesOf(group, group.givenFen, stock) })
    if (state === 'redeemed' && !isGiven) ungiven.notGiven += count
    if (group.isReleased) ungiven.released += count
    if (state === 'redeemed' && group.isReturnRefused) ungiven.returnRefused += count
  }
  return {
    stocks: mostFirst(
      [...stocks].map(([stockId, tally]) => ({
        stockId,
        name: findStock(stockId)?.name ?? null,
        ...tally,
      })),
      ({ stockId }) => stockId,
    ),
    cashiers: mostFirst(
      [...cashiers].map(([name, tally]) => ({ name, ...tally })),
      ({ name }) => name ?? '',
    ),
    ...sums,
    ungiven,
  }
}

function valuesOf(
  { count, isSumKnown, totalFen }: ShiftGroup,
  knownFen: number,
  stock: StockView | null,
): Given {
  if (isSumKnown) return { fen: knownFen, unknown: 0 }
  const fen = valueOf(stock, totalFen)
  return fen === null ? { fen: 0, unknown: count } : { fen: fen * count, unknown: 0 }
}

function addTo<K>(tallies: Map<K, Tally>, key: K, more: Tally): void {
  tallies.set(key, totalOf([tallies.get(key) ?? totalOf([]), more]))
}

function zero(): Sum {
  return { count: 0, fen: 0, unknown: 0 }
}

function plus(one: Sum, other: Sum): Sum {
  return {
    count: one.count + other.count,
    fen: one.fen + other.fen,
    unknown: one.unknown + other.unknown,
  }
}

/** In one order whatever order they were counted in, so that unchanged figures are equal. */
function mostFirst<R extends Tally>(rows: readonly R[], keyOf: (row: R) => string): R[] {
  return rows.toSorted(
    (one, other) => other.redeemed - one.redeemed || (keyOf(one) < keyOf(other) ? -1 : 1),
  )
}
