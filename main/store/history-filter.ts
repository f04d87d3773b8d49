import type { HistoryQuery } from '../contract/history.ts'
import type { MoneyKind } from '../contract/money.ts'
import type { RedemptionState } from '../contract/redemption-view.ts'
import { countedState } from './counted.ts'
import { redemptionsWhere } from './fresh-rows.ts'
import { bookingsWhere, hourOf, isInStretches, type Scope } from './ledger-query.ts'
import type { Sealing } from './sealing.ts'

/** Rows that are examined for one page at most: a filter that fits nothing must not keep the till from its work. */
export const rowBudget = 20_000

/** States that are in the index `redemption_rare`. */
const rareStates: readonly RedemptionState[] = [
  'refused',
  'review',
  'returning',
  'returned',
  'cancelled',
  'resolved',
]

/** The beginning of a request number of a till: till id, time, perhaps the rest (see `use-request.ts`). */
const requestNumber = /^[0-9A-Za-z_]{1,8}-\d{8,14}(?:-[0-9A-Z]{0,8})?$/
const codeTail = /^[0-9A-Za-z\-_\\/=| ]{4}$/

export interface Filter {
  readonly from: string
  readonly where: string
  /** Both are the same number; which one is named decides which table SQLite reads in order. */
  readonly order: 'redemption.rowid' | 'history_entry.id'
  readonly bindings: Record<string, unknown>
  /** How many rows may be examined; `null` where the condition itself finds few. */
  readonly budget: number | null
}

/** Returns the condition that leaves the fewest rows; `otherConditions` are tried on the rows that it finds. */
export function mainFilter(
  { text, states, cashier, isReturnRefused, about }: HistoryQuery,
  scope: Scope,
  sealing: Sealing,
): Filter {
  if (requestNumber.test(text))
    return {
      from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
      where: 'redemption.use_request_no >= @number AND redemption.use_request_no < @beyond',
      order: 'history_entry.id',
      bindings: { number: text, beyond: `${text}~` },
      budget: null,
    }
  if (text !== '' && !codeTail.test(text))
    return {
      from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
      where: `redemption.rowid IN (SELECT id FROM ${redemptionsWhere('code_fingerprint = @fingerprint')})`,
      order: 'history_entry.id',
      bindings: { fingerprint: sealing.fingerprint(text) },
      budget: null,
    }
  const from = 'history_entry CROSS JOIN redemption ON redemption.rowid = history_entry.id'
  if (text !== '')
    return {
      from,
      where: 'history_entry.code_tail = @tail',
      order: 'history_entry.id',
      bindings: { tail: text },
      budget: null,
    }
  if (about !== 'recorded') {
    const side = about === 'booked-here' ? 'here' : 'elsewhere'
    return {
      from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
      where: `redemption.rowid IN (SELECT redemption FROM late_booking WHERE ${bookingsWhere(scope, side)})`,
      order: 'redemption.rowid',
      bindings: {},
      budget: null,
    }
  }
  if (isReturnRefused)
    return {
      from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
      where: 'redemption.return_refused_at IS NOT NULL',
      order: 'redemption.rowid',
      bindings: {},
      budget: null,
    }
  const [state] = states
  if (state !== undefined && states.length === 1 && rareStates.includes(state))
    return {
      from: 'redemption JOIN history_entry ON history_entry.id = redemption.rowid',
      // The second condition is that of the index; without it SQLite would not use the index.
      where: "redemption.state = @state AND redemption.state NOT IN ('pending', 'redeemed')",
      order: 'redemption.rowid',
      bindings: { state },
      budget: null,
    }
  if (cashier !== null && cashier !== '')
    return {
      from,
      where: 'history_entry.cashier = @cashier',
      order: 'history_entry.id',
      bindings: {},
      budget: rowBudget,
    }
  return { from, where: 'true', order: 'history_entry.id', bindings: {}, budget: rowBudget }
}

/** SQL of what counts as each kind of money, as `app/shift-sums.ts` counts it. */
const moneyConditions: Readonly<Record<MoneyKind, string>> = {
  confirmed: `(${countedState}) IN ('redeemed', 'returning') AND given_at IS NOT NULL`,
  open: `(${countedState}) IN ('pending', 'review') AND honoured = 1`,
  lost: "resolution = 'loss'",
  returned: "state = 'returned' AND given_at IS NOT NULL",
}

/** Returns, as SQL, the conditions that are tried row by row. */
export function otherConditions(query: HistoryQuery, scope: Scope): string {
  const { states, stockId, isReturnRefused, money } = query
  // Of late changes, range and place are found already, and those are not the coupons' own.
  const isRecorded = query.about === 'recorded'
  return [
    'redemption.key_id = @keyId',
    'redemption.rowid < @before',
    'redemption.rowid >= @after',
    'history_entry.id < @before',
    'history_entry.id >= @after',
    ...(states.length > 0 ? ['redemption.state IN (SELECT value FROM json_each(@states))'] : []),
    ...(isReturnRefused ? ['redemption.return_refused_at IS NOT NULL'] : []),
    ...(money === null ? [] : [moneyConditions[money]]),
    ...equals('redemption.stock_id', 'stockId', stockId),
    ...equals('history_entry.cashier', 'cashier', query.cashier),
    ...(isRecorded ? recordedConditions(query, scope) : []),
  ].join(' AND ')
}

function recordedConditions({ hour }: HistoryQuery, scope: Scope): string[] {
  return [
    ...(scope.from === null ? [] : ['history_entry.recorded_at >= @from']),
    ...(scope.until === null ? [] : ['history_entry.recorded_at < @until']),
    ...(scope.stretches === null ? [] : [isInStretches('redemption.rowid', scope)]),
    ...(hour === null ? [] : [`${hourOf('history_entry.recorded_at')} = @hour`]),
  ]
}

/** `''` stands for none. */
function equals(column: string, name: string, value: string | null): string[] {
  if (value === null) return []
  return [value === '' ? `${column} IS NULL` : `${column} = @${name}`]
}
