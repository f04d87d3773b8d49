import Database from 'better-sqlite3'
import { openTestStore } from '../../support/open-test-store.ts'
import { pendingRedemption } from '../../support/store-fixture.ts'
import { fillWithPast } from '../store/past.ts'

const dayMs = 86_400_000
/** A shop that redeems a million coupons in three years. */
const span = 3 * 365 * dayMs
/** When those years end. */
export const now = Date.parse('2026-11-23T12:00:00+08:00')

/** Makes a till's file with `rows` redemptions of three years, sealed under the tests' data key. */
export function fillWithYears(file: string, rows: number): void {
  const first = openTestStore(file)
  const redemption = pendingRedemption(1, { state: 'pending' })
  first.insert(redemption, { at: 1, event: 'recorded', evidence: null })
  first.update(
    { ...redemption, state: 'redeemed', settledAt: redemption.recordedAt, nextAttemptAt: null },
    { at: 2, event: 'redeemed', evidence: null },
  )
  first.close()
  fillWithPast(file, rows)
  spreadOut(file, rows)
}

/** The copies are alike; real ones lie apart in time, batch, person and outcome. */
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
