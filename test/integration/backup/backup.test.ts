import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { putInPlace, readBackup, writeBackup } from '../../../main/store/backup.ts'
import { migrations } from '../../../main/store/migrations/index.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

const recorded = { at: 1, event: 'recorded', evidence: null } as const

let folder: string
let file: string
let stick: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  file = path.join(folder, 'till.db')
  stick = path.join(folder, 'stick')
  mkdirSync(stick)
  return () => temporary.remove()
})

function open(key?: Uint8Array): Store {
  const store = openTestStore(file, key)
  onTestFinished(() => store.close())
  return store
}

function fill(store: Store, from: number, to: number): void {
  for (let number = from; number <= to; number += 1)
    store.redemptions.insert(pendingRedemption(number), recorded)
}

test('a backup is one complete file of one instant, made while the till goes on', async () => {
  const store = open()
  fill(store, 1, 2000)
  const copy = path.join(stick, 'copy.db')
  const written = store.backUp(copy)
  fill(store, 2001, 2010)
  await written
  expect(readdirSync(stick)).toEqual(['copy.db'])
  const facts = readBackup(copy, store.keyId)
  if (!facts.ok) throw new Error(facts.error.code)
  expect(facts.value.redemptions).toBeGreaterThanOrEqual(2000)
  expect(facts.value.waiting).toBe(facts.value.redemptions)
  // It contains nothing that would open a coupon.
  expect(readFileSync(copy).includes('1201059453000000000001')).toBe(false)
})

test('an incomplete copy does not get its final name', async () => {
  const store = openTestStore(file)
  fill(store, 1, 2000)
  store.close()
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xa5, 4096 * 60, 4096 * 64))
  const database = new Database(file)
  onTestFinished(() => void database.close())
  await expect(writeBackup(database, path.join(stick, 'copy.db'))).rejects.toThrow(
    'the backup failed its integrity check',
  )
  expect(readdirSync(stick)).toEqual([])
})

test.each([
  ['not-a-backup', () => Buffer.from('not a database at all')],
  ['not-a-backup', () => Buffer.alloc(0)],
  [
    'damaged',
    (whole: Buffer) => {
      const bytes = Buffer.from(whole)
      return bytes.fill(0xa5, 4096 * 3, 4096 * 5)
    },
  ],
])('a file is refused as %s', async (fault, spoil) => {
  const store = open()
  fill(store, 1, 100)
  const copy = path.join(stick, 'copy.db')
  await store.backUp(copy)
  writeFileSync(copy, spoil(readFileSync(copy)))
  expect(readBackup(copy, store.keyId)).toEqual({ ok: false, error: { code: fault } })
})

test('a backup of another computer and one of a newer version are told apart', async () => {
  const store = open()
  fill(store, 1, 3)
  const copy = path.join(stick, 'copy.db')
  await store.backUp(copy)
  expect(readBackup(copy, 'another key')).toEqual({ ok: false, error: { code: 'other-key' } })
  const database = new Database(copy)
  database.pragma('user_version = 99')
  database.close()
  expect(readBackup(copy, store.keyId)).toEqual({ ok: false, error: { code: 'newer-version' } })
})

test('a restored backup replaces the file, and the replaced file is kept complete', async () => {
  const copy = path.join(stick, 'copy.db')
  const before = openTestStore(file)
  fill(before, 1, 3)
  await before.backUp(copy)
  fill(before, 4, 5)
  before.close()
  const kept = putInPlace(copy, file)
  expect(openAndCount(file)).toBe(3)
  expect(openAndCount(kept)).toBe(5)
  // A second restore keeps its file beside the first.
  expect(putInPlace(copy, file)).not.toBe(kept)
  expect(existsSync(copy)).toBe(true)
})

const states = ['pending', 'review', 'redeemed', 'refused'] as const

/** Inserts one redemption of each state, none of which may have been sent. */
function fillStates(store: Store): void {
  for (const [number, state] of states.entries()) {
    const redemption = pendingRedemption(number, { state, inFlight: false })
    store.redemptions.insert(redemption, recorded)
  }
}

function uncertainIn(database: string): unknown[] {
  const reader = new Database(database, { readonly: true })
  const found = reader.prepare('SELECT state FROM redemption WHERE uncertain = 1 ORDER BY rowid')
  const names = found.pluck().all()
  reader.close()
  return names
}

test('open entries of a backup count as perhaps sent before any till has opened it', async () => {
  const copy = path.join(stick, 'copy.db')
  const before = openTestStore(file)
  fillStates(before)
  await before.backUp(copy)
  before.close()
  expect(uncertainIn(file)).toEqual([])
  putInPlace(copy, file)
  expect(uncertainIn(file)).toEqual(['pending', 'review'])
  // The backup itself is not changed.
  expect(uncertainIn(copy)).toEqual([])
})

test('a restore interrupted before its last step is finished at the next start, and marked', async () => {
  const copy = path.join(stick, 'copy.db')
  const before = openTestStore(file)
  fillStates(before)
  await before.backUp(copy)
  before.close()
  putInPlace(copy, file)
  renameSync(file, `${file}.rescued`)
  openTestStore(file).close()
  expect(uncertainIn(file)).toEqual(['pending', 'review'])
})

test('a backup of an older version is migrated and marked', async () => {
  const copy = path.join(stick, 'old.db')
  const old = new Database(copy)
  for (const sql of migrations.slice(0, 4)) old.exec(sql)
  old.pragma('user_version = 4')
  old.exec(`
    INSERT INTO redemption (use_request_no, key_id, code_fingerprint, code_tail, body_sealed, state, source, attempts,
      in_flight, uncertain, honoured, recorded_at)
    VALUES ('T1-old-1', 'k', x'00', '0001', x'00', 'pending', 'scanned', 1, 0, 0, 1, 5)`)
  old.close()
  openTestStore(file).close()
  putInPlace(copy, file)
  expect(uncertainIn(file)).toEqual(['pending'])
  const reader = new Database(file, { readonly: true })
  onTestFinished(() => void reader.close())
  expect(reader.prepare('SELECT given_at FROM redemption').pluck().get()).toBe(5)
})

test('the facts of a backup made after the clock was set back include its last entry', async () => {
  const store = open()
  fill(store, 1, 1)
  store.redemptions.insert(pendingRedemption(2), { ...recorded, at: 9000 })
  store.redemptions.insert(pendingRedemption(3), { ...recorded, at: 4000 })
  const copy = path.join(stick, 'copy.db')
  await store.backUp(copy)
  expect(readBackup(copy, store.keyId)).toMatchObject({ value: { lastAt: 4000 } })
})

test('a folder that is gone counts as no backup', () => {
  expect(readBackup(path.join(folder, 'gone', 'copy.db'), 'key')).toEqual({
    ok: false,
    error: { code: 'not-a-backup' },
  })
})

function openAndCount(database: string): number {
  const store = openTestStore(database)
  const { waiting } = store.open.counts()
  store.close()
  return waiting
}
