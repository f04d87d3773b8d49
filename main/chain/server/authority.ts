import { randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import { serverName } from '../names.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const dayMs = 86_400_000
const authorityDays = 20 * 365
const serverDays = 2 * 365
/** A clock of the shop may be behind. */
const leewayMs = 2 * dayMs

/** A certificate and its private key, both PEM. The key never leaves the server's folder. */
export interface KeyedCertificate {
  readonly certificate: string
  readonly privateKey: string
}

/**
 * Makes the authority of one shop. It signs this shop's server and nothing else, so that trusting it is pinning that server, and a
 * certificate can be renewed without a visit to every till. `now`: epoch milliseconds.
 */
export async function createAuthority(now: number): Promise<KeyedCertificate> {
  const { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } =
    await loadX509()
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: newSerial(),
      name: 'CN=Hexiao Till shop authority',
      notBefore: new Date(now - leewayMs),
      notAfter: new Date(now + authorityDays * dayMs),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      ],
    },
    webcrypto,
  )
  return { certificate: certificate.toString('pem'), privateKey: await pemOf(keys.privateKey) }
}

/**
 * Issues a certificate for the shop's server, or for a hub. `names` are DNS names and IP addresses beside the server's own name, by
 * which alone a till knows it.
 */
export async function issueServerCertificate(
  authority: KeyedCertificate,
  now: number,
  names: readonly string[] = [],
): Promise<KeyedCertificate> {
  const {
    BasicConstraintsExtension,
    ExtendedKeyUsage,
    ExtendedKeyUsageExtension,
    KeyUsageFlags,
    KeyUsagesExtension,
    SubjectAlternativeNameExtension,
    X509Certificate,
    X509CertificateGenerator,
  } = await loadX509()
  const issuer = new X509Certificate(authority.certificate)
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: newSerial(),
      subject: `CN=${serverName}`,
      issuer: issuer.subject,
      notBefore: new Date(now - leewayMs),
      notAfter: new Date(now + serverDays * dayMs),
      signingKey: await importKey(authority.privateKey),
      publicKey: keys.publicKey,
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: serverName },
          ...names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
        ]),
      ],
    },
    webcrypto,
  )
  return { certificate: certificate.toString('pem'), privateKey: await pemOf(keys.privateKey) }
}

/** Loaded when a certificate is made, which few starts do. */
async function loadX509() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64')
  const lines = der.match(/.{1,64}/g) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64')
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
}

/** Positive and without a leading zero, so that every tool prints it alike. */
function newSerial(): string {
  const bytes = randomBytes(16)
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f)
  return bytes.toString('hex')
}
