import { describe, expect, test } from 'vitest'
import { isSignedBy, readSignatureHeaders } from '../../../main/wechatpay/reply-signature.ts'
import { publicKeyFrom, publishedVectors } from './published-vectors.ts'

const sample = publishedVectors().replyVerification
const key = publicKeyFrom(sample.wechatpayPublicKey)
const body = Buffer.from(sample.body)
const headers = {
  'wechatpay-timestamp': sample.timestamp,
  'wechatpay-nonce': sample.nonce,
  'wechatpay-serial': sample.publicKeyId,
  'wechatpay-signature': sample.signature,
  'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
}

function signedHeaders() {
  const signed = readSignatureHeaders(headers)
  if (signed === null) throw new Error('the sample carries all headers')
  return signed
}

describe('reply signature', () => {
  test('the published reply verifies', () => {
    expect(isSignedBy(key, signedHeaders(), body)).toBe(true)
  })

  test.each(['timestamp', 'nonce', 'signature'] as const)(
    'a changed %s does not verify',
    (name) => {
      const value = signedHeaders()[name]
      const changed = {
        ...signedHeaders(),
        [name]: (value.startsWith('1') ? '2' : '1') + value.slice(1),
      }
      expect(isSignedBy(key, changed, body)).toBe(false)
    },
  )

  test('a body that was parsed and serialised again does not verify', () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(sample.body), null, 1))
    expect(isSignedBy(key, signedHeaders(), again)).toBe(false)
  })

  test('a signature probe (a deliberately wrong signature) neither verifies nor throws', () => {
    const probe = {
      ...signedHeaders(),
      signature: `WECHATPAY/SIGNTEST/${sample.signature.slice(19)}`,
    }
    expect(isSignedBy(key, probe, body)).toBe(false)
    expect(isSignedBy(key, { ...probe, signature: 'WECHATPAY/SIGNTEST/' }, body)).toBe(false)
  })

  test.each(Object.keys(headers).slice(0, 4))('without %s a reply is unsigned', (name) => {
    expect(readSignatureHeaders({ ...headers, [name]: undefined })).toBeNull()
    expect(readSignatureHeaders({ ...headers, [name]: ['a', 'b'] })).toBeNull()
  })

  test('another signature type is not verified', () => {
    const other = { ...headers, 'wechatpay-signature-type': 'WECHATPAY2-SM2-WITH-SM3' }
    expect(readSignatureHeaders(other)).toBeNull()
  })
})
