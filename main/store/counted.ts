import type { StockView } from '../contract/redemption-view.ts'
import { valueOf } from '../redemption/payable.ts'
import { number, orNull, type RawRow, text } from './column-readers.ts'

const textOrNull = orNull(text)
const numberOrNull = orNull(number)

export type FindStock = (stockId: string) => StockView | null

/**
 * SQL of the state that a redemption is counted under. While a person has to decide about the return of a coupon that was given,
 * the coupon is still redeemed, and its discount still given.
 */
export const countedState = `CASE WHEN state = 'review' AND return_request_no IS NOT NULL AND given_at IS NOT NULL
  THEN 'returning' ELSE state END`

/** What a redemption counts for in the ledger. Yes and no are 1 and 0, as in the file; money in fen. */
export interface Counted {
  readonly stockId: string | null
  readonly cashier: string | null
  readonly state: string
  readonly resolution: string | null
  readonly honoured: 0 | 1
  readonly given: 0 | 1
  readonly released: 0 | 1
  readonly returnRefused: 0 | 1
  /** What was given, or would be; `null` where that is not known. */
  readonly givenFen: number | null
  /** What it was worth when it was honoured without a reply; `null` where that is not known. */
  readonly honouredFen: number | null
}

/** Returns what a row counts for, as `LedgerQuery` groups it, with what is known of its batch now. */
export function countedOf(row: RawRow, findStock: FindStock): Counted {
  const stockId = textOrNull(row, 'stock_id')
  const state = text(row, 'state')
  const isGiven = has(row, 'given_at')
  const isHonoured = number(row, 'honoured') === 1
  const isReturnOpen = state === 'review' && has(row, 'return_request_no') && isGiven
  const told = numberOrNull(row, 'given_fen')
  const stake = numberOrNull(row, 'stake_fen')
  const isPriced = told !== null || stake !== null
  // What was not given counts no money, and a batch takes time to read.
  const stock = isPriced || stockId === null || !(isGiven || isHonoured) ? null : findStock(stockId)
  const worth = valueOf(stock, numberOrNull(row, 'total_fen'))
  return {
    stockId,
    cashier: textOrNull(row, 'cashier'),
    state: isReturnOpen ? 'returning' : state,
    resolution: textOrNull(row, 'resolution'),
    honoured: isHonoured ? 1 : 0,
    given: isGiven ? 1 : 0,
    released: has(row, 'released_at') ? 1 : 0,
    returnRefused: has(row, 'return_refused_at') ? 1 : 0,
    givenFen: told ?? stake ?? worth,
    honouredFen: stake ?? told ?? worth,
  }
}

function has(row: RawRow, column: string): boolean {
  return row[column] !== null
}
