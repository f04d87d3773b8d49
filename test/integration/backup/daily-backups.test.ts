import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type BackupSource, createDailyBackups } from '../../../main/backup/daily-backups.ts'
import { type BackupState, noBackup } from '../../../main/contract/upkeep.ts'
import { isBackupLate, isBackupMissing } from '../../../main/contract/backup-age.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

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

interface Keeping {
  state: BackupState
  now: number
  readonly keeper: ReturnType<typeof createDailyBackups>
}

function keep(source: BackupSource | null, state: Partial<BackupState> = {}): Keeping {
  const keeping = { state: { ...noBackup, ...state }, now: Date.parse('2026-11-23T02:00:00Z') }
  const keeper = createDailyBackups({
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

function sourceOf(store: Store, forgetBefore: number | null = null): BackupSource {
  return {
    tillId: 'T1',
    databaseFile: file,
    ending: () => '.db',
    backUp: (to) => store.backUp(to),
    forgetBefore: () => forgetBefore,
  }
}

test('backups from before the time that the shop keeps data from are deleted, but never the newest', async () => {
  const store = open(randomBytes(32))
  const early = keep(sourceOf(store), { folder: stick })
  const first = await early.keeper.make()
  early.now += dayMs
  const second = await early.keeper.make()
  const names = [first, second].map((made) => (made.ok ? made.value : made.error.code))
  utimesSync(path.join(stick, names[0] ?? ''), 1000, 1000)
  utimesSync(path.join(stick, names[1] ?? ''), 3000, 3000)
  const later = keep(sourceOf(store, 2_000_000), { folder: stick })
  later.now += 2 * dayMs
  const third = await later.keeper.make()
  expect(new Set(readdirSync(stick))).toEqual(new Set([names[1], third.ok ? third.value : '']))
  const last = keep(sourceOf(store, Date.parse('2050-01-01')), { folder: stick })
  last.now += 3 * dayMs
  const fourth = await last.keeper.make()
  expect(readdirSync(stick)).toEqual([fourth.ok ? fourth.value : ''])
})

test('backups that an earlier version left open to everybody are closed', async () => {
  const store = open(randomBytes(32))
  const keeping = keep(sourceOf(store), { folder: stick })
  const made = await keeping.keeper.make()
  const first = path.join(stick, made.ok ? made.value : '')
  chmodSync(first, 0o644)
  keeping.now += dayMs
  await keeping.keeper.make()
  expect(statSync(first).mode & 0o777).toBe(0o600)
})

test('seven backups are kept, and other files in the folder are not touched', async () => {
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

test.each([
  ['400 days', 400 * dayMs],
  ['an hour', 3_600_000],
  ['nothing: it stands still', 0],
])(
  'a backup made after the clock was set back by %s counts as the newest and is kept',
  async (_, back) => {
    const store = open()
    const keeping = keep(sourceOf(store), { folder: stick, lastAt: Date.parse('2026-11-23') })
    for (let day = 0; day < 9; day += 1) {
      await keeping.keeper.make()
      keeping.now += dayMs
    }
    keeping.now -= back + dayMs
    const made: string[] = []
    for (let more = 0; more < 9; more += 1) {
      const done = await keeping.keeper.make()
      if (!done.ok) throw new Error(done.error.code)
      made.push(done.value)
      expect(readdirSync(stick).toSorted().at(-1)).toBe(done.value)
      keeping.now += back === 0 ? 0 : 60_000
    }
    // The seven made last.
    expect(readdirSync(stick).toSorted()).toEqual(made.slice(-7))
    // The clock is right again, and later than before: names follow its time again.
    keeping.now += back + 2 * dayMs
    const last = await keeping.keeper.make()
    expect(last).toMatchObject({ value: expect.stringMatching(/^hexiao-till-T1-\d{8}-\d{6}\.db$/) })
    expect(readdirSync(stick).toSorted().at(-1)).toBe(last.ok && last.value)
  },
)

test('a copy that a person put into the folder is not one of the seven', async () => {
  const store = open()
  const own = 'hexiao-till-T1-before the move.db'
  writeFileSync(path.join(stick, own), 'x')
  writeFileSync(path.join(stick, 'hexiao-till-T1-20200101-000000.db.part'), 'half a copy')
  const keeping = keep(sourceOf(store), { folder: stick, lastAt: Date.parse('2026-11-23') })
  for (let day = 0; day < 8; day += 1) {
    await keeping.keeper.make()
    keeping.now += dayMs
  }
  const names = readdirSync(stick)
  expect(names).toContain(own)
  expect(names).toHaveLength(8)
})

test('a backup dated in the future counts as late', () => {
  const state = { ...noBackup, folder: '/x', lastAt: 400 * dayMs }
  expect(isBackupLate(state, 401 * dayMs)).toBe(false)
  expect(isBackupLate(state, 5 * dayMs)).toBe(true)
})

test('a missing USB stick is reported, and the next check tries again', async () => {
  const store = open()
  const gone = path.join(folder, 'gone')
  const keeping = keep(sourceOf(store), { folder: gone, lastAt: 5 })
  expect(await keeping.keeper.make()).toEqual({ ok: false, error: { code: 'folder-gone' } })
  expect(keeping.state).toMatchObject({ folder: gone, lastAt: 5, fault: 'folder-gone' })
  mkdirSync(gone)
  expect(await keeping.keeper.make()).toMatchObject({ ok: true })
  expect(keeping.state).toMatchObject({ folder: gone, lastAt: keeping.now, fault: null })
})

test('a backup is made at the start when a day has passed, and never in training', async () => {
  const store = open()
  const due = keep(sourceOf(store), { folder: stick, lastAt: 1 })
  await expect.poll(() => due.state.lastAt).toBe(due.now)
  const training = keep(null, { folder: stick, lastAt: 1 })
  expect(await training.keeper.make()).toEqual({ ok: false, error: { code: 'not-live' } })
  expect(training.state).toEqual({ ...noBackup, folder: stick, lastAt: 1 })
})

test('no backup is missed once there are records, until a folder is chosen or it is decided that there is none', () => {
  const keeping = keep(null)
  expect(isBackupMissing(keeping.state, false)).toBe(false)
  expect(isBackupMissing(keeping.state, true)).toBe(true)
  keeping.keeper.setFolder(null)
  expect(isBackupMissing(keeping.state, true)).toBe(false)
  // As when the records of another computer have come.
  keeping.keeper.forgetDecision()
  expect(isBackupMissing(keeping.state, true)).toBe(true)
  keeping.keeper.setFolder(stick)
  expect(isBackupMissing(keeping.state, true)).toBe(false)
})
