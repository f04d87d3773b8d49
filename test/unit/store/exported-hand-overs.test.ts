import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { ExportedHandOvers } from '../../../main/store/exported-hand-overs.ts'
import { migrate } from '../../../main/store/migrate.ts'
import { createSealing } from '../../../main/store/sealing.ts'
import { testDataKey } from '../../support/test-data-key.ts'

const file = Buffer.from('HXTILL2\nwhatever a password opens')

let database: Database.Database
beforeEach(() => {
  database = new Database(':memory:')
  migrate(database)
})

function open(key: Uint8Array = testDataKey): ExportedHandOvers {
  return new ExportedHandOvers(database, createSealing(key))
}

function kept(): unknown {
  return database.prepare('SELECT sealed FROM hand_over').pluck().get()
}

test('a kept file needs the data key, and is what was handed over', () => {
  open().add(5, 2, file)
  expect(open().list()).toEqual([{ id: 1, at: 5, count: 2 }])
  expect(open().find(1)).toEqual(new Uint8Array(file))
  expect(String(kept())).not.toContain('password')
  expect(open(randomBytes(32)).find(1)).toBeNull()
  expect(open().find(2)).toBeNull()
})

test('a file that an earlier version kept as it was is sealed when the records are opened', () => {
  database.prepare('INSERT INTO hand_over (at, count, sealed) VALUES (5, 2, ?)').run(file)
  expect(open().find(1)).toEqual(new Uint8Array(file))
  expect(String(kept())).not.toContain('password')
})

test('what was moved to another time, or shortened, is not returned', () => {
  open().add(5, 2, file)
  database.exec('UPDATE hand_over SET at = 6')
  expect(open().find(1)).toBeNull()
  database.exec('UPDATE hand_over SET at = 5, sealed = substr(sealed, 1, length(sealed) - 12)')
  expect(open().find(1)).toBeNull()
})
