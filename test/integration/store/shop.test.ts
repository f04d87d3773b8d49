import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ShopSettings } from '../../../main/contract/shop-settings.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'till.db')
})
afterEach(() => folder.remove())

function tamper(sql: string): void {
  const database = new Database(file)
  database.exec(sql)
  database.close()
}

test('settings are read back as stored, and edited ones are rejected', () => {
  const generous = ShopSettings.parse({ offline: { mode: 'honour' }, patienceSeconds: 12 })
  const store = openTestStore(file)
  expect(store.settings.read()).toBeNull()
  store.settings.write(generous)
  expect(store.settings.read()).toEqual(generous)
  store.close()
  tamper(`UPDATE setting SET sealed = x'${randomBytes(80).toString('hex')}'`)
  const again = openTestStore(file)
  expect(again.settings.read()).toBeNull()
  again.close()
})

test('shifts are listed newest first, page by page', () => {
  const store = openTestStore(file)
  const shift = { closedBy: null, closedAt: null, note: '', handedOn: null }
  for (let number = 1; number <= 5; number += 1)
    store.shifts.add({ ...shift, openedBy: `cashier ${number}`, openedAt: number })
  const first = store.shifts.list(2, null)
  expect(first.map(({ openedAt }) => openedAt)).toEqual([5, 4])
  expect(store.shifts.list(2, first.at(-1)?.id ?? null).map(({ openedAt }) => openedAt)).toEqual([
    3, 2,
  ])
  expect(store.shifts.last()?.openedBy).toBe('cashier 5')
  store.close()
})
