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
import { createRemoteSigner } from '../wechatpay/remote-signer.ts'
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
  close(): Promise<void>
}

/** A keychain that failed is not asked again before this: each request would wait for its prompt to time out. */
const failurePauseMs = 10_000

interface Loaded {
  readonly profile: Profile
  readonly credentials: Credentials
  close(): Promise<void>
}

/**
 * The live till's credentials: the profile with the keys from the keychain, parsed once and kept until the profile
 * changes or the next certificate takes over. A request being signed meanwhile keeps the signer it began with; one that
 * waits for a remote signer that is being replaced is settled later, as if the line had dropped.
 */
export function createCredentialSource(options: CredentialSourceOptions): LiveCredentialSource {
  const { profiles, secrets, clock } = options
  let loaded: Loaded | null = null
  let loading: Promise<Result<Credentials, CredentialFault>> | null = null
  let failed: {
    readonly fault: CredentialFault
    readonly of: Profile
    readonly at: number
  } | null = null

  function isInForce(candidate: Loaded, profile: Profile): boolean {
    const { serial } = certificateInForce(profile, clock())
    return candidate.profile === profile && candidate.credentials.serial === serial
  }

  async function load(profile: Profile): Promise<Result<Credentials, CredentialFault>> {
    const result = await loadCredentials(profile, secrets, clock())
    if (!result.ok) {
      failed = { fault: result.error, of: profile, at: clock() }
      return result
    }
    const before = loaded
    loaded = { ...result.value, profile }
    failed = null
    await before?.close()
    return ok(loaded.credentials)
  }

  function isPausing(profile: Profile): boolean {
    if (failed === null || failed.of !== profile) return false
    const since = clock() - failed.at
    return since >= 0 && since < failurePauseMs
  }

  return {
    current() {
      const profile = profiles.get()
      if (profile === null) return Promise.resolve(err('credentials-missing'))
      if (loaded !== null && isInForce(loaded, profile))
        return Promise.resolve(ok(loaded.credentials))
      if (failed !== null && isPausing(profile)) return Promise.resolve(err(failed.fault))
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
    const kept = await readEnrolled(secrets, 'api-v3-key')
    if (!kept.ok) return kept
    apiV3Key = kept.value
  }
  const trust = readTrust({ publicKey: profile.publicKey, apiV3Key })
  if (!trust.ok) return err('credentials-missing')
  const { merchantId, appid } = profile
  const { serial } = certificateInForce(profile, now)
  const credentials = { merchantId, appid, serial, signer: signer.value.signer, trust: trust.value }
  return ok({ credentials, close: signer.value.close })
}

/** What signs under this profile now. */
export async function loadSigner(
  { signing, merchantId }: Profile,
  secrets: SecretStore,
  now: number,
): Promise<Result<{ signer: Signer; close: () => Promise<void> }, CredentialFault>> {
  if (signing.kind === 'remote') {
    const key = await readEnrolled(secrets, 'remote-signer-key')
    if (!key.ok) return key
    const { serial } = signing.certificate
    const remote = createRemoteSigner({
      ...signing.signer,
      merchantId,
      serial,
      clientKeyPem: key.value,
    })
    return ok({ signer: remote, close: () => remote.close() })
  }
  const pair = pairInForce(signing, now)
  const kept = await readEnrolled(secrets, pair.keptAs)
  if (!kept.ok) return kept
  const key = decodePrivateKey(kept.value)
  if (!key.ok) return err('credentials-missing')
  // Somebody else's key in this place would sign requests that are all refused.
  if (publicKeySha256(createPublicKey(key.value)) !== pair.publicKeySha256)
    return err('credentials-missing')
  return ok({ signer: createLocalSigner(key.value), close: async () => undefined })
}

/** A secret that the profile says was set. "Nothing there" is believed only of a keychain that works. */
export async function readEnrolled(
  secrets: SecretStore,
  name: SecretName,
): Promise<Result<string, CredentialFault>> {
  const kept = await secrets.read(name)
  if (!kept.ok) return err(credentialFault(kept.error))
  if (kept.value !== null) return ok(kept.value)
  const probed = await secrets.probe()
  return err(probed.ok ? 'credentials-missing' : credentialFault(probed.error))
}

function credentialFault({ code }: SecretFault): CredentialFault {
  if (code === 'locked') return 'keychain-locked'
  return code === 'damaged' ? 'credentials-missing' : 'keychain-unavailable'
}
