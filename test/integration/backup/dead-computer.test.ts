import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { BackedUpTill } from '../../../main/app/open-till.ts'
import { putInPlace } from '../../../main/store/backup.ts'
import { restoredOver } from '../../../main/store/files-beside.ts'
import { type AnchoredTill, ownerPin } from '../../support/anchored-till.ts'
import { backupPassword, LostComputer, scan, settled } from '../../support/lost-computer.ts'
import { createMerchantMaterial } from '../../support/merchant-material.ts'
import { staffOf } from '../../support/trading-till.ts'

const timeout = 60_000

test(
  'a till is lost with what waits; another computer goes on, and each coupon is redeemed once',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const { old, control } = shop
    const [done = '', replyLost = '', offline = '', late = ''] = await shop.coupons(4)
    expect(await scan(old, done)).toBe('green')
    // Redeemed at WeChat Pay, and nobody here knows.
    await control.addFault({ kind: 'reset-after-effect', match: { code: replyLost }, times: 99 })
    expect(await scan(old, replyLost)).toBe('amber')
    await control.network({ network: 'cut' })
    await control.clearFaults({})
    expect(await scan(old, offline)).toBe('amber')
    const backup = await shop.backUp()
    // After the backup the old computer still redeems one, which the other will know nothing of.
    await control.network({ network: 'up' })
    expect(await scan(old, late)).toBe('green')
    const { waiting } = old.till.state().queue
    expect(waiting).toBe(2)
    await old.close()

    const other = shop.another()
    expect(await other.takeOver(backup, 'not the password')).toBe('wrong-password')
    expect(await other.takeOver(backup, backupPassword)).toBe('moved-here')
    // The owner of the lost till is asked before its keys are set up here.
    expect(other.owner.owners().map(({ name }) => name)).toEqual(['王芳'])
    const [owner] = other.owner.owners()
    expect(await other.owner.confirm({ id: owner?.id ?? '', pin: ownerPin })).toMatchObject({
      ok: true,
    })
    // Another merchant's keys would send these coupons out under a wrong merchant.
    other.place.queue.waiting = waiting
    await expect(shop.giveKeys(other, { merchantId: '1900009999' })).rejects.toThrow(
      'other-merchant-while-waiting',
    )
    await shop.giveKeys(other)
    expect(await other.startAndCheck()).toBe('open')
    expect(staffOf(other)).toEqual(['王芳', '小陈'])
    expect(other.shop.shifts.state().current?.openedBy).toBe('小陈')
    expect(other.open?.backup?.password.escrow()).not.toBeNull()
    await settled(other)
    expect(await shop.effects([done, replyLost, offline, late])).toEqual([1, 1, 1, 1])
    expect(await scan(other, late)).toBe('red')
    expect(other.ask('SELECT count(*) AS count FROM redemption')).toEqual([{ count: 74 }])
    await other.close()
    const said = other.ask(
      "SELECT evidence FROM audit WHERE event = 'anchored' ORDER BY id DESC LIMIT 1",
    )
    expect(said).toEqual([{ evidence: '{"by":"-","why":"other-computer"}' }])

    // The old computer was not dead after all, and settles too.
    expect(await old.start()).toBe('open')
    await settled(old)
    expect(await shop.effects([done, replyLost, offline, late])).toEqual([1, 1, 1, 1])
    await old.close()
    // Its file is not the till's any more on the new computer.
    copyFileSync(old.place.databaseFile, other.place.databaseFile)
    expect(await other.start()).toMatch(/^(other-database|tampered-records|older-records)$/)
  },
)

test(
  'a file that was cut off, changed, or is no backup is refused whole',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const backup = await shop.backUp()
    const whole = readFileSync(backup)
    const other = shop.another()
    const bad = path.join(shop.stick, 'bad.hxbackup')
    const changedAt = (at: number): Buffer => {
      const bytes = Buffer.from(whole)
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
      return bytes
    }
    const expected: readonly (readonly [Buffer, RegExp])[] = [
      [whole.subarray(0, whole.length - 1), /^damaged$/],
      [whole.subarray(0, whole.length >> 1), /^damaged$/],
      [whole.subarray(0, 40), /^damaged$/],
      [whole.subarray(0, 4), /^not-a-backup$/],
      [Buffer.concat([whole, Buffer.alloc(1)]), /^damaged$/],
      [changedAt(whole.length >> 1), /^damaged$/],
      [changedAt(whole.length - 3), /^damaged$/],
      // In the head: which computer's it is.
      [changedAt(whole.indexOf('"keyId":"') + 9), /^damaged$/],
      // The salt of the file, or of the password.
      [changedAt(whole.indexOf('"salt":"') + 10), /^(damaged|wrong-password)$/],
      [Buffer.concat([Buffer.from('HXBACK9\n'), whole.subarray(8)]), /^newer-version$/],
    ]
    for (const [bytes, fault] of expected) {
      writeFileSync(bad, bytes)
      expect(await other.takeOver(bad, backupPassword)).toMatch(fault)
      expect(readdirSync(other.place.folder)).not.toContain('till.db.incoming.opened')
    }
    // Nothing of it is left, and the whole one is taken.
    expect(await other.place.secrets.read('data-key')).toEqual({ ok: true, value: null })
    expect(await other.takeOver(backup, backupPassword)).toBe('moved-here')
  },
)

