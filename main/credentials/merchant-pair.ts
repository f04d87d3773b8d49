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
  /** Which of the files hold this very key, by their places in the list. */
  readonly keyIn: readonly number[]
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
  readonly keys: FoundKey[]
  readonly p12s: { readonly bytes: Uint8Array; readonly file: number }[]
}

interface FoundKey {
  readonly pem: string
  /** The place of the file in the list. */
  readonly file: number
}

/** A certificate, its chain and a key are five blocks. */
const maxPemBlocks = 20
/** A real file has two to four kilobytes. */
const maxPemBytes = 262_144

/**
 * Finds a merchant's certificate and key in files of any of these forms: the archive, the two PEM files, or the `.p12`,
 * whose password is the merchant id. PEM is preferred where both are there. The kind of a file is decided by its
 * content, not its name. Fails when a file cannot be read, one of the two is missing, they do not belong together, or
 * belong to another merchant. Of several pairs, the one that is valid longest counts.
 */
export function readMerchantPair(
  files: readonly SourceFile[],
  merchantId: string,
): Result<MerchantPair, MerchantPairFault> {
  const found: Findings = { certificates: [], keys: [], p12s: [] }
  for (const [at, file] of files.entries()) {
    const read = collect(file, at, found)
    if (!read.ok) return read
  }
  const isNeeded = found.keys.length === 0 || found.certificates.length === 0
  for (const { bytes, file } of found.p12s) {
    const opened = readMerchantP12(bytes, merchantId)
    // Beside the two PEM files it is opened only to know whether it holds the same key.
    if (!opened.ok && !isNeeded) continue
    if (!opened.ok) return opened
    found.certificates.push(...opened.value.certificatePems)
    found.keys.push({ pem: opened.value.privateKeyPem, file })
  }
  return matchPair(found, merchantId)
}

/** Adds what is in the file to `found`. `at`: the place in the list of the file, or of the archive that it is in. */
function collect(file: SourceFile, at: number, found: Findings): Result<null, MerchantPairFault> {
  if (file.bytes.length > maxSourceFileBytes) return err({ code: 'file-too-large' })
  switch (sourceFileKind(file)) {
    case 'zip': {
      const inside = readMerchantZip(file.bytes)
      if (!inside.ok) return inside
      for (const entry of inside.value) {
        if (sourceFileKind(entry) === 'zip') return err({ code: 'file-unknown' })
        const read = collect(entry, at, found)
        if (!read.ok) return read
      }
      return ok(null)
    }
    case 'der':
      found.p12s.push({ bytes: file.bytes, file: at })
      return ok(null)
    case 'pem': {
      if (file.bytes.length > maxPemBytes) return err({ code: 'file-too-large' })
      const blocks = pemBlocks(textOf(file.bytes), maxPemBlocks)
      if (blocks === null) return err({ code: 'file-too-demanding' })
      for (const { label, text } of blocks) {
        if (label === 'CERTIFICATE') found.certificates.push(text)
        else if (label.endsWith('PRIVATE KEY')) found.keys.push({ pem: text, file: at })
      }
      return ok(null)
    }
    default:
      return err({ code: 'file-unknown' })
  }
}

function matchPair(found: Findings, merchantId: string): Result<MerchantPair, MerchantPairFault> {
  if (found.certificates.length === 0) return err({ code: 'certificate-missing' })
  if (found.keys.length === 0) return err({ code: 'key-missing' })
  const certificates = found.certificates.map(readMerchantCertificate)
  const keys: { readonly key: KeyObject; readonly sha256: string; readonly file: number }[] = []
  for (const { pem, file } of found.keys) {
    const key = readPrivateKeyPem(pem)
    if (!key.ok) return key
    keys.push({ key: key.value, sha256: publicKeySha256(createPublicKey(key.value)), file })
  }
  if (certificates.includes(null)) return err({ code: 'certificate-unreadable' })
  // A file may hold the certificate's chain too: the merchant's certificate is one that a key belongs to.
  const [best] = certificates
    .flatMap((certificate) => {
      const own = keys.find(({ sha256 }) => sha256 === certificate?.publicKeySha256)
      return certificate && own ? [{ certificate, ...own }] : []
    })
    .toSorted((a, b) => b.certificate.validUntil - a.certificate.validUntil)
  if (best === undefined) return err({ code: 'pair-mismatch' })
  const { certificate, key: privateKey, sha256 } = best
  if (certificate.merchantId !== null && certificate.merchantId !== merchantId)
    return err({ code: 'merchant-id-other' })
  const keyIn = keys.filter((one) => one.sha256 === sha256).map(({ file }) => file)
  return ok({ certificate, privateKey, keyIn: [...new Set(keyIn)] })
}
