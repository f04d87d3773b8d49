import os from 'node:os'
import { describe, expect, test } from 'vitest'
import { redact } from '../../../main/computer/redact.ts'

describe('a text of a log', () => {
  test.each([
    ['a coupon code', '1201059453000000000001'],
    ['a coupon code of letters and digits', 'AB12CD34EF56'],
    ['a number of a redemption', 'T01-20261123104512-00000001'],
    ['a person at WeChat', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'],
    ['a certificate’s serial', '5157F09EFDC096DE15EBE81A47057A72AAAAAAAA'],
    ['an API v3 key', 'Kp7mWq2zRt9vXc4nBj6hLs8dFg3yUe5a'],
    ['a key in base64', `${'MIIEvQIBADANBgkqhkiG9w0B'.repeat(2)}==`],
    ['a PEM', '-----BEGIN PRIVATE KEY-----\nMIIE\nvQ==\n-----END PRIVATE KEY-----'],
    ['a PEM that was cut', '-----BEGIN PRIVATE KEY-----\nMIIE'],
  ])('loses %s', (_what, secret) => {
    const said = redact(`failed at ${secret}: try again`)
    expect(said).not.toContain(secret)
    expect(said).not.toContain(secret.slice(4, 14))
    expect(said).toContain('[hidden]')
    expect(said.startsWith('failed at ')).toBe(true)
  })

  test('loses the name of the account', () => {
    expect(redact(`${os.homedir()}/.config/Hexiao Till`)).toBe('~/.config/Hexiao Till')
  })

  test.each([
    'TypeError at open (file:///usr/lib/hexiao-till/resources/app.asar/out/main/engine.js:120:33)',
    'records-from-newer-version',
    'certificates-not-fetched-yet',
    'SIGN_ERROR',
    '9.9.9',
    'ECONNREFUSED 127.0.0.1:8443',
  ])('keeps %s', (text) => {
    expect(redact(text)).toBe(text)
  })
})
