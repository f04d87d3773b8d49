import Database from 'better-sqlite3'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrations } from '../../main/store/migrations/index.ts'
import { openStore } from '../../main/store/store.ts'
import { Dice } from '../simulation/dice.ts'
import { openTestStore } from '../support/open-test-store.ts'
import { filledCount as count, fillFile, pageBytes, reopenFile } from '../support/filled-file.ts'
import { testDataKey } from '../support/test-data-key.ts'
import { pendingRedemption } from '../support/store-fixture.ts'
import { takeFrom } from '../support/take-from.ts'

const recorded = { at: 1, event: 'recorded', evidence: null } as const

let folder: string
let file: string

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'damage-'))
  file = path.join(folder, 'till.db')
})

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true })
})

function logFile(): string {
  return `${file}-wal`
}

const fill = () => fillFile(file)

/** The first byte of a page tells its kind. (SQLite file format, 1.6) */
const indexLeaf = 10
const tableLeaf = 13

/** Returns where the second page of this kind that contains this text begins. */
function pageOf(kind: number, text: string): number {
  const bytes = fs.readFileSync(file)
  const pages = Array.from({ length: bytes.length / pageBytes }, (_, page) => page * pageBytes)
  const at = pages.filter(
    (from) => bytes[from] === kind && bytes.subarray(from, from + pageBytes).includes(text),
  )[1]
  if (at === undefined) throw new Error('no such page')
  return at
}

function overwrite(target: string, from: number, bytes: Uint8Array): void {
  const handle = fs.openSync(target, 'r+')
  fs.writeSync(handle, bytes, 0, bytes.length, from)
  fs.closeSync(handle)
}

const reopen = () => reopenFile(file)

test('pages torn in the middle: the remaining rows go on, and the damaged file is kept', () => {
  const codes = fill()
  const random = new Dice(3).random
  const noise = Uint8Array.from({ length: pageBytes }, () => Math.floor(random() * 256))
  overwrite(file, pageOf(tableLeaf, 'pendingscanned'), noise)
  const damaged = fs.readFileSync(file)
  const store = reopen()
  expect(store.rescue).toMatchObject({ keptAs: `${file}.damaged-1` })
  expect(fs.readFileSync(`${file}.damaged-1`)).toEqual(damaged)
  const found = codes.filter((code) => store.redemptions.findByCode(code))
  expect(found.length).toBeGreaterThan(count / 2)
  expect(store.rescue?.lost).toBeGreaterThan(0)
  expect(found.length).toBe(store.rescue?.saved)
  expect(store.open.counts().waiting).toBe(store.rescue?.savedPending)
  expect(found.length + Number(store.rescue?.lost)).toBe(count)
  // The lost part may have recorded that they were sent.
  expect(found.every((code) => store.redemptions.findByCode(code)?.uncertain)).toBe(true)
  store.close()
  const again = reopen()
  expect(again.rescue).toBeNull()
  again.close()
})

test('a truncated file: the rows before the cut go on', () => {
  fill()
  // The empty tables' pages come first.
  fs.truncateSync(file, Math.floor((fs.statSync(file).size * 0.75) / pageBytes) * pageBytes)
  const store = reopen()
  expect(store.rescue).toMatchObject({ keptAs: `${file}.damaged-1` })
  expect(store.rescue?.saved).toBeGreaterThan(0)
  store.close()
})

test('a file that is no database is kept, and the till starts with an empty one', () => {
  fill()
  fs.writeFileSync(file, 'not a database at all, '.repeat(1000))
  const store = reopen()
  expect(store.rescue).toEqual({ keptAs: `${file}.damaged-1`, saved: 0, savedPending: 0, lost: 0 })
  store.redemptions.insert(pendingRedemption(1), recorded)
  store.close()
})

