import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decrypt, parseApiV3Key } from '../../../main/wechatpay/aead.ts'
import { publishedVectors } from './published-vectors.ts'

const { aes256gcm, aes128KeysToRefuse } = publishedVectors()

function keyFrom(text: string) {
  const key = parseApiV3Key(text)
  if (!key.ok) throw new Error(key.error.code)
  return key.value
}

describe('the API v3 key decrypts', () => {
  test.each(aes256gcm)('$source', (sample) => {
    const opened = decrypt(sample, keyFrom(sample.key))
    if (!opened.ok) throw new Error(opened.error.code)
    const text = Buffer.from(opened.value).toString()
    // The last sample is a whole certificate, published with its serial number.
    const plain = sample.plaintext ?? '5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC'
    const found = sample.plaintext === undefined ? new X509Certificate(text).serialNumber : text
    expect(found).toBe(plain)
  })

  test.each(aes256gcm)('nothing of $source when one bit was changed', (sample) => {
    const key = keyFrom(sample.key)
    const bytes = Buffer.from(sample.ciphertext, 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    const refused = { ok: false, error: { code: 'not-authentic' } }
    expect(decrypt({ ...sample, ciphertext: bytes.toString('base64') }, key)).toEqual(refused)
    expect(decrypt({ ...sample, associated_data: 'other' }, key)).toEqual(refused)
    expect(decrypt({ ...sample, nonce: `${sample.nonce}x` }, key)).toEqual(refused)
    expect(decrypt(sample, keyFrom('0'.repeat(32)))).toEqual(refused)
  })

  test.each(['', 'AAAA', 'not base64 at all!'])('nothing of %j', (ciphertext) => {
    const key = keyFrom('0'.repeat(32))
    const sealed = { ciphertext, nonce: '123456789012', associated_data: '' }
    expect(decrypt(sealed, key)).toEqual({ ok: false, error: { code: 'not-authentic' } })
    expect(decrypt({ ...sealed, nonce: '' }, key)).toEqual({
      ok: false,
      error: { code: 'not-authentic' },
    })
  })
})

test.each([...aes128KeysToRefuse.map(({ key }) => key), '', '密'.repeat(32), 'x'.repeat(33)])(
  'the key %s is refused',
  (text) => {
    expect(parseApiV3Key(text)).toEqual({ ok: false, error: { code: 'not-32-characters' } })
  },
)
