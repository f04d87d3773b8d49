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
import { readMerchantZip, type ZipFault } from './merchant-zip.ts'
import { pemBlocks } from './pem-blocks.ts'
import { maxSourceFileBytes, type SourceFile, sourceFileKind, textOf } from './source-file.ts'

/** A merchant certificate and its private key, which were checked to belong together. */
export interface MerchantPair {
  readonly certificate: MerchantCertificate
  readonly privateKey: KeyObject
}

export interface MerchantPairFault {
  readonly code: Extract<
    SetupFault,
    | P12Fault['code']
    | PrivateKeyFault['code']
    | ZipFault['code']
    | 'file-too-large'
    | 'file-too-demanding'
    | 'file-unknown'
    | 'certificate-missing'
    | 'certificate-unreadable'
    | 'key-missing'
    | 'pair-mismatch'
    | 'merchant-id-other'
  >
}

/** Reads files apart from the till, on a thread with a deadline (`main/outside/read-pair.ts`); fails as `readMerchantPair`. */
export type ReadPair = (
  files: readonly SourceFile[],
  merchantId: string,
) => Promise<Result<MerchantPair, MerchantPairFault>>

/** What was found in the files. */
interface Findings {
  readonly certificates: string[]
  readonly keys: string[]
  readonly p12s: Uint8Array[]
}

/** A certificate, its chain and a key are five blocks. */
const maxPemBlocks = 20
/** A real file has two to four kilobytes. */
const maxPemBytes = 262_144

/**
 * Finds a merchant's certificate and key in files of any of these forms: the archive, the two PEM files, or the `.p12`,
 * whose password is the merchant id. PEM is preferred where both are there. The kind of a file is decided by its
 * content, not its name. Fails when a file cannot be read, one of the two is missing, they do not belong together, or
 * belong to another merchant.
 */
export function readMerchantPair(
  files: readonly SourceFile[],
  merchantId: string,
): Result<MerchantPair, MerchantPairFault> {
  const found: Findings = { certificates: [], keys: [], p12s: [] }
  for (const file of files) {
    const read = collect(file, found)
    if (!read.ok) return read
  }
  const [p12] = found.p12s
  if (p12 !== undefined && (found.keys.length === 0 || found.certificates.length === 0)) {
    const opened = readMerchantP12(p12, merchantId)
    if (!opened.ok) return opened
    found.certificates.push(...opened.value.certificatePems)
    found.keys.push(opened.value.privateKeyPem)
  }
  return matchPair(found, merchantId)
}

/** Adds what is in the file to `found`. */
function collect(file: SourceFile, found: Findings): Result<null, MerchantPairFault> {
  if (file.bytes.length > maxSourceFileBytes) return err({ code: 'file-too-large' })
  switch (sourceFileKind(file)) {
    case 'zip': {
      const inside = readMerchantZip(file.bytes)
      if (!inside.ok) return inside
      for (const entry of inside.value) {
        if (sourceFileKind(entry) === 'zip') return err({ code: 'file-unknown' })
        const read = collect(entry, found)
        if (!read.ok) return read
      }
      return ok(null)
    }
    case 'der':
      found.p12s.push(file.bytes)
      return ok(null)
    case 'pem': {
      if (file.bytes.length > maxPemBytes) return err({ code: 'file-too-large' })
      const blocks = pemBlocks(textOf(file.bytes), maxPemBlocks)
      if (blocks === null) return err({ code: 'file-too-demanding' })
      for (const { label, text } of blocks) {
        if (label === 'CERTIFICATE') found.certificates.push(text)
        else if (label.endsWith('PRIVATE KEY')) found.keys.push(text)
      }
      return ok(null)
    }
    default:
      return err({ code: 'file-unknown' })
  }
}

function matchPair(found: Findings, merchantId: string): Result<MerchantPair, MerchantPairFault> {
  const [keyPem] = found.keys
  if (found.certificates.length === 0) return err({ code: 'certificate-missing' })
  if (keyPem === undefined) return err({ code: 'key-missing' })
  const certificates = found.certificates.map(readMerchantCertificate)
  const key = readPrivateKeyPem(keyPem)
  if (!key.ok) return key
  if (certificates.includes(null)) return err({ code: 'certificate-unreadable' })
  const fingerprint = publicKeySha256(createPublicKey(key.value))
  // A file may hold the certificate's chain too: the merchant's certificate is the one that the key belongs to.
  const certificate = certificates.find((entry) => entry?.publicKeySha256 === fingerprint)
  if (!certificate) return err({ code: 'pair-mismatch' })
  const isAnother = certificate.merchantId !== null && certificate.merchantId !== merchantId
  return isAnother ? err({ code: 'merchant-id-other' }) : ok({ certificate, privateKey: key.value })
}
