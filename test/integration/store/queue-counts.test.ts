import Database from 'better-sqlite3'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readQueueCounts } from '../../../main/store/queue-counts.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

/** A file of the version with this schema, with one redemption that waits and one whose AppID was refused. */
function fileOf(schema: string): string {
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  const file = path.join(folder.path, 'till.db')
  const database = new Database(file)
  database.exec(readFileSync(new URL(`schemas/${schema}`, import.meta.url), 'utf8'))
  const insert = database.prepare(`
    INSERT INTO redemption (use_request_no, key_id, code_fingerprint, code_tail, body_sealed, state,
      source, attempts, in_flight, uncertain, honoured, reason, recorded_at)
    VALUES (?, 'k', ?, '0001', x'00', 'pending', 'scanned', 1, 0, ?, 0, ?, 1)`)
  insert.run('A', Buffer.from('a'), 1, null)
  insert.run('B', Buffer.from('b'), 0, 'appid-not-bound')
  database.close()
  return file
}

test('what may be redeemed under the present settings is told from what was refused for them', () => {
  expect(readQueueCounts(fileOf('0010.sql'))).toMatchObject({
    waiting: 2,
    review: 0,
    bound: 1,
    misaddressed: 1,
  })
})

test('a file that no till of this version has opened yet can be counted too', () => {
  expect(readQueueCounts(fileOf('0001.sql'))).toMatchObject({
    waiting: 2,
    review: 0,
    bound: 2,
    misaddressed: 1,
  })
})
