import { createPublicKey, type KeyObject } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'
import type { SetupFault } from '../contract/setup.ts'
import {
  type MerchantCertificate,
  publicKeySha256,
  readMerchantCertificate,
} from './merchant-certificate.ts'
import { type P12Fault, readMerchantP12 } from './merchant-p12.ts'
import { type PrivateKeyFault, readPrivateKeyPem } from './merchant-private-key.ts'
import { readMerchantZip } from './merchant-zip.ts'
import { maxSourceFileBytes, type SourceFile, sourceFileKind, textOf } from './source-file.ts'

/** A certificate and the key that belongs to it: checked to match. */
export interface MerchantPair {
  readonly certificate: MerchantCertificate
  readonly privateKey: KeyObject
}

export type MaterialFault = Extract<
  SetupFault,
  | P12Fault
  | PrivateKeyFault
  | 'file-too-large'
  | 'file-unknown'
  | 'zip-unreadable'
  | 'certificate-missing'
  | 'certificate-unreadable'
  | 'key-missing'
  | 'pair-mismatch'
  | 'merchant-id-other'
>

interface Parts {
  readonly certificates: string[]
  readonly keys: string[]
  readonly p12s: Uint8Array[]
}

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

/**
 * The pair in the files handed over, in whichever form they are: the archive, the two PEM files, or the `.p12`, whose
 * password is the merchant id. PEM goes before `.p12` where both are there. Tells files by content, not by name.
 */
export function readMerchantPair(
  files: readonly SourceFile[],
  merchantId: string,
): Result<MerchantPair, MaterialFault> {
  const parts: Parts = { certificates: [], keys: [], p12s: [] }
  for (const file of files) {
    const fault = collect(file, parts)
    if (fault !== null) return err(fault)
  }
  const [p12] = parts.p12s
  if (p12 !== undefined && (parts.keys.length === 0 || parts.certificates.length === 0)) {
    const opened = readMerchantP12(p12, merchantId)
    if (!opened.ok) return opened
    parts.certificates.push(...opened.value.certificatePems)
    parts.keys.push(opened.value.privateKeyPem)
  }
  return matchPair(parts, merchantId)
}

function collect(file: SourceFile, parts: Parts): MaterialFault | null {
  if (file.bytes.length > maxSourceFileBytes) return 'file-too-large'
  switch (sourceFileKind(file)) {
    case 'zip': {
      const inside = readMerchantZip(file.bytes)
      if (!inside.ok) return inside.error
      for (const entry of inside.value) {
        const fault = sourceFileKind(entry) === 'zip' ? 'file-unknown' : collect(entry, parts)
        if (fault !== null) return fault
      }
      return null
    }
    case 'der':
      parts.p12s.push(file.bytes)
      return null
    case 'pem':
      for (const [block, label = ''] of textOf(file.bytes).matchAll(pemBlock)) {
        if (label === 'CERTIFICATE') parts.certificates.push(block)
        else if (label.endsWith('PRIVATE KEY')) parts.keys.push(block)
      }
      return null
    default:
      return 'file-unknown'
  }
}

function matchPair(parts: Parts, merchantId: string): Result<MerchantPair, MaterialFault> {
  const [keyPem] = parts.keys
  if (parts.certificates.length === 0) return err('certificate-missing')
  if (keyPem === undefined) return err('key-missing')
  const certificates = parts.certificates.map(readMerchantCertificate)
  const key = readPrivateKeyPem(keyPem)
  if (!key.ok) return key
  if (certificates.includes(null)) return err('certificate-unreadable')
  const fingerprint = publicKeySha256(createPublicKey(key.value))
  // A file may hold the chain too: the merchant's is the one that the key belongs to.
  const certificate = certificates.find((entry) => entry?.publicKeySha256 === fingerprint)
  if (!certificate) return err('pair-mismatch')
  const isOther = certificate.merchantId !== null && certificate.merchantId !== merchantId
  return isOther ? err('merchant-id-other') : ok({ certificate, privateKey: key.value })
}
