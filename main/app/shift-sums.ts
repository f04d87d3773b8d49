import type { MoneyRow, MoneySum } from '../contract/money.ts'
import { type ShiftFigures, type Tally, totalOf } from '../contract/shift-report.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { FindStock } from '../store/counted.ts'
import type { LedgerGroup } from '../store/ledger-query.ts'
import { valueOf } from '../redemption/payable.ts'

const redeemedStates: readonly string[] = ['redeemed', 'returning']
const openStates: readonly string[] = ['pending', 'review']

/** What a group of redemptions counts for. Every figure of money on any screen or paper is a sum of these. */
interface Counts {
  readonly tally: Tally
  /** Redeemed, and the discount given. */
  readonly confirmed: MoneySum
  /** Given without a reply, whatever its result was, and those of them that are not decided yet. */
  readonly honoured: MoneySum
  readonly honouredOpen: MoneySum
  readonly losses: MoneySum
  /** Given, and the coupon returned afterwards: the customer owes the discount. */
  readonly returned: MoneySum
}

/**
 * What a discount was is what the cashier was told; where that is not on record it is what the batch takes off the order,
 * and where neither is known it is counted as unknown.
 */
function countsOf(group: LedgerGroup, findStock: FindStock): Counts {
  const { state, count, isHonoured, isGiven } = group
  const isRedeemed = redeemedStates.includes(state)
  const isOpen = openStates.includes(state)
  const isLoss = group.resolution === 'loss'
  // Most redemptions of a refused or waiting coupon count no money, and a batch takes time to read.
  const isMoney = isGiven || isHonoured || isLoss
  const given = isMoney ? { count, ...valuesOf(group, group.givenFen, findStock) } : zero()
  const honoured = isHonoured ? { count, ...valuesOf(group, group.honouredFen, findStock) } : zero()
  // Coupons that were redeemed but not deducted count nothing.
  const confirmed = isRedeemed && isGiven ? given : zero()
  return {
    tally: {
      redeemed: isRedeemed ? count : 0,
      returned: state === 'returned' ? count : 0,
      refused: state === 'refused' ? count : 0,
      open: isOpen ? count : 0,
      fen: confirmed.fen,
      unknown: confirmed.unknown,
    },
    confirmed,
    honoured,
    honouredOpen: isHonoured && isOpen ? honoured : zero(),
    losses: isLoss ? given : zero(),
    returned: state === 'returned' && isGiven ? given : zero(),
  }
}

/** Adds up a part of the ledger, by batch and by cashier. */
export function figuresOf(groups: readonly LedgerGroup[], findStock: FindStock): ShiftFigures {
  const stocks = new Map<string, Tally>()
  const cashiers = new Map<string | null, Tally>()
  const sums = { honoured: zero(), honouredOpen: zero(), losses: zero() }
  const ungiven = { notGiven: 0, released: 0, returnRefused: 0 }
  for (const group of groups) {
    const { tally, honoured, honouredOpen, losses } = countsOf(group, findStock)
    addTo(stocks, group.stockId ?? '', tally)
    addTo(cashiers, group.cashier, tally)
    sums.honoured = plus(sums.honoured, honoured)
    sums.honouredOpen = plus(sums.honouredOpen, honouredOpen)
    sums.losses = plus(sums.losses, losses)
    const { state, count } = group
    if (state === 'redeemed' && !group.isGiven) ungiven.notGiven += count
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

/** Adds up the money of a part of the ledger, by whatever `keyOf` says of each group. */
export function moneyBy<K>(
  groups: readonly LedgerGroup[],
  findStock: FindStock,
  keyOf: (group: LedgerGroup) => K,
): Map<K, MoneyRow> {
  const rows = new Map<K, MoneyRow>()
  for (const group of groups) {
    const { confirmed, honouredOpen: open, losses: lost, returned } = countsOf(group, findStock)
    const given = plus(plus(confirmed, open), lost)
    const key = keyOf(group)
    const row = rows.get(key) ?? noMoney()
    rows.set(key, {
      given: plus(row.given, given),
      confirmed: plus(row.confirmed, confirmed),
      open: plus(row.open, open),
      lost: plus(row.lost, lost),
      returned: plus(row.returned, returned),
    })
  }
  return rows
}

/** Adds up the money of a part of the ledger. */
export function moneyOf(groups: readonly LedgerGroup[], findStock: FindStock): MoneyRow {
  return moneyBy(groups, findStock, () => null).get(null) ?? noMoney()
}

/** Returns what one redemption counts for. */
export function moneyOfOne(redemption: Redemption, findStock: FindStock): MoneyRow {
  const { given, honouredValueFen, couponReturn, state } = redemption
  const known = given?.fen ?? honouredValueFen
  const isReturnOpen = state === 'review' && couponReturn !== null && given !== null
  const group: LedgerGroup = {
    stockId: redemption.stockId,
    cashier: redemption.cashier,
    hour: 0,
    state: isReturnOpen ? 'returning' : state,
    resolution: redemption.resolution,
    isHonoured: redemption.honoured,
    isGiven: given !== null,
    isReleased: redemption.released !== null,
    isReturnRefused: couponReturn?.refusedAt != null,
    isSumKnown: known !== null,
    totalFen: redemption.totalFen,
    isBooking: false,
    count: 1,
    givenFen: known ?? 0,
    honouredFen: honouredValueFen ?? given?.fen ?? 0,
  }
  return moneyOf([group], findStock)
}

export function noMoney(): MoneyRow {
  return { given: zero(), confirmed: zero(), open: zero(), lost: zero(), returned: zero() }
}

function valuesOf(
  { count, isSumKnown, isBooking, stockId, totalFen }: LedgerGroup,
  knownFen: number,
  findStock: FindStock,
): Pick<MoneySum, 'fen' | 'unknown'> {
  if (isSumKnown) return { fen: knownFen, unknown: 0 }
  const stock = stockId === null || isBooking ? null : findStock(stockId)
  const fen = valueOf(stock, totalFen)
  return fen === null ? { fen: 0, unknown: count } : { fen: fen * count, unknown: 0 }
}

function addTo<K>(tallies: Map<K, Tally>, key: K, more: Tally): void {
  tallies.set(key, totalOf([tallies.get(key) ?? totalOf([]), more]))
}

function zero(): MoneySum {
  return { count: 0, fen: 0, unknown: 0 }
}

function plus(one: MoneySum, other: MoneySum): MoneySum {
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
