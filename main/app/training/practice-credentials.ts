import { createPublicKey, X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '../../contract/result.ts'
import { encodePublicKey } from '../../credentials/merchant-certificate.ts'
import type { SecretFault, SecretStore } from '../../keychain/secret-store.ts'
import type { ControlClient } from '../../training/control-client.ts'
import { createPracticeKeys } from '../../training/practice-keys.ts'
import type { Credentials } from '../../wechatpay/credentials.ts'
import { createLocalSigner } from '../../wechatpay/local-signer.ts'

interface PracticePair {
  readonly privateKeyPem: string
  readonly certificatePem: string
}

export interface PracticeMerchant {
  readonly credentials: Credentials
  /** Where the stand-in serves WeChat Pay's API. */
  readonly origin: string
  /** Whether the stand-in can be reached. */
  readonly network: 'up' | 'cut'
  /** Of the practice certificate: SubjectPublicKeyInfo, DER, Base64. */
  readonly publicKey: string
}

/**
 * Enrols a practice merchant with the stand-in, which then checks requests against its certificate, and returns the
 * merchant's credentials. The key pair is read from `secrets`, or created there. Fails when `secrets` does.
 */
export async function enrolPracticeMerchant(
  secrets: SecretStore,
  control: ControlClient,
): Promise<Result<PracticeMerchant, SecretFault>> {
  const pair = await readOrCreatePair(secrets)
  if (!pair.ok) return pair
  const { certificatePem, privateKeyPem } = pair.value
  const enrolment = await control.enrol({ certificatePem })
  const certificate = new X509Certificate(certificatePem)
  return ok({
    origin: enrolment.origin,
    network: enrolment.network,
    publicKey: encodePublicKey(certificate.publicKey),
    credentials: {
      merchantId: enrolment.mchid,
      appid: enrolment.appid,
      // WeChat Pay writes serials in upper case, Electron's BoringSSL in lower.
      serial: certificate.serialNumber.toUpperCase(),
      signer: createLocalSigner(privateKeyPem),
      trust: {
        publicKey: { id: enrolment.publicKeyId, key: createPublicKey(enrolment.publicKeyPem) },
        apiV3Key: null,
      },
    },
  })
}

async function readOrCreatePair(secrets: SecretStore): Promise<Result<PracticePair, SecretFault>> {
  const privateKeyPem = await secrets.read('merchant-private-key')
  if (!privateKeyPem.ok) return privateKeyPem
  const certificatePem = await secrets.read('merchant-certificate')
  if (!certificatePem.ok) return certificatePem
  if (privateKeyPem.value !== null && certificatePem.value !== null)
    return ok({ privateKeyPem: privateKeyPem.value, certificatePem: certificatePem.value })

  const fresh = await createPracticeKeys()
  for (const [name, value] of [
    ['merchant-private-key', fresh.privateKeyPem],
    ['merchant-certificate', fresh.certificatePem],
  ] as const) {
    // The key first, so that a certificate is never there without it. If this ends in between, both are created anew.
    const written = await secrets.write(name, value)
    if (!written.ok) return err(written.error)
  }
  return ok(fresh)
}
