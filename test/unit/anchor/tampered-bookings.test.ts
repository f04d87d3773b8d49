import Database from 'better-sqlite3'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readOrCreateDataKey } from '../../../main/keychain/data-key.ts'
import { createSealing } from '../../../main/store/sealing.ts'
import { SettingTable } from '../../../main/store/setting-table.ts'
import type { AnchoredTill } from '../../support/anchored-till.ts'
import { ownerPin } from '../../support/anchored-till.ts'
import { amend } from '../../support/store-fixture.ts'
import { tradingTill } from '../../support/trading-till.ts'

// Each PIN takes a shop's PC a tenth of a second, and a busy machine longer.
vi.setConfig({ testTimeout: 30_000 })

const Seal = z.looseObject({ digests: z.record(z.string(), z.string()) })
const yearMs = 365 * 86_400_000

/** Redeems the two oldest coupons that wait, a year after they were recorded: four late bookings. */
async function settleLate(till: AnchoredTill): Promise<void> {
  await till.write(({ redemptions }) => {
    for (const redemption of redemptions.recent(3).slice(1)) {
      const at = redemption.recordedAt + yearMs
      const redeemed = { at, event: 'redeemed', evidence: null } as const
      amend({ redemptions }, { ...redemption, state: 'redeemed', settledAt: at }, redeemed)
    }
  })
}

function bookings(till: AnchoredTill): unknown {
  return till.ask('SELECT id, sign, state, mac IS NOT NULL AS bound FROM late_booking')
}

const four = [
  { id: 1, sign: -1, state: 'pending', bound: 1 },
  { id: 2, sign: 1, state: 'redeemed', bound: 1 },
  { id: 3, sign: -1, state: 'pending', bound: 1 },
  { id: 4, sign: 1, state: 'redeemed', bound: 1 },
]

/** Makes the closed file what a till left that knew no digests of bookings. */
async function leaveAsSchema11(till: AnchoredTill): Promise<void> {
  const key = await readOrCreateDataKey(till.place.secrets)
  if (!key.ok) throw new Error(key.error.code)
  till.edit(`DROP TABLE pos_order; DROP TABLE pos_request; DROP INDEX redemption_by_order;
    DROP TABLE peer_redemption; CREATE TABLE peer_redemption (
  code_fingerprint BLOB PRIMARY KEY,
  till_id          TEXT NOT NULL,
  use_request_no   TEXT NOT NULL,
  at               INTEGER NOT NULL
) STRICT;
    ALTER TABLE late_booking DROP COLUMN mac; PRAGMA user_version = 11`)
  const database = new Database(till.place.databaseFile)
  const table = new SettingTable<unknown>(database, createSealing(key.value), 'seal')
  const { digests, ...rest } = Seal.parse(table.read())
  table.write({ ...rest, digests: { ...digests, bookings: undefined } })
  database.close()
}

test.each([
  ['given another sum', 'UPDATE late_booking SET given_fen = 5 WHERE id = 2'],
  ['moved to another day', 'UPDATE late_booking SET booked_at = booked_at - 86400000 WHERE id = 2'],
  ["put in somebody else's name", "UPDATE late_booking SET cashier = '小李' WHERE id = 2"],
  ['left without its digest', 'UPDATE late_booking SET mac = NULL WHERE id = 2'],
])('a late booking that was %s shows once all were read', async (_, sql) => {
  const till = await tradingTill()
  await settleLate(till)
  expect(bookings(till)).toEqual(four)
  expect(await till.startAndCheck()).toBe('open')
  await till.close()
  till.edit(sql)
  expect(await till.startAndCheck()).toBe('tampered-records')
  expect(await till.pass(ownerPin)).toBe('open')
  await till.close()
  expect(await till.startAndCheck()).toBe('open')
})

test.each([
  ['deleted', 'DELETE FROM late_booking WHERE id = 2'],
  ['cut off at the end', 'DELETE FROM late_booking WHERE id = 4'],
  [
    'made up',
    `INSERT INTO late_booking SELECT 5, redemption, recorded_at, booked_at, last_shift, in_shift, sign, stock_id,
      cashier, state, resolution, honoured, given, released, return_refused, given_fen, honoured_fen, mac
      FROM late_booking WHERE id = 2`,
  ],
])('a late booking that was %s shows at the start', async (_, sql) => {
  const till = await tradingTill()
  await settleLate(till)
  till.edit(sql)
  expect(await till.start()).toBe('tampered-records')
  expect(await till.pass(ownerPin)).toBe('open')
  await till.close()
  expect(await till.startAndCheck()).toBe('open')
})

test('late bookings do not come back with an older file and what vouched for them', async () => {
  const till = await tradingTill()
  till.copy('before')
  await settleLate(till)
  await till.start()
  await till.close()
  till.edit(`ATTACH '${path.join(till.place.folder, 'before.copy')}' AS older;
    DELETE FROM main.late_booking;
    INSERT OR REPLACE INTO main.setting SELECT * FROM older.setting WHERE name = 'seal'`)
  expect(await till.start()).toBe('older-records')
})

test('late bookings of a version without digests are taken as they are, once', async () => {
  const till = await tradingTill()
  await settleLate(till)
  await leaveAsSchema11(till)
  expect(await till.startAndCheck()).toBe('open')
  expect(bookings(till)).toEqual(four)
  await till.close()
  till.edit('UPDATE late_booking SET mac = NULL')
  expect(await till.start()).toBe('tampered-records')
})
