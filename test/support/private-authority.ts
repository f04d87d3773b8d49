import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { TlsIdentity } from './loopback-servers.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const hourMs = 3_600_000

/** A certificate authority of a chain of shops, for its servers and tills. */
export interface PrivateAuthority {
  readonly certificatePem: string
  /** Issues a certificate. `names`: DNS names of a server; none for a till. */
  issue(commonName: string, names?: readonly string[]): Promise<TlsIdentity>
}

export async function createPrivateAuthority(commonName: string): Promise<PrivateAuthority> {
  const keys = await newKeys()
  const validity = {
    notBefore: new Date(Date.now() - hourMs),
    notAfter: new Date(Date.now() + hourMs),
    signingAlgorithm: algorithm,
  }
  const name = `CN=${commonName}`
  const authority = await X509CertificateGenerator.createSelfSigned(
    { ...validity, name, keys, extensions: [new BasicConstraintsExtension(true, 1, true)] },
    crypto,
  )
  return {
    certificatePem: authority.toString('pem'),
    async issue(subject, names = []) {
      const own = await newKeys()
      const alternative = names.map((value) => ({ type: 'dns' as const, value }))
      const certificate = await X509CertificateGenerator.create(
        {
          ...validity,
          subject: `CN=${subject}`,
          issuer: name,
          publicKey: own.publicKey,
          signingKey: keys.privateKey,
          extensions: [
            new BasicConstraintsExtension(false, undefined, true),
            ...(names.length > 0 ? [new SubjectAlternativeNameExtension(alternative)] : []),
          ],
        },
        crypto,
      )
      const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', own.privateKey))
      const keyPem = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`
      return { certificatePem: certificate.toString('pem'), keyPem }
    },
  }
}

function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}
