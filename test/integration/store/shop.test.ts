import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ShopSettings } from '../../../main/contract/shop-settings.ts'
import type { StaffRecord, StaffStore } from '../../../main/shop/ports.ts'
import { createSealing } from '../../../main/store/sealing.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { testDataKey } from '../../support/test-data-key.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'till.db')
})
afterEach(() => folder.remove())

const base = { wrongPins: 0, lockoutMs: null, isActive: true }
const wang = { ...base, id: 'a', name: '王芳', role: 'owner', pinHash: 'hash a' } as const
const chen = { ...base, id: 'b', name: '小陈', role: 'cashier', pinHash: 'hash b' } as const

function hire(...records: readonly StaffRecord[]): void {
  const store = openTestStore(file)
  for (const record of records) store.staff.save(record)
  store.close()
}

function stored(): ReturnType<StaffStore['read']> {
  const store = openTestStore(file)
  const read = store.staff.read()
  store.close()
  return read
}

function tamper(sql: string): void {
  const database = new Database(file)
  database.exec(sql)
  database.close()
}

test('staff are read back as stored', () => {
  const locked = { ...chen, wrongPins: 7, lockoutMs: 240_000 }
  hire(wang, locked)
  expect(stored()).toEqual({ records: [wang, locked], unreadable: 0 })
})

test.each([
  "role = 'owner'",
  'wrong_pins = 0, locked_until = NULL',
  "is_active = 1, name = '老板'",
  'locked_until = 9000000000000',
])('editing a column changes nothing: %s', (edit) => {
  const locked = { ...chen, wrongPins: 7, lockoutMs: 240_000, isActive: false }
  hire(wang, locked)
  tamper(`UPDATE staff SET ${edit} WHERE id = 'b'`)
  expect(stored()).toEqual({ records: [wang, locked], unreadable: 0 })
})

test.each([
  "UPDATE staff SET pin_sealed = (SELECT pin_sealed FROM staff WHERE id = 'b') WHERE id = 'a'",
  "UPDATE staff SET pin_sealed = x'' WHERE id = 'a'",
  "UPDATE staff SET pin_sealed = substr(pin_sealed, 1, length(pin_sealed) - 4) WHERE id = 'a'",
  "UPDATE staff SET id = 'c' WHERE id = 'a'",
])('a record whose seal does not open is unreadable, and not a member without a PIN: %s', (sql) => {
  hire(wang, chen)
  tamper(sql)
  expect(stored()).toEqual({ records: [chen], unreadable: 1 })
})

describe('records of the first version, which sealed the PIN alone', () => {
  const sealing = createSealing(testDataKey)

  /** Writes a member as the first version did. */
  function writeFirst({ id, name, role, pinHash }: StaffRecord, wrongPins: number): void {
    const sealed = sealing.seal(`staff ${id} ${role}`, Buffer.from(pinHash)).toString('hex')
    tamper(
      `INSERT OR REPLACE INTO staff VALUES ('${id}', '${name}', '${role}', x'${sealed}', ${wrongPins}, 1, 1)`,
    )
  }

  test('are sealed whole when the file is opened, with their wrong PINs', () => {
    hire()
    tamper("DELETE FROM setting WHERE name = 'staff-format'")
    writeFirst(wang, 3)
    expect(stored()).toEqual({ records: [{ ...wang, wrongPins: 3 }], unreadable: 0 })
    tamper('UPDATE staff SET wrong_pins = 0')
    expect(stored().records).toEqual([{ ...wang, wrongPins: 3 }])
  })

  test('are not accepted any more afterwards: their columns can be edited', () => {
    hire(wang)
    writeFirst(wang, 0)
    expect(stored()).toEqual({ records: [], unreadable: 1 })
  })
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
