import type { CertificateRecord } from './profile.ts'
import { createHash, type KeyObject, X509Certificate } from 'node:crypto'

/** The content of a merchant API certificate (商户API证书). Nothing in it is secret. */
export interface MerchantCertificate {
  readonly pem: string
  /** Hexadecimal, upper case, as `Authorization` carries it. */
  readonly serial: string
  /** From the common name, which is the merchant id in certificates that WeChat Pay issues; `null` in others. */
  readonly merchantId: string | null
  /** Epoch milliseconds. */
  readonly validFrom: number
  readonly validUntil: number
  /** SHA-256 of the public key's SubjectPublicKeyInfo, hexadecimal: tells whether a private key belongs to it. */
  readonly publicKeySha256: string
  /** The public key itself: SubjectPublicKeyInfo, DER, Base64. */
  readonly publicKey: string
}

/** Parses a certificate in PEM; `null` when it is none. */
export function readMerchantCertificate(pem: string | Uint8Array): MerchantCertificate | null {
  try {
    return contentOf(new X509Certificate(pem))
  } catch {
    // Not a certificate, or one whose key cannot be read: that is decoded when it is asked for.
    return null
  }
}

function contentOf(x509: X509Certificate): MerchantCertificate | null {
  const [, merchantId] = /^CN=(\d{6,32})$/m.exec(x509.subject) ?? []
  const validFrom = Date.parse(x509.validFrom)
  const validUntil = Date.parse(x509.validTo)
  if (Number.isNaN(validFrom) || Number.isNaN(validUntil)) return null
  return {
    pem: x509.toString(),
    // Electron's BoringSSL spells it in lower case, WeChat Pay in upper.
    serial: x509.serialNumber.toUpperCase(),
    merchantId: merchantId ?? null,
    validFrom,
    validUntil,
    publicKeySha256: publicKeySha256(x509.publicKey),
    publicKey: encodePublicKey(x509.publicKey),
  }
}

/** The key's SubjectPublicKeyInfo, DER, Base64. Throws on a private key: derive the public one first. */
export function encodePublicKey(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64')
}

/** SHA-256 of the key's SubjectPublicKeyInfo, hexadecimal. Throws on a private key: derive the public one first. */
export function publicKeySha256(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

/** What a profile keeps of a certificate. */
export function recordOf(certificate: MerchantCertificate): CertificateRecord {
  const { serial, validFrom, validUntil, publicKey } = certificate
  const { publicKeySha256: keyDigest } = certificate
  return { serial, validFrom, validUntil, publicKeySha256: keyDigest, publicKey }
}
