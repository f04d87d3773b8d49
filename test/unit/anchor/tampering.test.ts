import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { cashierPin, ownerPin } from '../../support/anchored-till.ts'
import { amend } from '../../support/store-fixture.ts'
import { staffOf, tradingTill } from '../../support/trading-till.ts'

const redeemed = { at: 9, event: 'redeemed', evidence: null } as const

// Each PIN takes a shop's PC a tenth of a second, and a busy machine longer.
vi.setConfig({ testTimeout: 30_000 })

test.each([
  ['deleted', 'DELETE FROM staff', 'tampered-staff'],
  ['one of them deleted', "DELETE FROM staff WHERE role = 'owner'", 'tampered-staff'],
  ['made inactive', 'UPDATE staff SET is_active = 0', 'tampered-staff'],
  ['without their wrong PINs', 'UPDATE staff SET wrong_pins = 4', 'tampered-staff'],
  ['damaged', "UPDATE staff SET pin_sealed = x'00'", 'tampered-staff'],
  ['of a role that no till has', "UPDATE staff SET role = 'king'", 'tampered-staff'],
  [
    'with a shift changed',
    "UPDATE shift SET record = replace(record, '小陈', '小李')",
    'tampered-records',
  ],
  ['with a shift deleted', 'DELETE FROM shift', 'tampered-records'],
  ['without what vouches for it', "DELETE FROM setting WHERE name = 'seal'", 'other-database'],
  ['with that damaged', "UPDATE setting SET sealed = x'00' WHERE name = 'seal'", 'tampered-staff'],
  [
    'with an audit row deleted',
    'DELETE FROM audit_trail WHERE id = (SELECT max(id) FROM audit)',
    'tampered-records',
  ],
  [
    'with audit and records emptied',
    'DELETE FROM audit_trail; DELETE FROM redemption',
    'older-records',
  ],
])('staff and records %s: the till stops, and the owner passes it', async (_, sql, code) => {
  const till = await tradingTill()
  till.edit(sql)
  expect(await till.start()).toBe(code)
  // It goes on standing there, however often the program is started.
  expect(await till.start()).toBe(code)
  expect(await till.pass(cashierPin)).toBe('refused')
  expect(await till.pass(ownerPin)).toBe('open')
  // Nobody gets by without signing in, and the owner can.
  expect(till.shop.session.view().required).toBe(true)
  const owner = till.shop.session.view().staff.find(({ role }) => role === 'owner')
  expect(await till.shop.session.signIn(owner?.id ?? '', ownerPin)).toMatchObject({ ok: true })
  await till.close()
  expect(till.ask("SELECT evidence FROM audit WHERE event = 'mismatch-accepted'")).toEqual([
    { evidence: JSON.stringify({ by: '王芳', why: code }) },
  ])
  expect(await till.startAndCheck()).toBe('open')
})

test('settings of the shop that are put back show', async () => {
  const till = await tradingTill()
  await till.start()
  const strict = till.shop.settings()
  till.shop.saveSettings({ ...strict, offline: { ...strict.offline, mode: 'honour' } })
  await till.close()
  const [row] = till.ask("SELECT hex(sealed) AS sealed FROM setting WHERE name = 'shop'")
  await till.start()
  till.shop.saveSettings(strict)
  await till.close()
  till.edit(
    `UPDATE setting SET sealed = x'${Reflect.get(Object(row), 'sealed')}' WHERE name = 'shop'`,
  )
  expect(await till.start()).toBe('tampered-settings')
  till.edit("DELETE FROM setting WHERE name = 'shop'")
  expect(await till.start()).toBe('tampered-settings')
  expect(await till.pass(ownerPin)).toBe('open')
})

test('an older file, put back whole, shows', async () => {
  const till = await tradingTill()
  till.copy('older')
  await till.record(4)
  await till.start()
  await till.close()
  till.putBack('older')
  expect(await till.start()).toBe('older-records')
  expect(await till.pass(ownerPin)).toBe('open')
  expect(staffOf(till)).toEqual(['王芳'])
})

test('staff who were removed do not come back with older rows and what vouched for them', async () => {
  const till = await tradingTill()
  till.copy('with-chen')
  await till.start()
  const chen = till.shop.session.view().staff.find(({ name }) => name === '小陈')
  await till.shop.staff.remove(chen?.id ?? '')
  await till.close()
  till.edit(`ATTACH '${path.join(till.place.folder, 'with-chen.copy')}' AS older;
    DELETE FROM main.staff; INSERT INTO main.staff SELECT * FROM older.staff;
    INSERT OR REPLACE INTO main.setting SELECT * FROM older.setting WHERE name = 'seal'`)
  expect(await till.start()).toBe('tampered-staff')
})

