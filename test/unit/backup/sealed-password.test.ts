import { expect, test } from 'vitest'
import { openBackupPassword } from '../../../main/backup/backup-password.ts'
import { KeyEscrow, makeEscrow, openEscrow } from '../../../main/backup/key-escrow.ts'
import { isGoodBackupPassword, strengthOf } from '../../../main/contract/backup-password.ts'
import { makeRecoveryCode } from '../../../main/shop/recovery-code.ts'
import { createLimitedKeychain } from '../../support/limited-keychain.ts'
import { testDataKey } from '../../support/test-data-key.ts'

test.each([
  ['', 'short'],
  ['elevenchars', 'short'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['123456789012', 'weak'],
  ['abcdabcdabcdabcd', 'weak'],
  ['password2026weixin', 'weak'],
  ['qwertyuiop123456', 'weak'],
  ['七八七八七八七八七八七八', 'weak'],
  ['rainboot tulip', 'good'],
  ['雨后 tulip-stapler 七点', 'strong'],
])('the strength of %j is %s', (password, strength) => {
  expect(strengthOf(password)).toBe(strength)
})

test('what the till suggests is always strong, and a password has an end', () => {
  for (let count = 0; count < 200; count += 1) expect(strengthOf(makeRecoveryCode())).toBe('strong')
  const long = Array.from({ length: 43 }, (_, at) => `k${at}Z`).join('')
  expect(isGoodBackupPassword(long.slice(0, 128))).toBe(true)
  expect(isGoodBackupPassword(long.slice(0, 129))).toBe(false)
})

test('the data key comes out with the password alone, however its characters are composed', async () => {
  const escrow = await makeEscrow('café au lait noir', testDataKey, 10)
  expect(await openEscrow(escrow, 'cafe\u0301 au lait noir')).toEqual(testDataKey)
  expect(await openEscrow(escrow, 'Café au lait noir')).toBeNull()
  expect(await openEscrow(escrow, '')).toBeNull()
  const tampered = Buffer.from(escrow.sealed, 'base64')
  tampered.writeUInt8(tampered.readUInt8(20) ^ 1, 20)
  const changed = { ...escrow, sealed: tampered.toString('base64') }
  expect(await openEscrow(changed, 'café au lait noir')).toBeNull()
})

test('a made-up cost that would take a computer’s memory is no escrow', async () => {
  const escrow = await makeEscrow('café au lait noir', testDataKey, 10)
  expect(KeyEscrow.safeParse(escrow).success).toBe(true)
  expect(KeyEscrow.safeParse({ ...escrow, cost: 30 }).success).toBe(false)
})

test('the password is stored nowhere, and each choice has a salt of its own', async () => {
  const keychain = createLimitedKeychain()
  const opened = await openBackupPassword(keychain, testDataKey, 10)
  if (!opened.ok) throw new Error(opened.error.code)
  expect(opened.value.escrow()).toBeNull()
  expect(await opened.value.set('aaaaaaaaaaaa')).toEqual({ ok: false, error: { code: 'too-weak' } })
  await opened.value.set('rainboot tulip')
  const first = opened.value.escrow()
  await opened.value.set('rainboot tulip')
  expect(opened.value.escrow()?.salt).not.toBe(first?.salt)
  const kept = await keychain.read('backup-escrow')
  expect(kept.ok && kept.value).not.toContain('rainboot')
  keychain.fail({ code: 'locked', detail: '' })
  const before = opened.value.escrow()
  expect(await opened.value.set('another tulip boot')).toEqual({
    ok: false,
    error: { code: 'not-kept' },
  })
  // The backups go on under the one before.
  expect(opened.value.escrow()).toBe(before)
})
