import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ShopSettings } from '../../../main/contract/shop-settings.ts'
import { scryptPins } from '../../../main/shop/pin-hasher.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'till.db')
})
afterEach(() => folder.remove())

async function hire(): Promise<void> {
  const store = openTestStore(file)
  const base = { wrongPins: 0, lockedUntil: null, isActive: true }
  store.staff.save({
    ...base,
    id: 'a',
    name: '王芳',
    role: 'owner',
    pinHash: await scryptPins.hash('2580'),
  })
  store.staff.save({
    ...base,
    id: 'b',
    name: '小陈',
    role: 'cashier',
    pinHash: await scryptPins.hash('8246'),
  })
  store.close()
}

async function opens(id: string, pin: string): Promise<boolean> {
  const store = openTestStore(file)
  const member = store.staff.all().find((each) => each.id === id)
  store.close()
  return member !== undefined && scryptPins.verify(pin, member.pinHash)
}

function tamper(sql: string): void {
  const database = new Database(file)
  database.exec(sql)
  database.close()
}

test('staff are read back as stored', async () => {
  await hire()
  expect(await opens('b', '8246')).toBe(true)
  expect(await opens('b', '2580')).toBe(false)
})

test('a cashier who makes themselves owner in the file loses their PIN', async () => {
  await hire()
  tamper("UPDATE staff SET role = 'owner' WHERE id = 'b'")
  expect(await opens('b', '8246')).toBe(false)
  expect(await opens('a', '2580')).toBe(true)
})

test("a person who copies their own sealed PIN into the owner's row cannot sign in with it", async () => {
  await hire()
  tamper(
    "UPDATE staff SET pin_sealed = (SELECT pin_sealed FROM staff WHERE id = 'b') WHERE id = 'a'",
  )
  expect(await opens('a', '8246')).toBe(false)
})

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
