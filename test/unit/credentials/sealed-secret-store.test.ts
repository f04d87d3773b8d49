import { createPrivateKey } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import {
  encodePrivateKey,
  decodePrivateKey,
} from '../../../main/credentials/merchant-private-key.ts'
import { createSealedSecretStore } from '../../../main/credentials/sealed-secret-store.ts'
import { maxSecretBytes } from '../../../main/keychain/keytar-secret-store.ts'
import { createMerchantMaterial } from '../../support/merchant-material.ts'
import { createLimitedKeychain, type LimitedKeychain } from '../../support/limited-keychain.ts'

let folder: string
let keychain: LimitedKeychain
const file = () => path.join(folder, 'secrets.bin')
const open = () => createSealedSecretStore(keychain, folder)

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-sealed-'))
  keychain = createLimitedKeychain()
  return () => rmSync(folder, { recursive: true })
})

let bigKey: string
let smallKey: string
beforeAll(async () => {
  const [big, small] = await Promise.all([
    createMerchantMaterial({ bits: 4096 }),
    createMerchantMaterial(),
  ])
  bigKey = encodePrivateKey(createPrivateKey(big.keyPem))
  smallKey = encodePrivateKey(createPrivateKey(small.keyPem))
})

test('an RSA-2048 key goes into the keychain itself, and no file is made', async () => {
  await open().write('merchant-private-key', smallKey)
  expect(await keychain.read('merchant-private-key')).toEqual({ ok: true, value: smallKey })
  expect(existsSync(file())).toBe(false)
})

test('an RSA-4096 key exceeds the limit: it is sealed in a file, and another process can read it', async () => {
  expect(Buffer.byteLength(bigKey)).toBeGreaterThan(maxSecretBytes)
  expect(await open().write('merchant-private-key', bigKey)).toEqual({ ok: true, value: null })
  const back = await open().read('merchant-private-key')
  expect(back).toEqual({ ok: true, value: bigKey })
  expect(back.ok && decodePrivateKey(back.value ?? '').ok).toBe(true)
  for (const size of keychain.sizes.values()) expect(size).toBeLessThanOrEqual(maxSecretBytes)
  // The file contains neither the key nor its Base64 text.
  const raw = readFileSync(file())
  expect(raw.includes(bigKey.slice(100, 140))).toBe(false)
  expect(raw.includes(Buffer.from(bigKey, 'base64').subarray(100, 140))).toBe(false)
})

test.skipIf(process.platform === 'win32')(
  'the sealed file is readable only by its owner',
  async () => {
    await open().write('merchant-private-key', bigKey)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  },
)

test.each([
  [maxSecretBytes, false],
  [maxSecretBytes + 1, true],
])('%i bytes: sealed %s', async (bytes, isSealed) => {
  const value = 'x'.repeat(bytes)
  await open().write('api-v3-key', value)
  expect(await open().read('api-v3-key')).toEqual({ ok: true, value })
  expect(existsSync(file())).toBe(isSealed)
})

test('storing a shorter secret under the same name deletes the sealed file, and no other', async () => {
  await open().write('merchant-private-key', bigKey)
  await open().write('merchant-private-key-b', bigKey)
  await open().write('merchant-private-key', smallKey)
  expect(await open().read('merchant-private-key')).toEqual({ ok: true, value: smallKey })
  expect(await open().read('merchant-private-key-b')).toEqual({ ok: true, value: bigKey })
  await open().remove('merchant-private-key-b')
  expect(await open().read('merchant-private-key-b')).toEqual({ ok: true, value: null })
})

test('a locked keychain is reported as locked, not as empty', async () => {
  await open().write('merchant-private-key', bigKey)
  keychain.fail({ code: 'locked', detail: 'locked' })
  expect(await open().read('merchant-private-key')).toMatchObject({ error: { code: 'locked' } })
  expect(await open().write('merchant-private-key', bigKey)).toMatchObject({
    error: { code: 'locked' },
  })
  keychain.fail(null)
  expect(await open().read('merchant-private-key')).toEqual({ ok: true, value: bigKey })
})

test.each([
  ['a changed byte', () => flipByte(file())],
  ['a cut file', () => writeFileSync(file(), readFileSync(file()).subarray(0, 30))],
  ['a lost file', () => rmSync(file())],
])('%s is damaged, never another secret', async (_what, damage) => {
  await open().write('merchant-private-key', bigKey)
  damage()
  expect(await open().read('merchant-private-key')).toMatchObject({ error: { code: 'damaged' } })
})

test('a file whose key is no longer in the keychain counts as damaged', async () => {
  await open().write('merchant-private-key', bigKey)
  await keychain.remove('secrets-file-key')
  expect(await open().read('merchant-private-key')).toMatchObject({ error: { code: 'damaged' } })
})

test('a damaged file is kept aside when the secret is stored again', async () => {
  await open().write('merchant-private-key', bigKey)
  flipByte(file())
  expect(await open().write('merchant-private-key', bigKey)).toEqual({ ok: true, value: null })
  expect(await open().read('merchant-private-key')).toEqual({ ok: true, value: bigKey })
  expect(existsSync(`${file()}.bad`)).toBe(true)
})

function flipByte(at: string): void {
  const bytes = readFileSync(at)
  bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1
  writeFileSync(at, bytes)
}
