import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { undoMigration } from '../../../main/store/before-migration.ts'
import { forgetSetAside } from '../../../main/store/files-beside.ts'
import { schemaVersion } from '../../../main/store/migrate.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { writeReleasedFile } from '../../support/released-records.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'
import { testDataKey } from '../../support/test-data-key.ts'

const last = schemaVersion
let folder: ReturnType<typeof temporaryFolder>
let file: string
let copy: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'till.db')
  copy = `${file}.before-schema-${last}`
})
afterEach(() => folder.remove())

function rows(of: string): unknown {
  const database = new Database(of, { readonly: true })
  try {
    return database.prepare('SELECT use_request_no, state FROM redemption ORDER BY 1').all()
  } finally {
    database.close()
  }
}

function versionOf(of: string): unknown {
  const database = new Database(of, { readonly: true })
  try {
    return database.pragma('user_version', { simple: true })
  } finally {
    database.close()
  }
}

test('a file is copied whole before it is migrated, for this account alone', () => {
  writeReleasedFile(file, last - 1)
  const before = rows(file)
  openTestStore(file, testDataKey, 0).close()
  expect(versionOf(file)).toBe(last)
  expect(versionOf(copy)).toBe(last - 1)
  expect(rows(copy)).toEqual(before)
  expect(statSync(copy).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('a new file and one of this version are not copied', () => {
  openTestStore(file, testDataKey, 0).close()
  openTestStore(file, testDataKey, 0).close()
  expect(existsSync(copy)).toBe(false)
})

test('only the newest copy stays, and it goes when the shop forgets', () => {
  writeReleasedFile(file, last - 1)
  writeFileSync(`${file}.before-schema-${last - 1}`, 'an earlier one')
  openTestStore(file, testDataKey, 0).close()
  expect(existsSync(`${file}.before-schema-${last - 1}`)).toBe(false)
  forgetSetAside(file, Date.now() + 60_000)
  expect(existsSync(copy)).toBe(false)
})

test('nothing is migrated when the copy cannot be written', () => {
  writeReleasedFile(file, last - 1)
  // A folder stands where the copy is written.
  mkdirSync(`${file}.before-schema.part`)
  expect(() => openTestStore(file, testDataKey, 0)).toThrow(/before-schema/)
  expect(versionOf(file)).toBe(last - 1)
})

test('a migration is undone while nothing was recorded since, and what is replaced is kept', () => {
  writeReleasedFile(file, last - 1)
  openTestStore(file, testDataKey, 0).close()
  const migrated = rows(file)
  expect(undoMigration(file)).toBe('undone')
  expect(versionOf(file)).toBe(last - 1)
  expect(rows(file)).toEqual(migrated)
  expect(versionOf(`${file}.newer-1`)).toBe(last)
  expect(undoMigration(file)).toBe('nothing')
  // It is migrated again as if it never had been.
  openTestStore(file, testDataKey, 0).close()
  expect(versionOf(file)).toBe(last)
})

test('what was recorded since is never given up', () => {
  writeReleasedFile(file, last - 1)
  const store = openTestStore(file, testDataKey, 0)
  const redemption = store.redemptions.find('waiting') ?? pendingRedemption(1)
  amend(store, redemption, { at: 1, event: 'recorded', evidence: null })
  store.close()
  expect(undoMigration(file)).toBe('recorded')
  expect(versionOf(file)).toBe(last)
  expect(existsSync(copy)).toBe(true)
})

test('without a file there is nothing to undo', () => {
  expect(undoMigration(file)).toBe('nothing')
})
