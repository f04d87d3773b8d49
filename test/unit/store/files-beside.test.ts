import { chmodSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { putInPlace } from '../../../main/store/backup.ts'
import { keepDamagedLog } from '../../../main/store/rescue.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: string
let file: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  file = path.join(folder, 'till.db')
  return () => temporary.remove()
})

function modes(): Record<string, number> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, statSync(path.join(folder, name)).mode & 0o777]),
  )
}

test('a backup is for this account alone, from its first byte on', async () => {
  const store = openTestStore(file)
  const backup = path.join(folder, 'backup.db')
  const written = store.backUp(backup)
  expect(modes()).toMatchObject({ 'backup.db.part': 0o600 })
  await written
  expect(modes()).toMatchObject({ 'backup.db': 0o600 })
  store.close()
})

test('files that an earlier version left open to everybody are closed when the till is opened', () => {
  openTestStore(file).close()
  const others = ['till.db.damaged-1', 'till.db.before-restore-1-wal', 'till.db.incoming']
  for (const name of others) writeFileSync(path.join(folder, name), 'x')
  writeFileSync(path.join(folder, 'photo.png'), 'x')
  for (const name of readdirSync(folder)) chmodSync(path.join(folder, name), 0o644)
  const store = openTestStore(file)
  const { 'photo.png': photo, ...ours } = modes()
  expect(photo).toBe(0o644)
  expect(Object.keys(ours)).toEqual(expect.arrayContaining(['till.db', ...others]))
  expect(new Set(Object.values(ours))).toEqual(new Set([0o600]))
  store.close()
})

test('what a restore or a rescue sets aside is for this account alone', () => {
  const store = openTestStore(file)
  store.close()
  const backup = path.join(folder, 'backup.db')
  openTestStore(backup).close()
  chmodSync(backup, 0o644)
  putInPlace(backup, file)
  writeFileSync(`${file}-wal`, 'a damaged log', { mode: 0o644 })
  keepDamagedLog(file)
  openTestStore(file).close()
  const { 'backup.db': _, ...ours } = modes()
  expect(new Set(Object.values(ours))).toEqual(new Set([0o600]))
})

test('what was set aside before the time that the shop keeps data from is deleted, and nothing else', () => {
  const store = openTestStore(file)
  const old = ['till.db.damaged-1', 'till.db.damaged-1-wal', 'till.db.before-restore-2']
  const recent = ['till.db.damaged-2', 'till.db.before-restore-3']
  const other = ['till.db.rescued', 'till.db.damaged-notes', 'else.db.damaged-1']
  for (const name of [...old, ...recent, ...other]) {
    writeFileSync(path.join(folder, name), 'x')
    const at = recent.includes(name) ? 2000 : 1000
    utimesSync(path.join(folder, name), at, at)
  }
  store.forgetSetAside(1_500_000)
  const left = readdirSync(folder)
  expect(left.filter((name) => old.includes(name))).toEqual([])
  expect(left).toEqual(expect.arrayContaining([...recent, ...other, 'till.db']))
  store.close()
})
