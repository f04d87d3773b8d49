import { createHash, type KeyObject, X509Certificate } from 'node:crypto'

/** What a merchant API certificate (商户API证书) says. Nothing in it is secret. */
export interface MerchantCertificate {
  readonly pem: string
  /** Hexadecimal, upper case, as `Authorization` carries it. */
  readonly serial: string
  /** The common name, which is the merchant id in certificates that WeChat Pay issues; `null` in others. */
  readonly merchantId: string | null
  /** Epoch milliseconds. */
  readonly validFrom: number
  readonly validUntil: number
  /** SHA-256 over the public key's SubjectPublicKeyInfo, hexadecimal: which key belongs to it, without the key. */
  readonly publicKeySha256: string
}

/** `null` when `pem` is no certificate. */
export function readMerchantCertificate(pem: string | Uint8Array): MerchantCertificate | null {
  let x509: X509Certificate
  try {
    x509 = new X509Certificate(pem)
  } catch {
    // No certificate: the caller says so in words.
    return null
  }
  const [, merchantId] = /^CN=(\d{6,32})$/m.exec(x509.subject) ?? []
  return {
    pem: x509.toString(),
    // Electron's BoringSSL spells it in lower case, WeChat Pay in upper.
    serial: x509.serialNumber.toUpperCase(),
    merchantId: merchantId ?? null,
    validFrom: Date.parse(x509.validFrom),
    validUntil: Date.parse(x509.validTo),
    publicKeySha256: publicKeySha256(x509.publicKey),
  }
}

/** Of a public key; of a private key derive the public one first. */
export function publicKeySha256(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}
