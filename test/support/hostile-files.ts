import forge from 'node-forge'
import { zipSync } from 'fflate'
import { type MerchantMaterial, merchantId, sourceFile } from './merchant-material.ts'
import type { SourceFile } from '../../main/credentials/source-file.ts'

/** Zeroes that unpack to `megabytes` in each of `copies` files, every one named as a certificate's. */
export function zipBomb(copies: number, megabytes: number): SourceFile {
  const zeroes = new Uint8Array(megabytes * 2 ** 20)
  const names = Array.from({ length: copies }, (_, at) => `${at}/apiclient_key.pem`)
  return sourceFile('cert.zip', zipSync(Object.fromEntries(names.map((name) => [name, zeroes]))))
}

/** An archive whose directory says that there are four thousand million entries. */
export function endlessZip(): SourceFile {
  const archive = Buffer.alloc(1000)
  archive.writeUInt32LE(0x04034b50, 0)
  // Zip64's end of the directory, its locator, and the end of the directory.
  archive.writeUInt32LE(0x06064b50, 200)
  archive.writeUInt32LE(0xffffffff, 232)
  archive.writeUInt32LE(0x07064b50, 958)
  archive.writeUInt32LE(200, 966)
  archive.writeUInt32LE(0x06054b50, 978)
  archive.writeUInt16LE(1, 986)
  return sourceFile('cert.zip', archive)
}

/** The merchant's pair, its passwords hashed `rounds` times. */
export function p12Of({ certificatePem, keyPem }: MerchantMaterial, rounds: number): SourceFile {
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(keyPem),
    forge.pki.certificateFromPem(certificatePem),
    merchantId,
    { algorithm: '3des', count: 1 },
  )
  const parts = asn1.value
  if (typeof parts === 'string') throw new TypeError('a PKCS#12 is a sequence')
  // Written after it was made, which would take as long as opening it.
  const count = forge.util.createBuffer().putInt32(rounds).getBytes()
  const { Class, Type } = forge.asn1
  const macData = parts[2]
  if (macData === undefined || typeof macData.value === 'string') throw new TypeError('no MAC')
  macData.value[2] = forge.asn1.create(Class.UNIVERSAL, Type.INTEGER, false, count)
  const bytes = forge.asn1.toDer(asn1).getBytes()
  return sourceFile('apiclient_cert.p12', Buffer.from(bytes, 'binary'))
}
