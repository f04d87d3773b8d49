import { type KeyObject, X509Certificate } from 'node:crypto'
import { type Result, err, ok } from '../contract/result.ts'
import { decrypt } from './aead.ts'
import { CertificatesReply, SealedCertificate } from './reply-schemas.ts'

export interface PlatformCertificate {
  /** As WeChat Pay writes it, in upper case. */
  readonly serial: string
  readonly key: KeyObject
  /** Epoch milliseconds. */
  readonly validFrom: number
  readonly validUntil: number
}

export interface CertificateListFault {
  readonly code:
    | 'not-a-certificate-list'
    /** No entry can be used, and one at least does not decrypt: the API v3 key is wrong. */
    | 'not-authentic'
    | 'nothing-usable'
}

/**
 * Decrypts the list of `GET /v3/certificates`. What the API v3 key decrypts comes from WeChat Pay, as nobody but WeChat
 * Pay and the merchant know the key; so the first list can be trusted before any certificate is known. Entries that
 * cannot be used (another algorithm, not authentic, no certificate, a serial other than the certificate's) are left
 * out.
 */
export function decryptCertificates(
  body: unknown,
  apiV3Key: KeyObject,
): Result<readonly PlatformCertificate[], CertificateListFault> {
  const list = CertificatesReply.safeParse(body)
  if (!list.success) return err({ code: 'not-a-certificate-list' })
  const certificates: PlatformCertificate[] = []
  let hasForged = false
  for (const listed of list.data.data) {
    const entry = SealedCertificate.safeParse(listed)
    if (!entry.success) continue
    const { serial_no: serial, encrypt_certificate: encrypted } = entry.data
    if (encrypted.algorithm !== 'AEAD_AES_256_GCM') continue
    const { associated_data } = encrypted
    const pem = decrypt({ ...encrypted, associated_data: associated_data ?? '' }, apiV3Key)
    if (!pem.ok) {
      hasForged = true
      continue
    }
    const certificate = parseCertificate(serial.toUpperCase(), pem.value)
    if (certificate !== null) certificates.push(certificate)
  }
  if (certificates.length > 0) return ok(certificates)
  return err({ code: hasForged ? 'not-authentic' : 'nothing-usable' })
}

/** The form in which serials are compared: upper case, without leading zeros. */
export function plainSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+(?=.)/, '')
}

function parseCertificate(serial: string, pem: Uint8Array): PlatformCertificate | null {
  try {
    const x509 = new X509Certificate(pem)
    if (plainSerial(x509.serialNumber) !== plainSerial(serial)) return null
    return {
      serial,
      key: x509.publicKey,
      validFrom: Date.parse(x509.validFrom),
      validUntil: Date.parse(x509.validTo),
    }
  } catch {
    // Authentic, but not a certificate, or one whose key this program cannot read.
    return null
  }
}
