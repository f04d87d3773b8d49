import { execFileSync } from 'node:child_process'
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { readMerchantPair } from '../../../main/credentials/merchant-pair.ts'
import { publicKeySha256 } from '../../../main/credentials/merchant-certificate.ts'
import {
  createMerchantMaterial,
  merchantId,
  type MerchantMaterial,
  sourceFile,
  zipOf,
} from '../../support/merchant-material.ts'

let material: MerchantMaterial
let other: MerchantMaterial
beforeAll(async () => {
  material = await createMerchantMaterial()
  other = await createMerchantMaterial()
})

function fixture(name: string) {
  return sourceFile(name, readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
}

describe('a merchant pair is read', () => {
  test('from the two PEM files, in any order and with any names', () => {
    const files = [
      sourceFile('a.txt', material.keyPem),
      sourceFile('b', `\uFEFF${material.certificatePem}`),
    ]
    const pair = readMerchantPair(files, merchantId)
    if (!pair.ok) throw new Error(pair.error.code)
    const { certificate, privateKey } = pair.value
    expect(certificate.serial).toMatch(/^4F[0-9A-F]+$/)
    expect(certificate.merchantId).toBe(merchantId)
    expect(privateKey.equals(createPrivateKey(material.keyPem))).toBe(true)
    expect(certificate.publicKeySha256).toBe(publicKeySha256(createPublicKey(material.keyPem)))
  })

  test('from the archive, which contains other files too', () => {
    const archive = zipOf([
      material.certificate,
      material.key,
      fixture('aes-256.p12'),
      sourceFile('证书使用说明.txt', 'read me'),
    ])
    const pair = readMerchantPair([archive], merchantId)
    expect(pair.ok && pair.value.privateKey.equals(createPrivateKey(material.keyPem))).toBe(true)
  })

  // Made with OpenSSL: `-legacy` with the ciphers of WeChat Pay's own files, and OpenSSL's current defaults.
  test.each(['rc2-40-and-3des.p12', 'aes-256.p12'])('from %s with the merchant id', (name) => {
    const pair = readMerchantPair([fixture(name)], merchantId)
    expect(pair).toMatchObject({ ok: true, value: { certificate: { merchantId } } })
    expect(readMerchantPair([fixture(name)], '1900000108')).toEqual({
      ok: false,
      error: { code: 'p12-password-wrong' },
    })
  })

  test('from a PKCS#1 key and a certificate with its chain', () => {
    const pkcs1 = createPrivateKey(material.keyPem).export({ type: 'pkcs1', format: 'pem' })
    const chain = `${other.certificatePem}\n${material.certificatePem}`
    const files = [sourceFile('key', pkcs1), sourceFile('chain', chain)]
    expect(readMerchantPair(files, merchantId)).toMatchObject({ ok: true })
  })

  test('with its serial as OpenSSL prints it', () => {
    const pair = readMerchantPair([material.certificate, material.key], merchantId)
    const args = ['x509', '-noout', '-serial']
    const printed = execFileSync('openssl', args, {
      input: material.certificatePem,
      encoding: 'utf8',
    })
    expect(pair.ok && `serial=${pair.value.certificate.serial}\n`).toBe(printed)
  })
})

function cut(text: string): string {
  return text.replace(/^(-----BEGIN [A-Z ]+-----\n.{64}\n).*(\n-----END)/s, '$1AAAA$2')
}

/** The certificate, with something in the place of its public key that is none. */
function withDamagedKey(certificatePem: string): string {
  const der = Buffer.from(certificatePem.replaceAll(/-----.*-----|\s/g, ''), 'base64')
  const sequenceInKey = Buffer.from([0x00, 0x30, 0x82, 0x01, 0x0a])
  der[der.indexOf(sequenceInKey) + 1] = 0x31
  const lines = der.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** The key with the modulus that it had, and another private exponent. */
function withDamagedExponent(keyPem: string): string {
  const { e = '', ...jwk } = createPrivateKey(keyPem).export({ format: 'jwk' })
  const damaged = { ...jwk, e, d: e, dp: e, dq: e }
  return createPrivateKey({ key: damaged, format: 'jwk' }).export(pkcs8).toString()
}

const pkcs8 = { type: 'pkcs8', format: 'pem' } as const

function encrypted(pem: string) {
  return createPrivateKey(pem).export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'secret' })
}

function shortKey() {
  return generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pkcs8)
}

function ecKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8)
}

describe('a merchant pair is refused', () => {
  test.each([
    ['pair-mismatch', () => [material.certificate, other.key]],
    ['key-missing', () => [material.certificate]],
    ['certificate-missing', () => [material.key]],
    ['certificate-missing', () => [zipOf([sourceFile('readme.txt', 'nothing here')])]],
    ['zip-unreadable', () => [sourceFile('cert.zip', 'PK\u0003\u0004 and then no archive')]],
    ['p12-unreadable', () => [sourceFile('x.p12', fixture('aes-256.p12').bytes.subarray(0, 900))]],
    ['file-unknown', () => [sourceFile('cert.docx', 'some text')]],
    ['file-unknown', () => [sourceFile('empty.pem', '')]],
    ['file-too-large', () => [sourceFile('big.pem', Buffer.alloc(1_048_577, 'x'))]],
    ['key-unreadable', () => [material.certificate, sourceFile('k', cut(material.keyPem))]],
    ['certificate-unreadable', () => [sourceFile('c', cut(material.certificatePem)), material.key]],
    // Each still has the form of what it was.
    [
      'certificate-unreadable',
      () => [sourceFile('c', withDamagedKey(material.certificatePem)), material.key],
    ],
    [
      'key-unreadable',
      () => [material.certificate, sourceFile('k', withDamagedExponent(material.keyPem))],
    ],
    ['key-encrypted', () => [material.certificate, sourceFile('k', encrypted(material.keyPem))]],
    ['key-too-short', () => [material.certificate, sourceFile('k', shortKey())]],
    ['key-not-rsa', () => [material.certificate, sourceFile('k', ecKey())]],
  ])('%s', (fault, files) => {
    expect(readMerchantPair(files(), merchantId)).toEqual({ ok: false, error: { code: fault } })
  })

  test('merchant-id-other: the certificate names another merchant', () => {
    expect(readMerchantPair([material.certificate, material.key], '1900000108')).toEqual({
      ok: false,
      error: { code: 'merchant-id-other' },
    })
  })
})
