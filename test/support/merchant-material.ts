import 'reflect-metadata'
import { createPrivateKey } from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'
import { zipSync } from 'fflate'
import type { SourceFile } from '../../main/credentials/source-file.ts'

export const merchantId = '1900000109'
const dayMs = 86_400_000

export interface MerchantMaterial {
  readonly certificatePem: string
  readonly keyPem: string
  readonly certificate: SourceFile
  readonly key: SourceFile
}

/** Creates a merchant certificate and key in the files of WeChat Pay's tool, but self-signed. */
export async function createMerchantMaterial(
  of: { bits?: number; commonName?: string; validFrom?: number; validUntil?: number } = {},
): Promise<MerchantMaterial> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: of.bits ?? 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: `4F${crypto.randomUUID().replaceAll('-', '').toUpperCase()}`,
      name: `CN=${of.commonName ?? merchantId}, O=Test, C=CN`,
      notBefore: new Date(of.validFrom ?? Date.now() - dayMs),
      notAfter: new Date(of.validUntil ?? Date.now() + 365 * dayMs),
      signingAlgorithm: algorithm,
      keys,
    },
    crypto,
  )
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const keyPem = key.export({ format: 'pem', type: 'pkcs8' }).toString()
  const certificatePem = certificate.toString('pem')
  return {
    certificatePem,
    keyPem,
    certificate: sourceFile('apiclient_cert.pem', certificatePem),
    key: sourceFile('apiclient_key.pem', keyPem),
  }
}

export function sourceFile(name: string, content: string | Uint8Array): SourceFile {
  return { name, bytes: Buffer.from(content) }
}

export function zipOf(files: readonly SourceFile[]): SourceFile {
  const entries = files.map(({ name, bytes }) => [`1900000109_cert/${name}`, bytes] as const)
  return sourceFile('cert.zip', zipSync(Object.fromEntries(entries)))
}
