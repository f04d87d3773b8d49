import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isSignedFeed } from '../../../main/updates/signed-feed.ts'

const feed = "version: 1.2.0\nfiles:\n  - url: a.AppImage\n    sha512: 'x'\n"
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const signature = sign(null, Buffer.from(feed), privateKey).toString('base64')

describe('a list of versions', () => {
  test('is believed with the maintainers’ signature, however it ends', () => {
    expect(isSignedFeed(feed, signature, pem)).toBe(true)
    expect(isSignedFeed(feed, `${signature}\r\n`, pem)).toBe(true)
  })

  test.each([
    ['changed', feed.replace('1.2.0', '1.3.0'), signature],
    ['with another file', feed.replace('a.AppImage', 'b.AppImage'), signature],
    ['signed by nobody', feed, ''],
    ['signed with nonsense', feed, 'bm9uc2Vuc2U='],
    [
      'signed by somebody else',
      feed,
      sign(null, Buffer.from(feed), generateKeyPairSync('ed25519').privateKey).toString('base64'),
    ],
  ])('is not believed when it is %s', (_what, text, by) => {
    expect(isSignedFeed(text, by, pem)).toBe(false)
  })

  test('is not held against a key of another kind', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
    const key = other.export({ type: 'spki', format: 'pem' }).toString()
    expect(() => isSignedFeed(feed, signature, key)).toThrow('no Ed25519 key')
  })
})
