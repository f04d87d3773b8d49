import { type KeyObject, X509Certificate } from 'node:crypto'
import { type Result, err, ok } from '../contract/result.ts'
import { open } from './aead.ts'
import { CertificatesReply, SealedCertificate } from './reply-schemas.ts'

export interface PlatformCertificate {
  /** As WeChat Pay names it. */
  readonly serial: string
  readonly key: KeyObject
  /** Epoch milliseconds. */
  readonly validFrom: number
  readonly validUntil: number
}

export type ListFault = 'not-a-certificate-list' | 'not-authentic' | 'nothing-usable'

/**
 * Opens the list of `GET /v3/certificates`. What the API v3 key opens is WeChat Pay's: the key is known to WeChat Pay
 * and the merchant alone, which is why the very first list can be trusted before any certificate is known. An entry that
 * cannot be used (another algorithm, not authentic, no certificate, not the one that it is said to be) is left out.
 */
export function openCertificates(
  body: unknown,
  apiV3Key: KeyObject,
): Result<readonly PlatformCertificate[], ListFault> {
  const list = CertificatesReply.safeParse(body)
  if (!list.success) return err('not-a-certificate-list')
  const certificates: PlatformCertificate[] = []
  let isForged = false
  for (const listed of list.data.data) {
    const entry = SealedCertificate.safeParse(listed)
    if (!entry.success) continue
    const { serial_no: serial, encrypt_certificate: sealed } = entry.data
    if (sealed.algorithm !== 'AEAD_AES_256_GCM') continue
    const opened = open({ ...sealed, associated_data: sealed.associated_data ?? '' }, apiV3Key)
    if (!opened.ok) {
      isForged = true
      continue
    }
    const certificate = parseCertificate(serial.toUpperCase(), opened.value)
    if (certificate !== null) certificates.push(certificate)
  }
  if (certificates.length > 0) return ok(certificates)
  return err(isForged ? 'not-authentic' : 'nothing-usable')
}

/** The same number, however many zeros are written before it. */
export function plainSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+(?=.)/, '')
}

function parseCertificate(serial: string, pem: Uint8Array): PlatformCertificate | null {
  let x509: X509Certificate
  try {
    x509 = new X509Certificate(pem)
  } catch {
    // Authentic bytes that are no certificate.
    return null
  }
  if (plainSerial(x509.serialNumber) !== plainSerial(serial)) return null
  return {
    serial,
    key: x509.publicKey,
    validFrom: Date.parse(x509.validFrom),
    validUntil: Date.parse(x509.validTo),
  }
}
