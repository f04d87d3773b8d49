import Database from 'better-sqlite3'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption } from '../../support/store-fixture.ts'
import { fillWithPast } from '../store/past.ts'

const dayMs = 86_400_000
/** The time in which a shop redeems a million coupons: three years. */
const span = 3 * 365 * dayMs
/** The end of that time. */
export const now = Date.parse('2026-11-23T12:00:00+08:00')

/** Makes a till's file with `rows` redemptions over three years, sealed with the tests' data key. */
export function fillWithYears(file: string, rows: number): void {
  const first = openTestStore(file)
  const redemption = pendingRedemption(1, { state: 'pending' })
  first.redemptions.insert(redemption, { at: 1, event: 'recorded', evidence: null })
  amend(
    first,
    { ...redemption, state: 'redeemed', settledAt: redemption.recordedAt, nextAttemptAt: null },
    { at: 2, event: 'redeemed', evidence: null },
  )
  first.close()
  fillWithPast(file, rows)
  spreadOut(file, rows)
}

/** Spreads the equal copies over time, batch, person and outcome, as real ones are. */
function spreadOut(file: string, rows: number): void {
  const database = new Database(file)
  database.pragma('synchronous = OFF')
  database.exec(`
    UPDATE redemption SET
      recorded_at = ${now - span} + rowid * ${span / rows},
      settled_at = ${now - span} + rowid * ${span / rows} + (rowid % 97) * 150,
      code_tail = printf('%04d', rowid * 7919 % 10000),
      cashier = 'cashier ' || (rowid % 6),
      stock_id = 'S' || (rowid % 5),
      state = CASE WHEN rowid % 50 = 0 THEN 'refused' ELSE 'redeemed' END,
      reason = CASE WHEN rowid % 50 = 0 THEN 'used-elsewhere' ELSE 'redeemed' END
    WHERE use_request_no LIKE 'PAST-%'`)
  database.close()
}
