import { beforeAll, expect, test } from 'vitest'
import { readMerchantPair } from '../../../main/credentials/merchant-pair.ts'
import { readPairApart } from '../../../main/outside/read-pair.ts'
import { endlessZip, p12Of, zipBomb } from '../../support/hostile-files.ts'
import {
  createMerchantMaterial,
  merchantId,
  type MerchantMaterial,
  sourceFile,
  zipOf,
} from '../../support/merchant-material.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'

let material: MerchantMaterial
beforeAll(async () => {
  material = await createMerchantMaterial()
})

const mebibyte = 2 ** 20

function begins(line: string) {
  return sourceFile('key.pem', line.repeat(mebibyte / line.length))
}

// Here on this thread: each of them is bounded before any work, and does not wait for a deadline.
test.each([
  ['zip-too-large', () => zipBomb(60, 1)],
  ['zip-too-large', () => zipBomb(1, 64)],
  ['zip-too-large', () => zipOf(Array.from({ length: 200 }, (_, at) => sourceFile(`${at}`, '')))],
  ['zip-too-large', endlessZip],
  ['file-too-large', () => begins('-----BEGIN PRIVATE KEY-----\n')],
  ['file-too-demanding', () => sourceFile('chain.pem', `${material.certificatePem}\n`.repeat(60))],
  ['certificate-missing', () => sourceFile('k', '-----BEGIN A-----\n'.repeat(14_000))],
  ['certificate-missing', () => sourceFile('k', `-----BEGIN ${'A '.repeat(120_000)}`)],
  ['p12-too-many-rounds', () => p12Of(material, 8_400_000)],
  ['p12-too-many-rounds', () => p12Of(material, -1)],
  ['p12-unreadable', () => sourceFile('c.p12', Buffer.alloc(60_000, '\u0030\u0080', 'latin1'))],
  ['p12-unreadable', () => sourceFile('c.p12', Buffer.alloc(mebibyte, '\u0030\u0080', 'latin1'))],
] as const)('%s, told in less than a second of work: file %#', (fault, file) => {
  const given = [file()]
  const memory = process.memoryUsage.rss()
  const busyMs = cpuTimeOf(() => {
    expect(readMerchantPair(given, merchantId)).toEqual({ ok: false, error: { code: fault } })
  })
  expect(busyMs).toBeLessThan(1000)
  expect(process.memoryUsage.rss() - memory).toBeLessThan(200 * mebibyte)
})

test('rounds that a slow computer can do are none too many', () => {
  // The MAC is of another count than it was made with: the password is taken for wrong, once it was hashed.
  expect(readMerchantPair([p12Of(material, 100_000)], merchantId)).toMatchObject({
    error: { code: 'p12-password-wrong' },
  })
  expect(readMerchantPair([p12Of(material, 1)], merchantId).ok).toBe(true)
})

test('on a thread of its own the same comes out, with the key', async () => {
  const pair = await readPairApart([material.certificate, material.key], merchantId)
  if (!pair.ok) throw new Error(pair.error.code)
  expect(pair.value.privateKey.export({ type: 'pkcs8', format: 'pem' })).toBe(material.keyPem)
  expect(pair.value.certificate.pem.trim()).toBe(material.certificatePem)
  expect(await readPairApart([material.certificate], merchantId)).toEqual({
    ok: false,
    error: { code: 'key-missing' },
  })
})
