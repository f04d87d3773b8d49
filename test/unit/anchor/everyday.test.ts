import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { putInPlace, readBackup } from '../../../main/store/backup.ts'
import { type AnchoredTill, ownerPin } from '../../support/anchored-till.ts'
import { lastAudit, newTill, staffOf, tradingTill } from '../../support/trading-till.ts'

// Each PIN takes a shop's PC a tenth of a second, and a busy machine longer.
vi.setConfig({ testTimeout: 30_000 })

test('a till opens again and again, with staff and without', async () => {
  const till = await newTill()
  expect(await till.startAndCheck()).toBe('open')
  expect(await till.restart()).toBe('open')
  await till.hire()
  expect(await till.restart()).toBe('open')
  expect(await till.restart()).toBe('open')
  expect(await till.open?.checkRecords()).toBe('intact')
  await till.close()
  // Anchored once, and not with each start.
  expect(till.ask("SELECT 1 FROM audit WHERE event = 'anchored'")).toHaveLength(1)
})

test('a keychain that is locked is the obstacle that it was', async () => {
  const till = await tradingTill()
  till.place.keychain.fail({ code: 'locked', detail: 'no' })
  expect(await till.start()).toBe('keychain-locked')
  till.place.keychain.fail(null)
  expect(await till.start()).toBe('open')
})

test('a file from before the anchor is taken as it is, once, and that is recorded', async () => {
  const till = await tradingTill()
  await till.place.keychain.remove('till-anchor')
  // As an earlier version left it.
  till.edit("DELETE FROM setting WHERE name = 'seal'")
  expect(await till.startAndCheck()).toBe('open')
  await till.close()
  expect(lastAudit(till)).toEqual({ event: 'anchored', evidence: '{"by":"-","why":"first-start"}' })
  till.edit('DELETE FROM staff')
  expect(await till.start()).toBe('tampered-staff')
})

test('a process that ends between file and keychain, or before the keychain took anything, trips nothing', async () => {
  const till = await tradingTill()
  await till.start()
  till.place.keychain.fail({ code: 'refused', detail: 'no' })
  await till.hireAnother()
  till.shop.shifts.close('小陈', { handTo: '王芳', note: '' })
  await till.close()
  till.place.keychain.fail(null)
  await till.record(10, 11)
  till.newProcess()
  expect(await till.startAndCheck()).toBe('open')
  expect(staffOf(till)).toContain('小李')
})

test('a process that ends while it anchors for the first time trips nothing', async () => {
  const till = await newTill()
  await till.record(1)
  // The keychain takes the data key, and not the anchor.
  till.place.keychain.fail({ code: 'refused', detail: 'no' })
  expect(await till.startAndCheck()).not.toBe('open')
  till.place.keychain.fail(null)
  expect(await till.start()).toBe('open')
  await till.close()
  // The file does not say yet that there is an anchor, and there is one.
  expect(await till.start()).toBe('open')
})

test('the settings file may be old or new while it is being saved, and nothing else', async () => {
  const till = await tradingTill()
  const file = path.join(till.place.folder, 'profile.json')
  const before = readFileSync(file)
  await till.place.anchor.change((anchor) => ({
    ...anchor,
    profile: [...anchor.profile, Buffer.alloc(32, 1).toString('base64')],
  }))
  expect(await till.start()).toBe('open')
  await till.close()
  writeFileSync(file, Buffer.concat([before, Buffer.from('\n')]))
  expect(await till.start()).toBe('tampered-profile')
})

test('a backup that a person restores is taken, and no other older file', async () => {
  const till = await tradingTill()
  till.copy('backup')
  const backup = path.join(till.place.folder, 'backup.copy')
  await till.start()
  await till.hireAnother()
  await till.close()
  await till.record(20)
  expect(await till.start()).toBe('open')
  const [{ key_id: keyId }] = keyIds(till)
  const content = readBackup(backup, keyId)
  if (!content.ok) throw new Error(content.error.code)
  await till.open?.backup?.announce({ ...content.value, redemptionsHere: 4 })
  await till.close()
  putInPlace(backup, till.place.databaseFile)
  expect(await till.startAndCheck()).toBe('open')
  expect(staffOf(till)).toEqual(['王芳', '小陈'])
  await till.close()
  expect(lastAudit(till)).toEqual({ event: 'anchored', evidence: '{"by":"-","why":"restored"}' })
  expect(await till.startAndCheck()).toBe('open')
  await till.close()
  // It was taken once.
  copyFileSync(backup, till.place.databaseFile)
  for (const part of ['-wal', '-shm']) rmSync(till.place.databaseFile + part, { force: true })
  expect(await till.start()).toBe('older-records')
})

test('a damaged file that was rescued trips nothing, unless it was the staff', async () => {
  const till = await tradingTill()
  await till.record(...Array.from({ length: 400 }, (_, number) => 100 + number))
  await till.start()
  await till.close()
  till.damage('redemption')
  expect(await till.startAndCheck()).toBe('open')
  expect(till.open?.rescue).not.toBeNull()
  expect(staffOf(till)).toEqual(['王芳', '小陈'])
  await till.close()
  expect(lastAudit(till)).toEqual({ event: 'anchored', evidence: '{"by":"-","why":"rescued"}' })
  expect(await till.startAndCheck()).toBe('open')
  await till.close()
  till.damage('staff')
  expect(await till.start()).toBe('tampered-staff')
  expect(await till.pass(ownerPin)).toBe('open')
  expect(till.shop.session.view().required).toBe(true)
})

test('a damaged log that cost the last sign-in trips nothing', async () => {
  const till = await tradingTill()
  till.copy('before')
  await till.start()
  const owner = till.shop.session.view().staff.find(({ role }) => role === 'owner')
  await till.shop.session.signIn(owner?.id ?? '', ownerPin)
  await till.close()
  till.putBack('before')
  // No log of SQLite's: what it held is lost.
  writeFileSync(`${till.place.databaseFile}-wal`, Buffer.alloc(4096, 7))
  expect(await till.startAndCheck()).toBe('open')
  expect(await till.restart()).toBe('open')
})

function keyIds(till: AnchoredTill): [{ key_id: string }] {
  const [row] = till.ask("SELECT key_id FROM audit WHERE event = 'anchored'")
  return [{ key_id: String(Reflect.get(Object(row), 'key_id')) }]
}

test('what people do at the till is in the audit trail, which the anchor vouches for', async () => {
  const till = await tradingTill()
  await till.start()
  const [owner] = till.shop.session.view().staff
  await till.shop.session.signIn(owner?.id ?? '', ownerPin)
  till.shop.record({ event: 'ordered', by: '王芳', request: 'backup.make', input: {} })
  await till.close()
  const rows = till.ask(
    'SELECT use_request_no, event, evidence FROM audit ORDER BY id DESC LIMIT 2',
  )
  expect(rows).toEqual([
    {
      use_request_no: '',
      event: 'ordered',
      evidence: '{"by":"王芳","request":"backup.make","input":{}}',
    },
    { use_request_no: '', event: 'signed-in', evidence: '{"by":"王芳"}' },
  ])
  till.edit('UPDATE audit_trail SET evidence = \'{"by":"小陈"}\' WHERE event = \'signed-in\'')
  expect(await till.startAndCheck()).not.toBe('open')
})
