import { createPublicKey } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'
import type { SecretFault, SecretName, SecretStore } from '../keychain/secret-store.ts'
import type {
  CredentialFault,
  Credentials,
  CredentialSource,
  Signer,
} from '../wechatpay/credentials.ts'
import { createLocalSigner } from '../wechatpay/local-signer.ts'
import { readTrust } from '../wechatpay/merchant-credentials.ts'
import { publicKeySha256 } from './merchant-certificate.ts'
import { decodePrivateKey } from './merchant-private-key.ts'
import { certificateInForce, pairInForce, type Profile } from './profile.ts'
import type { ProfileStore } from './profile-store.ts'

interface CredentialSourceOptions {
  readonly profiles: Pick<ProfileStore, 'get'>
  readonly secrets: SecretStore
  /** Epoch milliseconds. */
  readonly clock: () => number
}

export interface LiveCredentialSource extends CredentialSource {
  /** Closes the connection to a remote signer, if there is one. */
  close(): Promise<void>
}

/** For so long after a failure the keychain is not asked again: every request would wait until its prompt times out. */
const failurePauseMs = 10_000

interface Loaded {
  readonly profile: Profile
  readonly credentials: Credentials
  close(): Promise<void>
}

/**
 * The live till's credentials: the profile with the keys from the keychain, parsed once and kept until the profile
 * changes or the next certificate takes over. A request that is being signed then keeps its signer. If that is a remote
 * one it fails as unreachable, and the request is settled later like any that met a dead line.
 */
export function createCredentialSource(options: CredentialSourceOptions): LiveCredentialSource {
  const { profiles, secrets, clock } = options
  let loaded: Loaded | null = null
  let loading: Promise<Result<Credentials, CredentialFault>> | null = null
  let failed: {
    readonly fault: CredentialFault
    readonly profile: Profile
    readonly at: number
  } | null = null

  function isCurrent(candidate: Loaded, profile: Profile): boolean {
    const { serial } = certificateInForce(profile, clock())
    return candidate.profile === profile && candidate.credentials.serial === serial
  }

  async function load(profile: Profile): Promise<Result<Credentials, CredentialFault>> {
    const result = await loadCredentials(profile, secrets, clock())
    if (!result.ok) {
      failed = { fault: result.error, profile, at: clock() }
      return result
    }
    const before = loaded
    loaded = { ...result.value, profile }
    failed = null
    await before?.close()
    return ok(loaded.credentials)
  }

  /** Whether the keychain failed for this profile a moment ago. */
  function hasJustFailed(profile: Profile): boolean {
    if (failed === null || failed.profile !== profile) return false
    const since = clock() - failed.at
    return since >= 0 && since < failurePauseMs
  }

  return {
    current() {
      const profile = profiles.get()
      if (profile === null) return Promise.resolve(err({ code: 'credentials-missing' }))
      if (loaded !== null && isCurrent(loaded, profile))
        return Promise.resolve(ok(loaded.credentials))
      if (failed !== null && hasJustFailed(profile)) return Promise.resolve(err(failed.fault))
      loading ??= load(profile).finally(() => {
        loading = null
      })
      return loading
    },
    close: async () => loaded?.close(),
  }
}

async function loadCredentials(
  profile: Profile,
  secrets: SecretStore,
  now: number,
): Promise<Result<Pick<Loaded, 'credentials' | 'close'>, CredentialFault>> {
  const signer = await loadSigner(profile, secrets, now)
  if (!signer.ok) return signer
  let apiV3Key: string | null = null
  if (profile.hasApiV3Key) {
    const stored = await readStoredSecret(secrets, 'api-v3-key')
    if (!stored.ok) return stored
    apiV3Key = stored.value
  }
  const trust = readTrust({ publicKey: profile.publicKey, apiV3Key })
  if (!trust.ok) return err({ code: 'credentials-missing' })
  const { merchantId, appid } = profile
  const { serial } = certificateInForce(profile, now)
  const credentials = { merchantId, appid, serial, signer: signer.value.signer, trust: trust.value }
  return ok({ credentials, close: signer.value.close })
}

/** The signer of the certificate that this profile has in force at `now`, epoch milliseconds. Callers must close it. */
export async function loadSigner(
  { signing, merchantId }: Profile,
  secrets: SecretStore,
  now: number,
): Promise<Result<{ signer: Signer; close: () => Promise<void> }, CredentialFault>> {
  if (signing.kind === 'remote') {
    const key = await readStoredSecret(secrets, 'remote-signer-key')
    if (!key.ok) return key
    const { serial } = signing.certificate
    // Loaded with an HTTP client of its own, which a till with its own key does not need.
    const { createRemoteSigner } = await import('../wechatpay/remote-signer.ts')
    const remote = createRemoteSigner({
      ...signing.signer,
      merchantId,
      serial,
      clientKeyPem: key.value,
    })
    return ok({ signer: remote, close: () => remote.close() })
  }
  const pair = pairInForce(signing, now)
  const stored = await readStoredSecret(secrets, pair.keptAs)
  if (!stored.ok) return stored
  const key = decodePrivateKey(stored.value)
  if (!key.ok) return err({ code: 'credentials-missing' })
  // Requests signed with a key of another certificate would all be refused.
  if (publicKeySha256(createPublicKey(key.value)) !== pair.publicKeySha256)
    return err({ code: 'credentials-missing' })
  return ok({ signer: createLocalSigner(key.value), close: async () => undefined })
}

/**
 * Reads a secret that was stored when the till was set up. Fails as `credentials-missing` where it is gone, but
 * only when the keychain passes its probe, because a locked one may return nothing too.
 */
export async function readStoredSecret(
  secrets: SecretStore,
  name: SecretName,
): Promise<Result<string, CredentialFault>> {
  const stored = await secrets.read(name)
  if (!stored.ok) return err(credentialFault(stored.error))
  if (stored.value !== null) return ok(stored.value)
  const probed = await secrets.probe()
  return err(probed.ok ? { code: 'credentials-missing' } : credentialFault(probed.error))
}

function credentialFault({ code }: SecretFault): CredentialFault {
  if (code === 'locked') return { code: 'keychain-locked' }
  return { code: code === 'damaged' ? 'credentials-missing' : 'keychain-unavailable' }
}