describe('a log', () => {
  const commits = 40
  /** Leaves the file as a killed process does: all 40 rows in the log, none in the file. */
  function die(): void {
    const store = openTestStore(file, testDataKey, 0)
    for (let number = 1; number <= commits; number += 1)
      store.redemptions.insert(pendingRedemption(number), recorded)
    fs.mkdirSync(path.join(folder, 'after'))
    const after = path.join(folder, 'after', 'till.db')
    for (const part of ['', '-wal']) fs.copyFileSync(file + part, after + part)
    store.close()
    file = after
  }

  test('damaged in the middle is reported, and file and log are kept', () => {
    die()
    overwrite(logFile(), Math.floor(fs.statSync(logFile()).size / 2), new Uint8Array(64).fill(165))
    const damaged = fs.readFileSync(logFile())
    const store = reopen()
    expect(store.rescue).toMatchObject({ keptAs: `${file}.damaged-1`, lost: null })
    expect(store.rescue?.saved).toBeGreaterThan(0)
    expect(store.rescue?.saved).toBeLessThan(commits)
    expect(store.open.counts().waiting).toBe(store.rescue?.savedPending)
    expect(fs.readFileSync(`${file}.damaged-1-wal`)).toEqual(damaged)
    expect(store.open.undecided().every(({ uncertain }) => uncertain)).toBe(true)
    store.close()
  })

  test.each([0, 1, 100, 5000])(
    'cut %i bytes before its end by a power failure is not reported as damage',
    (bytes) => {
      die()
      fs.truncateSync(logFile(), fs.statSync(logFile()).size - bytes)
      const store = openTestStore(file, testDataKey, 0)
      expect(store.open.counts().waiting).toBe(bytes === 0 ? commits : commits - 1)
      store.close()
    },
  )

  test('started over an older, longer one is not reported as damage', () => {
    die()
    const first = openTestStore(file, testDataKey, 0)
    const reader = new Database(file)
    reader.pragma('wal_checkpoint(RESTART)')
    reader.close()
    first.redemptions.insert(pendingRedemption(commits + 1), recorded)
    const copy = path.join(folder, 'copy.db')
    for (const part of ['', '-wal']) fs.copyFileSync(file + part, copy + part)
    first.close()
    const store = openTestStore(copy, testDataKey, 0)
    expect(store.open.counts().waiting).toBe(commits + 1)
    store.close()
  })

  test('whose header is gone is reported', () => {
    die()
    overwrite(logFile(), 0, new Uint8Array(16))
    const store = reopen()
    expect(store.rescue).toMatchObject({ keptAs: `${file}.damaged-1`, lost: null })
    store.close()
  })
})

test('an index that lost its entries is noticed and rebuilt', () => {
  const codes = fill()
  // Sets its number of entries to zero, so that nothing is found through it.
  overwrite(file, pageOf(indexLeaf, 'T01-2026') + 3, new Uint8Array(2))
  const rescued = reopen()
  expect(rescued.rescue).toMatchObject({ saved: count, lost: 0 })
  expect(codes.filter((code) => rescued.redemptions.findByCode(code))).toHaveLength(count)
  rescued.close()
})

test('a damaged file of an older version is rescued and migrated', () => {
  const old = new Database(file)
  for (const sql of migrations.slice(0, 4)) old.exec(sql)
  old.pragma('user_version = 4')
  const insert = old.prepare(`
    INSERT INTO redemption (use_request_no, key_id, code_fingerprint, code_tail, body_sealed, state, source, attempts,
      in_flight, uncertain, honoured, recorded_at, cashier)
    VALUES (?, 'k', x'00', '0001', zeroblob(200), 'pending', 'scanned', 1, 0, 0, 1, 5, 'T01-2026')`)
  for (let number = 1; number <= count; number += 1) insert.run(`T01-2026-${number}`)
  old.close()
  overwrite(file, pageOf(indexLeaf, 'T01-2026') + 3, new Uint8Array(2))
  const store = reopen()
  expect(store.rescue).toMatchObject({ saved: count, lost: 0 })
  store.close()
  const reader = new Database(file, { readonly: true })
  const given = 'SELECT count(*) FROM redemption WHERE given_at = 5 AND uncertain = 1'
  expect(reader.prepare(given).pluck().get()).toBe(count)
  reader.close()
})

test('an entry taken over after time was lost may have been here and sent in that time', () => {
  const other = openTestStore(path.join(folder, 'other.db'), testDataKey, 0)
  other.redemptions.insert(pendingRedemption(7, { inFlight: false }), recorded)
  const note = { at: 1, event: 'handed-over', evidence: null } as const
  const sealed = other.handOvers.give('a password', note)
  other.close()
  if (!sealed.ok) throw new Error(sealed.error.code)
  fill()
  fs.truncateSync(file, pageBytes * 3)
  const store = reopen()
  const here = { appid: 'wx0', running: new Set<string>() }
  const taken = takeFrom(sealed.value, 'a password', (entries) =>
    store.handOvers.take(entries, note, here),
  )
  expect(taken).toMatchObject({ value: { taken: 1 } })
  expect(store.redemptions.find(pendingRedemption(7).useRequestNo)).toMatchObject({
    uncertain: true,
  })
  store.close()
})

test('a rescue interrupted before its last step is finished at the next start', () => {
  fill()
  fs.renameSync(file, `${file}.rescued`)
  const store = reopen()
  expect(store.open.counts().waiting).toBe(count)
  store.close()
})

test('a file of a newer version is not touched', () => {
  fill()
  const handle = fs.openSync(file, 'r+')
  // `user_version` is a big-endian number at byte 60 of the header.
  fs.writeSync(handle, Uint8Array.of(0, 0, 3, 231), 0, 4, 60)
  fs.closeSync(handle)
  const before = fs.readFileSync(file)
  expect(openStore({ file, dataKey: testDataKey, logBytes: 0 })).toMatchObject({
    ok: false,
    error: { code: 'from-newer-version' },
  })
  expect(fs.readFileSync(file)).toEqual(before)
})
