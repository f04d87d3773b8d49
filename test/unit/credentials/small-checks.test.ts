import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { certificateExpiry } from '../../../main/credentials/certificate-expiry.ts'
import { checkApiV3Key, checkPublicKey } from '../../../main/credentials/verification-keys.ts'
import { createMerchantMaterial } from '../../support/merchant-material.ts'

const dayMs = 86_400_000

describe('expiry of a certificate', () => {
  const now = Date.UTC(2026, 0, 1)
  test.each([
    [61 * dayMs, 'good', 61],
    [60 * dayMs, 'soon', 60],
    [14 * dayMs + 1, 'soon', 14],
    [14 * dayMs, 'urgent', 14],
    [1, 'urgent', 0],
    [0, 'expired', 0],
    [-dayMs, 'expired', 0],
  ] as const)('%i ms before it: %s', (leftMs, level, daysLeft) => {
    expect(certificateExpiry({ validFrom: 0, validUntil: now + leftMs }, now)).toEqual({
      level,
      daysLeft,
    })
  })

  test('a certificate that becomes valid tomorrow is not valid yet', () => {
    const tomorrow = { validFrom: now + dayMs, validUntil: now + 365 * dayMs }
    expect(certificateExpiry(tomorrow, now).level).toBe('not-yet-valid')
  })
})

describe('API v3 key', () => {
  const key = '0123456789abcdefghijABCDEFGHIJ!~'
  test('is 32 printable ASCII characters; white space around a copied one is dropped', () => {
    expect(checkApiV3Key(`  ${key}\r\n`)).toEqual({ ok: true, value: key })
  })
  test.each([key.slice(1), `${key}x`, `${key.slice(1)}钥`, `${key.slice(2)} x`, ''])(
    'is not %j',
    (wrong) => expect(checkApiV3Key(wrong).ok).toBe(false),
  )
})

describe('WeChat Pay public key', () => {
  const id = 'PUB_KEY_ID_0000000000000024101100397200000006'
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

  test('is accepted with its id', () => {
    expect(checkPublicKey({ id: ` ${id}\n`, pem })).toEqual({ ok: true, value: { id, pem } })
  })

  test.each([
    ['public-key-id-malformed', '4F1DA1B2C3D4E5F60718293A4B5C6D7E8F901234', pem],
    ['public-key-unreadable', id, 'no key'],
    ['public-key-is-private', id, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ])('%s', (fault, givenId, givenPem) => {
    expect(checkPublicKey({ id: givenId, pem: givenPem })).toEqual({
      ok: false,
      error: { code: fault },
    })
  })

  test('is not accepted as a certificate, although Node would read a key from it', async () => {
    const { certificatePem } = await createMerchantMaterial()
    expect(checkPublicKey({ id, pem: certificatePem })).toEqual({
      ok: false,
      error: { code: 'public-key-is-a-certificate' },
    })
  })
})