test('a PIN is not guessed by putting the count of wrong ones back', async () => {
  const till = await tradingTill()
  till.copy('untried')
  await till.start()
  const chen = till.shop.session.view().staff.find(({ name }) => name === '小陈')
  await till.shop.session.signIn(chen?.id ?? '', '1357')
  await till.close()
  till.edit(`ATTACH '${path.join(till.place.folder, 'untried.copy')}' AS older;
    DELETE FROM main.staff; INSERT INTO main.staff SELECT * FROM older.staff`)
  expect(await till.start()).toBe('tampered-staff')
  till.edit(`ATTACH '${path.join(till.place.folder, 'untried.copy')}' AS older;
    INSERT OR REPLACE INTO main.setting SELECT * FROM older.setting WHERE name = 'seal'`)
  // Everything of the staff is as it was, but the keychain knows of a later one.
  expect(await till.start()).toBe('older-records')
})

test("another till's database, or none, is not taken for this one's", async () => {
  const till = await tradingTill()
  till.remove()
  expect(await till.start()).toBe('older-records')
  expect(await till.pass(ownerPin)).toBe('open')
  await till.close()
  // A database that was made under the same key, with rows enough.
  till.remove()
  await till.record(1, 2, 3, 4, 5, 6, 7, 8, 9)
  expect(await till.start()).not.toBe('open')
})

test('the settings of the merchant that were edited are not used', async () => {
  const till = await tradingTill()
  const file = path.join(till.place.folder, 'profile.json')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('127.0.0.1:9', '127.0.0.1:8'))
  expect(await till.start()).toBe('tampered-profile')
  expect(await till.pass(cashierPin)).toBe('refused')
  expect(await till.pass(ownerPin)).toBe('open')
  expect(await till.restart()).toBe('open')
})

test('two things that do not fit are shown one after the other', async () => {
  const till = await tradingTill()
  const file = path.join(till.place.folder, 'profile.json')
  writeFileSync(file, `${readFileSync(file, 'utf8')} `)
  till.edit('DELETE FROM staff')
  expect(await till.start()).toBe('tampered-profile')
  expect(await till.pass(ownerPin)).toBe('tampered-staff')
  expect(await till.pass(ownerPin)).toBe('open')
})

test('an audit row from long ago that was edited shows once all were read', async () => {
  const till = await tradingTill()
  till.edit("UPDATE audit_trail SET event = 'refused' WHERE id = 2")
  expect(await till.start()).toBe('open')
  await till.close()
  expect(await till.startAndCheck()).toBe('tampered-records')
  expect(await till.pass(ownerPin)).toBe('open')
  // It stays said that the trail is broken, and nobody is asked again.
  expect(await till.open?.checkRecords()).toBe('broken')
  await till.close()
  expect(await till.startAndCheck()).toBe('open')
})

test('an anchor that the keychain has lost shows', async () => {
  const till = await tradingTill()
  await till.place.keychain.remove('till-anchor')
  expect(await till.start()).toBe('anchor-missing')
  expect(await till.pass(cashierPin)).toBe('refused')
  expect(await till.pass(ownerPin)).toBe('open')
  expect(await till.restart()).toBe('open')
})

test('PINs at an obstacle are counted over restarts, by running time', async () => {
  const till = await tradingTill()
  till.edit('DELETE FROM staff')
  await till.start()
  const [owner] = till.owner.owners()
  const guess = (pin: string) => till.owner.confirm({ id: owner?.id ?? '', pin })
  await till.place.anchor.change((anchor) => ({ ...anchor, wrongPins: 3 }))
  expect(await guess('1357')).toMatchObject({ error: { code: 'wrong-pin', triesLeft: 1 } })
  expect(await guess('1357')).toMatchObject({ error: { code: 'locked-out' } })
  till.place.now += 3_600_000
  expect(await guess(ownerPin)).toMatchObject({ error: { code: 'locked-out' } })
  till.newProcess()
  await till.start()
  expect(await guess(ownerPin)).toMatchObject({ error: { code: 'locked-out' } })
  till.elapsed += 60_000
  expect(await guess(ownerPin)).toEqual({ ok: true, value: '王芳' })
})

test('what somebody changes while the till is open is not vouched for by its next save', async () => {
  const till = await tradingTill()
  await till.start()
  till.edit("DELETE FROM staff WHERE role = 'cashier'")
  const owner = till.shop.session.view().staff.find(({ role }) => role === 'owner')
  await till.shop.session.signIn(owner?.id ?? '', ownerPin)
  expect(await till.restart()).toBe('tampered-staff')
})