test('a backup without a password opens on its own computer alone', { timeout }, async () => {
  const shop = await LostComputer.open()
  const plain = path.join(shop.stick, 'plain.db')
  shop.old.edit(`VACUUM INTO '${plain}'`)
  expect(await shop.another().takeOver(plain, backupPassword)).toBe('other-key')
})

test('a computer that is a till with records of its own keeps them', { timeout }, async () => {
  const shop = await LostComputer.open()
  const backup = await shop.backUp()
  const own = shop.another()
  await shop.giveKeys(own)
  expect(await own.start()).toBe('open')
  await own.close()
  await own.record(500)
  expect(await own.start()).toBe('open')
  expect(await own.takeOver(backup, backupPassword)).toBe('records-here')
  await own.close()
  expect(await own.start()).toBe('open')
  expect(own.ask('SELECT count(*) AS count FROM redemption')).toEqual([{ count: 1 }])
})

test(
  'a till that was set up and has redeemed nothing takes the backup, with the keys it has',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const [waits = ''] = await shop.coupons(1)
    await shop.control.network({ network: 'cut' })
    expect(await scan(shop.old, waits)).toBe('amber')
    const backup = await shop.backUp()
    await shop.old.close()
    await shop.control.network({ network: 'up' })

    const fresh = shop.another()
    await shop.giveKeys(fresh)
    expect(await fresh.start()).toBe('open')
    // A longer audit trail than the one that comes, of which closing tells the anchor once more.
    for (let row = 0; row < 400; row += 1)
      fresh.shop.record({ event: 'ordered', by: '-', request: 'backup.make', input: {} })
    expect(await fresh.takeOver(backup, backupPassword)).toBe('open')
    expect(staffOf(fresh)).toEqual(['王芳', '小陈'])
    await settled(fresh)
    expect(await shop.effects([waits])).toEqual([1])
    await fresh.close()
    expect(await fresh.startAndCheck()).toBe('open')
  },
)

test('a till that is set up for another merchant takes no backup', { timeout }, async () => {
  const shop = await LostComputer.open()
  const backup = await shop.backUp()
  const merchantId = '1900009999'
  const stranger = shop.another()
  await stranger.setUp(await createMerchantMaterial({ commonName: merchantId }), {
    ...shop.settings,
    merchantId,
  })
  expect(await stranger.start()).toBe('open')
  expect(await stranger.takeOver(backup, backupPassword)).toBe('other-merchant')
  expect(await stranger.restart()).toBe('open')
})

test(
  'a keychain that was lost gets its key back from a backup, and newer records stay',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const backup = await shop.backUp()
    const { old } = shop
    const [later = ''] = await shop.coupons(1)
    expect(await scan(old, later)).toBe('green')
    await old.close()
    await old.place.secrets.remove('data-key')
    old.newProcess()
    expect(await old.start()).toBe('data-key-missing')
    expect(await old.takeOver(backup, backupPassword)).toBe('owner-needed')
    const [owner] = old.owner.owners()
    await old.owner.confirm({ id: owner?.id ?? '', pin: ownerPin })
    expect(await old.takeOver(backup, backupPassword)).toBe('open')
    expect(old.ask('SELECT count(*) AS count FROM redemption')).toEqual([{ count: 71 }])
  },
)

test(
  'after another password was set, a backup opens with the one of its day',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const before = await shop.backUp('before.hxbackup')
    const second = 'quite another 12 words'
    await shop.old.open?.backup?.password.set(second)
    const after = await shop.backUp('after.hxbackup')
    const other = shop.another()
    expect(await other.takeOver(after, backupPassword)).toBe('wrong-password')
    expect(await other.takeOver(before, second)).toBe('wrong-password')
    expect(await other.takeOver(before, backupPassword)).toBe('moved-here')
    // The newest is still taken once the older one is here: nothing was recorded since.
    expect(await shop.another().takeOver(after, second)).toBe('moved-here')
  },
)

test(
  'its own sealed backups ask this computer for no password, and what was put aside can be chosen again',
  { timeout },
  async () => {
    const shop = await LostComputer.open()
    const backup = await shop.backUp()
    const { old } = shop
    const [later = ''] = await shop.coupons(1)
    expect(await scan(old, later)).toBe('green')
    const { backup: backedUp } = openOf(old)
    const inspected = await backedUp.inspect(backup)
    if (!inspected.ok) throw new Error(inspected.error.code)
    expect(inspected.value).toMatchObject({ redemptions: 70, redemptionsHere: 71 })
    await backedUp.announce(inspected.value)
    await old.close()
    putInPlace(backedUp.copiedFile, old.place.databaseFile)
    expect(await old.startAndCheck()).toBe('open')
    const [aside] = restoredOver(old.place.databaseFile)
    const back = openOf(old).backup
    const before = await back.inspect(path.join(old.place.folder, aside?.name ?? ''))
    if (!before.ok) throw new Error(before.error.code)
    expect(before.value).toMatchObject({ redemptions: 71, redemptionsHere: 70 })
    await back.announce(before.value)
    await old.close()
    putInPlace(back.copiedFile, old.place.databaseFile)
    expect(await old.startAndCheck()).toBe('open')
    expect(old.ask('SELECT count(*) AS count FROM redemption')).toEqual([{ count: 71 }])
  },
)

function openOf({ open }: AnchoredTill): { readonly backup: BackedUpTill } {
  if (open === null || open.backup === null) throw new Error('the till is not open')
  return { backup: open.backup }
}
