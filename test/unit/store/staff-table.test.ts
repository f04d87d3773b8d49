import Database from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import type { StaffRecord } from '../../../main/shop/ports.ts'
import { migrate } from '../../../main/store/migrate.ts'
import { createSealing } from '../../../main/store/sealing.ts'
import { StaffTable } from '../../../main/store/staff-table.ts'
import { testDataKey } from '../../support/test-data-key.ts'

const sealing = createSealing(testDataKey)
const base = { wrongPins: 0, lockoutMs: null, isActive: true }
const wang = { ...base, id: 'a', name: '王芳', role: 'owner', pinHash: 'hash a' } as const
const chen = { ...base, id: 'b', name: '小陈', role: 'cashier', pinHash: 'hash b' } as const

let database: Database.Database
beforeEach(() => {
  database = new Database(':memory:')
  migrate(database)
})

function hire(...records: readonly StaffRecord[]): void {
  const staff = new StaffTable(database, sealing)
  for (const record of records) staff.save(record)
}

/** As a till that opens the file reads it. */
function stored(): ReturnType<StaffTable['read']> {
  return new StaffTable(database, sealing).read()
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
  database.exec(`UPDATE staff SET ${edit} WHERE id = 'b'`)
  expect(stored()).toEqual({ records: [wang, locked], unreadable: 0 })
})

test.each([
  "UPDATE staff SET pin_sealed = (SELECT pin_sealed FROM staff WHERE id = 'b') WHERE id = 'a'",
  "UPDATE staff SET pin_sealed = x'' WHERE id = 'a'",
  "UPDATE staff SET pin_sealed = substr(pin_sealed, 1, length(pin_sealed) - 4) WHERE id = 'a'",
  "UPDATE staff SET id = 'c' WHERE id = 'a'",
])('a record whose seal does not open is unreadable, and not a member without a PIN: %s', (sql) => {
  hire(wang, chen)
  database.exec(sql)
  expect(stored()).toEqual({ records: [chen], unreadable: 1 })
})

/** Writes a member as the first version did. */
function writeFirst({ id, name, role, pinHash }: StaffRecord, wrongPins: number): void {
  const sealed = sealing.seal(`staff ${id} ${role}`, Buffer.from(pinHash)).toString('hex')
  database.exec(
    `INSERT OR REPLACE INTO staff VALUES ('${id}', '${name}', '${role}', x'${sealed}', ${wrongPins}, 1, 1)`,
  )
}

describe('records of the first version, which sealed the PIN alone', () => {
  test('are sealed whole when the file is opened, with their wrong PINs', () => {
    writeFirst(wang, 3)
    expect(stored()).toEqual({ records: [{ ...wang, wrongPins: 3 }], unreadable: 0 })
    database.exec('UPDATE staff SET wrong_pins = 0')
    expect(stored().records).toEqual([{ ...wang, wrongPins: 3 }])
  })

  test('are not accepted any more afterwards: their columns can be edited', () => {
    hire(wang)
    writeFirst(wang, 0)
    expect(stored()).toEqual({ records: [], unreadable: 1 })
  })
})
