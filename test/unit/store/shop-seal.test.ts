import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../../../main/store/migrate.ts'
import { createSealing } from '../../../main/store/sealing.ts'
import { ShopSeal } from '../../../main/store/shop-seal.ts'
import { testDataKey } from '../../support/test-data-key.ts'

function sealed() {
  const database = new Database(':memory:')
  migrate(database)
  const seal = new ShopSeal(database, createSealing(testDataKey))
  seal.write({ databaseId: 'one', generation: 1, isAnchored: true })
  const seen: unknown[] = []
  seal.onChanged(() => seen.push(seal.read()))
  const open = seal.covering('shifts', () =>
    database.exec("INSERT INTO shift (record) VALUES ('{}')"),
  )
  return { database, seen, open }
}

test('a change is told once it is saved', () => {
  const { seen, open } = sealed()
  open()
  expect(seen).toMatchObject([{ generation: 2 }])
})

// Otherwise the keychain would know of a change that the file never had, and the next start would take it for an older file.
test('a change within a greater transaction is told only as far as that was saved', async () => {
  const { database, seen, open } = sealed()
  const failing = database.transaction(() => {
    open()
    throw new Error('the disk is full')
  })
  expect(failing).toThrow('the disk is full')
  expect(seen).toEqual([])
  await Promise.resolve()
  expect(seen).toMatchObject([{ generation: 1 }])
  database.transaction(open)()
  await Promise.resolve()
  expect(seen).toMatchObject([{ generation: 1 }, { generation: 2 }])
})
