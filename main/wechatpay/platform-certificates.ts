import { type KeyObject, X509Certificate } from 'node:crypto'
import { type Result, err, ok } from '../contract/result.ts'
import { open } from './aead.ts'
import { CertificatesReply } from './reply-schemas.ts'

export interface PlatformCertificate {
  readonly serial: string
  readonly key: KeyObject
  /** Epoch milliseconds. */
  readonly validFrom: number
  readonly validUntil: number
}

/**
 * Opens the list of `GET /v3/certificates`. What the API v3 key opens is WeChat Pay's: the key is known to WeChat Pay
 * and the merchant alone, which is why the very first list can be trusted before any certificate is known.
 */
export function openCertificates(
  body: unknown,
  apiV3Key: KeyObject,
): Result<readonly PlatformCertificate[], 'not-a-certificate-list' | 'not-authentic'> {
  const list = CertificatesReply.safeParse(body)
  if (!list.success) return err('not-a-certificate-list')
  const certificates: PlatformCertificate[] = []
  for (const entry of list.data.data) {
    const sealed = entry.encrypt_certificate
    if (sealed.algorithm !== 'AEAD_AES_256_GCM') return err('not-a-certificate-list')
    const opened = open({ ...sealed, associated_data: sealed.associated_data ?? '' }, apiV3Key)
    if (!opened.ok) return opened
    const certificate = parseCertificate(opened.value)
    if (certificate === null || certificate.serial !== entry.serial_no.toUpperCase()) {
      return err('not-a-certificate-list')
    }
    certificates.push(certificate)
  }
  return ok(certificates)
}

function parseCertificate(pem: Uint8Array): PlatformCertificate | null {
  let x509: X509Certificate
  try {
    x509 = new X509Certificate(pem)
  } catch {
    // Authentic bytes that are no certificate: the caller refuses the whole list.
    return null
  }
  return {
    serial: x509.serialNumber.toUpperCase(),
    key: x509.publicKey,
    validFrom: Date.parse(x509.validFrom),
    validUntil: Date.parse(x509.validTo),
  }
}
