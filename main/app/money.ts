import { setImmediate } from 'node:timers/promises'
import type { Money, MoneyQuery, MoneyRow } from '../contract/money.ts'
import type { Shift } from '../contract/shift.ts'
import type { FindStock } from '../store/counted.ts'
import { excessOf } from '../redemption/payable.ts'
import type { HonouredRow, LedgerGroup, Scope, Stretch } from '../store/ledger-query.ts'
import type { Store } from '../store/store.ts'
import { daysOf } from './money-range.ts'
import { moneyBy, moneyOf } from './shift-sums.ts'

type MoneyStore = Pick<
  Store,
  'ledger' | 'scopeOf' | 'shiftRows' | 'shifts' | 'history' | 'stocks' | 'audit'
>

/** Rows that are counted at once, in some ten milliseconds. */
const slice = 5000
/** How often a range is counted anew because something changed while it was counted. */
const mostRounds = 3

/**
 * Counts the money of a range, in slices between which the till does its own work. The figures are those of the shifts' reports: they
 * come from the same groups of the same ledger.
 */
export async function readMoney(store: MoneyStore, query: MoneyQuery, now: number): Promise<Money> {
  await store.history.catchUp(() => false)
  const { place } = query
  const days = typeof place === 'number' ? null : daysOf(query.range, now)
  const times = { from: days?.from ?? null, until: days?.until ?? null }
  for (let round = 1; ; round += 1) {
    const before = store.audit.head().rows
    const scope = store.scopeOf(place, times)
    const own: LedgerGroup[] = []
    const honoured: HonouredRow[] = []
    for (const part of partsOf(store, scope)) {
      own.push(...store.ledger.rows(part, scope))
      honoured.push(...store.ledger.honoured(part, scope))
      await setImmediate()
    }
    // A change meanwhile may be in some parts and not in others.
    if (store.audit.head().rows !== before && round < mostRounds) continue
    const shifts = shiftsOf(store, times)
    return { at: now, days, place, shifts, ...addUp(store, scope, own, honoured) }
  }
}

function addUp(
  store: MoneyStore,
  scope: Scope,
  own: readonly LedgerGroup[],
  honoured: readonly HonouredRow[],
) {
  const { ledger, stocks } = store
  const findStock = readOnce((stockId) => stocks.find(stockId))
  const here = ledger.bookings(scope, 'here')
  const groups = [...own, ...ledger.bookings(scope, 'elsewhere'), ...here]
  const by = <K>(keyOf: (group: LedgerGroup) => K) =>
    [...moneyBy(groups, findStock, keyOf)].filter(([, row]) => hasMoney(row))
  return {
    total: moneyOf(groups, findStock),
    cashiers: mostFirst(by(({ cashier }) => cashier).map(([name, row]) => ({ name, ...row }))),
    stocks: mostFirst(
      by(({ stockId }) => stockId ?? '').map(([stockId, row]) => ({
        stockId,
        name: stocks.find(stockId)?.name ?? null,
        ...row,
      })),
    ),
    hours: by(({ hour }) => hour)
      .map(([hour, row]) => ({ hour, ...row }))
      .toSorted((one, other) => one.hour - other.hour),
    earlier: { coupons: ledger.coupons(scope, 'here'), money: moneyOf(here, findStock) },
    excess: excessIn(honoured, findStock),
    later: ledger.coupons(scope, 'elsewhere'),
  }
}

function excessIn(honoured: readonly HonouredRow[], findStock: FindStock): Money['excess'] {
  const sums = honoured
    .map(({ stockId, givenFen, totalFen }) =>
      excessOf(givenFen, stockId === null ? null : findStock(stockId), totalFen),
    )
    .filter((fen) => fen > 0)
  return { coupons: sums.length, fen: sums.reduce((sum, fen) => sum + fen, 0) }
}

/** A batch is asked for once for each group, cashier and hour. */
function readOnce(findStock: FindStock): FindStock {
  const known = new Map<string, ReturnType<FindStock>>()
  return (stockId) => {
    const found = known.get(stockId)
    if (found !== undefined) return found
    const read = findStock(stockId)
    known.set(stockId, read)
    return read
  }
}

/** The rows of a scope, in parts that can be counted at once. */
function partsOf({ shiftRows }: Pick<MoneyStore, 'shiftRows'>, scope: Scope): Stretch[] {
  const range = shiftRows.rowsWithin(scope)
  if (range === null) return []
  return (scope.stretches ?? [range]).flatMap((stretch) => {
    const first = Math.max(stretch.after, range.after)
    const last = Math.min(stretch.upTo, range.upTo)
    const count = Math.max(0, Math.ceil((last - first) / slice))
    return Array.from({ length: count }, (_, at) => ({
      after: first + at * slice,
      upTo: Math.min(first + (at + 1) * slice, last),
    }))
  })
}

const shiftsListed = 100

/** The shifts that were open within a time, newest first; by their rows too, because a clock may have been set. */
function shiftsOf(
  { shifts, shiftRows }: Pick<MoneyStore, 'shifts' | 'shiftRows'>,
  times: Pick<Scope, 'from' | 'until'>,
): Money['shifts'] {
  const range = shiftRows.rowsWithin(times)
  return shifts
    .list(shiftsListed, null)
    .filter((shift) => {
      if (times.from === null || times.until === null) return true
      const isInTime = shift.openedAt < times.until && (shift.closedAt ?? times.until) >= times.from
      const { own } = shiftRows.stretches(shift)
      return isInTime || (range !== null && own.upTo > range.after && own.after < range.upTo)
    })
    .map(shiftHead)
}

function shiftHead({ id, openedBy, openedAt, closedAt }: Shift): Money['shifts'][number] {
  return { id, openedBy, openedAt, closedAt }
}

function hasMoney({ given, confirmed, open, lost, returned }: MoneyRow): boolean {
  return [given, confirmed, open, lost, returned].some(
    ({ count, fen, unknown }) => count !== 0 || fen !== 0 || unknown !== 0,
  )
}

function mostFirst<R extends MoneyRow>(rows: readonly R[]): R[] {
  return rows.toSorted((one, other) => other.given.fen - one.given.fen)
}
