import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { keepResolutions } from '../../../main/store/migrations/0007-keep-resolutions.ts'
import { migrations } from '../../../main/store/migrations/index.ts'

/** Creates a file of the version before, with rows that its till could have written. */
function fileOfBefore(): Database.Database {
  const database = new Database(':memory:')
  for (const sql of migrations.slice(0, migrations.indexOf(keepResolutions))) database.exec(sql)
  return database
}

interface Row {
  readonly state: string
  readonly reason?: string | null
  readonly settledAt?: number | null
  readonly returnRequestNo?: string
  readonly note?: { by: string; how?: string; why: string }
}

function write(database: Database.Database, useRequestNo: string, row: Row): void {
  database
    .prepare(`
      INSERT INTO redemption (use_request_no, key_id, code_fingerprint, code_tail, body_sealed, state, source, attempts,
        in_flight, uncertain, honoured, reason, recorded_at, settled_at, return_request_no)
      VALUES (@useRequestNo, 'k', x'00', '0001', x'00', @state, 'scanned', 1, 0, 0, 0, @reason, 10, @settledAt, @back)`)
    .run({
      useRequestNo,
      state: row.state,
      reason: row.reason ?? null,
      settledAt: row.settledAt ?? null,
      back: row.returnRequestNo ?? null,
    })
  if (row.note)
    database
      .prepare(
        "INSERT INTO audit_trail (key_id, use_request_no, at, event, evidence, link) VALUES ('k', ?, 20, 'resolved', ?, x'00')",
      )
      .run(useRequestNo, JSON.stringify(row.note))
}

test('older rows get the decision that ended them, and a refused return is separated from the redemption', () => {
  const database = fileOfBefore()
  const resolved = { state: 'resolved', reason: 'used-elsewhere', settledAt: 20 }
  write(database, 'loss', { ...resolved, note: { by: 'Li', how: 'loss', why: 'gone' } })
  write(database, 'loss-of-old', { ...resolved, note: { by: 'Li', why: 'loss: gone' } })
  write(database, 'confirmed', { ...resolved, note: { by: 'Li', how: 'confirmed', why: 'seen' } })
  write(database, 'handed-over', { ...resolved, reason: 'handed-over' })
  const back = { returnRequestNo: 'R1', settledAt: 30 }
  write(database, 'refused', { ...back, state: 'redeemed', reason: 'request-invalid' })
  write(database, 'under-way', { returnRequestNo: 'R2', state: 'returning', reason: 'redeemed' })
  write(database, 'in-review', {
    ...back,
    returnRequestNo: 'R3',
    state: 'review',
    reason: 'service-error',
  })
  write(database, 'plain', { state: 'redeemed', reason: 'redeemed', settledAt: 11 })
  database.exec('INSERT INTO day_summed VALUES (1)')
  database.exec(keepResolutions)

  const rows = database
    .prepare(`
      SELECT use_request_no AS no, state, reason, resolution, settled_at AS settledAt, given_by AS givenBy,
        return_reason AS returnReason, return_refused_at AS refusedAt FROM redemption ORDER BY rowid`)
    .all()
  const nothing = { resolution: null, givenBy: null, returnReason: null, refusedAt: null }
  const loss = { ...nothing, state: 'resolved', reason: 'used-elsewhere', settledAt: 20 }
  const redeemed = { ...nothing, state: 'redeemed', reason: 'redeemed' }
  expect(rows).toEqual([
    { ...loss, no: 'loss', resolution: 'loss', givenBy: 'Li' },
    { ...loss, no: 'loss-of-old', resolution: 'loss', givenBy: 'Li' },
    {
      ...redeemed,
      no: 'confirmed',
      reason: 'confirmed-by-person',
      resolution: 'confirmed',
      settledAt: 20,
      givenBy: 'Li',
    },
    { ...loss, no: 'handed-over', reason: 'handed-over' },
    { ...redeemed, no: 'refused', settledAt: 30, returnReason: 'return-not-done', refusedAt: 30 },
    { ...redeemed, no: 'under-way', state: 'returning', settledAt: 10 },
    { ...redeemed, no: 'in-review', state: 'review', settledAt: 30, returnReason: 'service-error' },
    { ...redeemed, no: 'plain', settledAt: 11 },
  ])
  // The owner's figures count confirmed ones from now on.
  expect(database.prepare('SELECT count(*) FROM day_summed').pluck().get()).toBe(0)
})
