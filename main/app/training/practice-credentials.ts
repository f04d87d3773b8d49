import { createPublicKey, X509Certificate } from 'node:crypto'
import { err, ok, type Result } from '../../contract/result.ts'
import type { SecretFault, SecretStore } from '../../keychain/secret-store.ts'
import type { ControlClient } from '../../training/control-client.ts'
import { createPracticeKeys } from '../../training/practice-keys.ts'
import type { Credentials } from '../../wechatpay/credentials.ts'
import { createLocalSigner } from '../../wechatpay/local-signer.ts'

interface PracticePair {
  readonly privateKeyPem: string
  readonly certificatePem: string
}

export interface Enrolled {
  readonly credentials: Credentials
  readonly origin: string
  readonly network: 'up' | 'cut'
}

/**
 * A practice merchant's credentials: key pair from the keychain (made at first run), enrolled with the stand-in, which
 * from then on checks every request against the certificate.
 */
export async function enrolPracticeMerchant(
  secrets: SecretStore,
  control: ControlClient,
): Promise<Result<Enrolled, SecretFault>> {
  const pair = await readOrCreatePair(secrets)
  if (!pair.ok) return pair
  const { certificatePem, privateKeyPem } = pair.value
  const enrolment = await control.enrol({ certificatePem })
  return ok({
    origin: enrolment.origin,
    network: enrolment.network,
    credentials: {
      merchantId: enrolment.mchid,
      appid: enrolment.appid,
      // Electron's BoringSSL spells it in lower case, WeChat Pay in upper.
      serial: new X509Certificate(certificatePem).serialNumber.toUpperCase(),
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
    // The key first: a certificate without its key is made anew at the next start.
    const written = await secrets.write(name, value)
    if (!written.ok) return err(written.error)
  }
  return ok(fresh)
}
