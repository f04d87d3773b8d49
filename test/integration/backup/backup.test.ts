import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { type BackupSource, keepBackups } from '../../../main/backup/keep-backups.ts'
import { type BackupState, noBackup } from '../../../main/contract/upkeep.ts'
import { putInPlace, readBackup, writeBackup } from '../../../main/store/backup.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

const recorded = { at: 1, event: 'recorded', evidence: null } as const
const dayMs = 86_400_000

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
    store.insert(pendingRedemption(number), recorded)
}

test('a backup is one whole file of one instant, made while the till goes on', async () => {
  const store = open()
  fill(store, 1, 2000)
  const copy = path.join(stick, 'copy.db')
  const written = store.backUp(copy)
  fill(store, 2001, 2010)
  await written
  expect(readdirSync(stick)).toEqual(['copy.db'])
  const facts = readBackup(copy, store.keyId)
  if (!facts.ok) throw new Error(facts.error)
  expect(facts.value.redemptions).toBeGreaterThanOrEqual(2000)
  expect(facts.value.waiting).toBe(facts.value.redemptions)
  // Nothing that opens a coupon is in it.
  expect(readFileSync(copy).includes('1201059453000000000001')).toBe(false)
})

test('a copy that is not whole gets no name', async () => {
  const store = openTestStore(file)
  fill(store, 1, 2000)
  store.close()
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xa5, 4096 * 60, 4096 * 64))
  const database = new Database(file)
  onTestFinished(() => void database.close())
  await expect(writeBackup(database, path.join(stick, 'copy.db'))).rejects.toThrow(
    'the backup is not whole',
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
  expect(readBackup(copy, store.keyId)).toEqual({ ok: false, error: fault })
})

test('the backup of another computer and that of a newer version are told apart', async () => {
  const store = open()
  fill(store, 1, 3)
  const copy = path.join(stick, 'copy.db')
  await store.backUp(copy)
  expect(readBackup(copy, 'another key')).toEqual({ ok: false, error: 'other-key' })
  const database = new Database(copy)
  database.pragma('user_version = 99')
  database.close()
  expect(readBackup(copy, store.keyId)).toEqual({ ok: false, error: 'newer-version' })
})

test('what is restored takes the place, and what was there is kept whole', async () => {
  const copy = path.join(stick, 'copy.db')
  const before = openTestStore(file)
  fill(before, 1, 3)
  await before.backUp(copy)
  fill(before, 4, 5)
  before.close()
  const kept = putInPlace(copy, file)
  expect(openAndCount(file)).toBe(3)
  expect(openAndCount(kept)).toBe(5)
  // A second time, beside the first.
  expect(putInPlace(copy, file)).not.toBe(kept)
  expect(existsSync(copy)).toBe(true)
})

function openAndCount(database: string): number {
  const store = openTestStore(database)
  const { waiting } = store.counts()
  store.close()
  return waiting
}

interface Keeping {
  state: BackupState
  now: number
  readonly keeper: ReturnType<typeof keepBackups>
}

function keep(source: BackupSource | null, state: Partial<BackupState> = {}): Keeping {
  const keeping = { state: { ...noBackup, ...state }, now: Date.parse('2026-11-23T02:00:00Z') }
  const keeper = keepBackups({
    state: {
      get: () => keeping.state,
      set: (next) => {
        keeping.state = next
      },
    },
    source: () => source,
    clock: () => keeping.now,
    onFault: () => undefined,
  })
  onTestFinished(() => keeper.close())
  return Object.assign(keeping, { keeper })
}

function sourceOf(store: Store): BackupSource {
  return { tillId: 'T1', databaseFile: file, backUp: (to) => store.backUp(to) }
}

test('seven are kept, and nothing else in the folder is touched', async () => {
  const store = open(randomBytes(32))
  writeFileSync(path.join(stick, 'photo.db'), 'x')
  writeFileSync(path.join(stick, 'hexiao-till-T2-20200101-000000.db'), 'another till')
  const keeping = keep(sourceOf(store), { folder: stick, lastAt: Date.parse('2026-11-23') })
  for (let day = 0; day < 9; day += 1) {
    expect(await keeping.keeper.make()).toMatchObject({ ok: true })
    keeping.now += dayMs
  }
  const names = readdirSync(stick).toSorted()
  expect(names.filter((name) => name.startsWith('hexiao-till-T1-'))).toHaveLength(7)
  expect(names).toContain('hexiao-till-T1-20261201-020000.db')
  expect(names).toContain('photo.db')
  expect(names).toContain('hexiao-till-T2-20200101-000000.db')
})

test('a stick that is gone is said, and the next look tries again', async () => {
  const store = open()
  const gone = path.join(folder, 'gone')
  const keeping = keep(sourceOf(store), { folder: gone, lastAt: 5 })
  expect(await keeping.keeper.make()).toEqual({ ok: false, error: 'folder-gone' })
  expect(keeping.state).toEqual({ folder: gone, lastAt: 5, fault: 'folder-gone' })
  mkdirSync(gone)
  expect(await keeping.keeper.make()).toMatchObject({ ok: true })
  expect(keeping.state).toEqual({ folder: gone, lastAt: keeping.now, fault: null })
})

test('one is made at the start when a day has passed, and none in training', async () => {
  const store = open()
  const due = keep(sourceOf(store), { folder: stick, lastAt: 1 })
  await vi.waitFor(() => expect(due.state.lastAt).toBe(due.now))
  const training = keep(null, { folder: stick, lastAt: 1 })
  expect(await training.keeper.make()).toEqual({ ok: false, error: 'not-live' })
  expect(training.state).toEqual({ folder: stick, lastAt: 1, fault: null })
})