test.each([
  [
    'trigger',
    `CREATE TRIGGER planted AFTER INSERT ON redemption BEGIN
    UPDATE redemption SET state = 'cancelled' WHERE use_request_no = new.use_request_no; END`,
  ],
  [
    'view',
    'ALTER TABLE peer_redemption RENAME TO peers; CREATE VIEW peer_redemption AS SELECT * FROM peers WHERE false',
  ],
  ['index', 'CREATE INDEX planted ON redemption (state)'],
  [
    'index that finds nothing',
    `DROP INDEX redemption_by_code;
    CREATE INDEX redemption_by_code ON redemption (code_fingerprint) WHERE fresh = 7`,
  ],
])(
  'a %s in the file shows before it acts, and is gone once the owner has passed it',
  async (_, sql) => {
    const till = await tradingTill()
    const before = till.ask('SELECT type, name, sql FROM sqlite_schema ORDER BY name')
    till.edit(sql)
    expect(await till.start()).toBe('schema-changed')
    expect(await till.pass(cashierPin)).toBe('refused')
    expect(await till.pass(ownerPin)).toBe('open')
    expect(staffOf(till)).toEqual(['王芳', '小陈'])
    await till.close()
    expect(till.ask('SELECT type, name, sql FROM sqlite_schema ORDER BY name')).toEqual(before)
    expect(till.ask("SELECT evidence FROM audit WHERE event = 'mismatch-accepted'")).toHaveLength(1)
    expect(till.ask('SELECT state FROM redemption')).toHaveLength(3)
    expect(await till.startAndCheck()).toBe('open')
  },
)

test.each([
  [
    'moved to cancelled',
    "UPDATE redemption SET state = 'cancelled', next_attempt_at = NULL WHERE rowid = 2",
  ],
  ['with its discount taken away', 'UPDATE redemption SET stake_fen = 0 WHERE rowid = 2'],
  [
    'with another code to be found by',
    "UPDATE redemption SET code_fingerprint = x'00' WHERE rowid = 2",
  ],
  ['without its digest', "UPDATE redemption SET state = 'refused', mac = NULL WHERE rowid = 2"],
  ['made to look erased', 'UPDATE redemption SET body_sealed = zeroblob(0) WHERE rowid = 2'],
  ['under another key', "UPDATE redemption SET key_id = 'other' WHERE rowid = 2"],
  ['made to look fresh', 'UPDATE redemption SET fresh = 1 WHERE rowid = 2'],
  ['deleted', 'DELETE FROM redemption WHERE rowid = 2'],
  ['edited though it was the last', "UPDATE redemption SET state = 'refused' WHERE rowid = 23"],
])('a redemption that was %s shows once all were read', async (_, sql) => {
  const till = await tradingTill()
  await till.record(...Array.from({ length: 20 }, (__, number) => 30 + number))
  expect(await till.startAndCheck()).toBe('open')
  await till.close()
  till.edit(sql)
  expect(await till.startAndCheck()).toBe('tampered-records')
  expect(await till.pass(ownerPin)).toBe('open')
  await till.close()
  expect(await till.startAndCheck()).toBe('open')
})

test('a redemption that was put back from an older copy of its row shows', async () => {
  const till = await tradingTill()
  till.copy('older')
  await till.write(({ redemptions }) => {
    const [redemption] = redemptions.recent(1)
    if (!redemption) throw new Error('no redemption')
    amend({ redemptions }, { ...redemption, state: 'redeemed', settledAt: 9 }, redeemed)
  })
  expect(await till.startAndCheck()).toBe('open')
  await till.close()
  till.edit(`ATTACH '${path.join(till.place.folder, 'older.copy')}' AS older;
    INSERT OR REPLACE INTO main.redemption SELECT * FROM older.redemption WHERE rowid = 3`)
  expect(await till.startAndCheck()).toBe('tampered-records')
})

test('a redemption that was edited while the till is open is not sent', async () => {
  const till = await tradingTill()
  await till.write(({ open }) => {
    till.edit("UPDATE redemption SET stock_id = 'other' WHERE rowid = 2")
    expect(open.due(Number.MAX_SAFE_INTEGER, 10)).toHaveLength(2)
    expect(open.counts()).toMatchObject({ waiting: 2, unreadable: 1 })
  })
})

test('what was written after the keychain was told, and then cut off, shows', async () => {
  const till = await tradingTill()
  await till.record(50, 51)
  till.edit(`DELETE FROM redemption WHERE rowid = (SELECT max(rowid) FROM redemption);
    DELETE FROM audit_trail WHERE id = (SELECT max(id) FROM audit);
    UPDATE audit_trail SET at = at - 1 WHERE event = 'head'`)
  expect(await till.start()).toBe('tampered-records')
})
