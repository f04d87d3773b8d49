import { err, ok, type Result } from '../../contract/result.ts'
import type { ConnectionReport } from '../../contract/setup.ts'
import { testConnection } from '../../credentials/connection-test.ts'
import { loadSigner } from '../../credentials/credential-source.ts'
import type { ReadPair } from '../../credentials/merchant-pair.ts'
import { certificateInForce, type Profile } from '../../credentials/profile.ts'
import type { ProvisionFault, Provisioning } from '../../credentials/provision.ts'
import type { SecretStore } from '../../keychain/secret-store.ts'
import type { Signer } from '../../wechatpay/credentials.ts'
import { createLocalSigner } from '../../wechatpay/local-signer.ts'
import { readTrust } from '../../wechatpay/merchant-credentials.ts'
import { createLiveGateway, type LiveNetwork, nothingKept } from './live-gateway.ts'
import type { LivePlace } from './live-place.ts'

const testPatienceMs = 15_000

/**
 * Tests the connection to WeChat Pay under settings that have not been saved; their keys are in memory alone. Fails
 * when the keys cannot be read; a connection that does not work is reported.
 */
export async function testUnsavedSetup(
  given: Provisioning,
  { profiles, secrets, readPair, clock }: LivePlace,
  network: LiveNetwork,
): Promise<Result<ConnectionReport, ProvisionFault>> {
  const { merchantId, appid, hosts, proxy, authorities } = given
  const trust = readTrust({ publicKey: given.publicKey, apiV3Key: given.apiV3Key?.trim() ?? null })
  if (!trust.ok) return err({ code: 'nothing-to-verify-with' })
  const signing = await signingOf(given, profiles.get(), { secrets, readPair }, clock())
  if (!signing.ok) return signing
  const { serial, signer } = signing.value
  const credentials = { merchantId, appid, serial, signer, trust: trust.value }
  const source = { current: async () => ok(credentials) }
  const way = { hosts: [...hosts], proxy, authorities }
  const gateway = createLiveGateway(way, source, network, nothingKept)
  try {
    const patience = AbortSignal.timeout(testPatienceMs)
    return ok(await testConnection(gateway, { trust: trust.value, appid }, patience))
  } finally {
    await gateway.close()
    await signing.value.close()
  }
}

async function signingOf(
  { signing, merchantId }: Provisioning,
  profile: Profile | null,
  { secrets, readPair }: { readonly secrets: SecretStore; readonly readPair: ReadPair },
  now: number,
): Promise<Result<{ serial: string; signer: Signer; close: () => Promise<void> }, ProvisionFault>> {
  if (signing.kind === 'kept') {
    if (profile === null) return err({ code: 'certificate-missing' })
    const loaded = await loadSigner(profile, secrets, now)
    if (!loaded.ok) {
      const { code } = loaded.error
      return err({ code: code === 'credentials-missing' ? 'key-missing' : code })
    }
    return ok({ serial: certificateInForce(profile, now).serial, ...loaded.value })
  }
  const pair = await readPair(signing.kind === 'files' ? signing.files : [], merchantId)
  if (!pair.ok) return pair
  const { certificate, privateKey } = pair.value
  const signer = createLocalSigner(privateKey)
  return ok({ serial: certificate.serial, signer, close: async () => undefined })
}
