import { type KeyObject, createPrivateKey, randomBytes, webcrypto } from 'node:crypto'

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

export interface IssuedCertificate {
  readonly serial: string
  readonly certificatePem: string
  readonly privateKeyPem: string
}

/** Creates an RSA-2048 key pair and a self-signed certificate for it. Instants are in epoch milliseconds. */
export async function issueCertificate(of: {
  commonName: string
  validFrom: number
  validUntil: number
}): Promise<IssuedCertificate> {
  // Loaded when a certificate is made, which a start after the first one does not.
  await import('reflect-metadata')
  const { BasicConstraintsExtension, X509CertificateGenerator } = await import('@peculiar/x509')
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const serial = newSerial()
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial,
      name: `CN=${of.commonName}, O=Hexiao Till training`,
      notBefore: new Date(of.validFrom),
      notAfter: new Date(of.validUntil),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new BasicConstraintsExtension(false, undefined, true)],
    },
    webcrypto,
  )
  const key: KeyObject = createPrivateKey({
    key: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
    format: 'der',
    type: 'pkcs8',
  })
  return {
    serial,
    certificatePem: `${certificate.toString('pem')}\n`,
    privateKeyPem: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

/**
 * 40 hexadecimal digits, as WeChat Pay's have. Positive and without a leading zero, so that every tool prints it alike.
 */
function newSerial(): string {
  const bytes = randomBytes(20)
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f)
  return bytes.toString('hex').toUpperCase()
}
