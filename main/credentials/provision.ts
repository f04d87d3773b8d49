import { createSecureContext } from 'node:tls'
import { err, ok, type Result } from '../contract/result.ts'
import type { SetupFault } from '../contract/setup.ts'
import type { SecretFault, SecretName, SecretStore } from '../keychain/secret-store.ts'
import { readMerchantCertificate } from './merchant-certificate.ts'
import { type MaterialFault, type MerchantPair, readMerchantPair } from './merchant-pair.ts'
import { encodePrivateKey } from './merchant-private-key.ts'
import {
  type KeptCertificate,
  type KeySlot,
  pairInForce,
  type Profile,
  type ProxySetting,
  type RemoteSignerSettings,
} from './profile.ts'
import type { ProfileStore } from './profile-store.ts'
import type { SourceFile } from './source-file.ts'
import { checkApiV3Key, checkPublicKey } from './verification-keys.ts'

/** Everything that makes a till a live one. Shapes are checked by the caller's schema; contents here. */
export interface Provisioning {
  readonly merchantId: string
  readonly appid: string
  readonly tillId: string
  readonly signing:
    | { readonly kind: 'files'; readonly files: readonly SourceFile[] }
    | {
        readonly kind: 'remote'
        readonly certificatePem: string
        readonly signer: RemoteSignerSettings
        readonly clientKeyPem: string
      }
    /** What signs now goes on signing, with whatever has been staged. */
    | { readonly kind: 'kept' }
  readonly publicKey: { readonly id: string; readonly pem: string } | null
  readonly apiV3Key: string | null
  readonly hosts: readonly string[]
  readonly proxy: ProxySetting
}

export interface ProvisionPlace {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  /** What waits to be settled under the profile in force. */
  readonly queueCounts: () => { readonly waiting: number; readonly review: number }
  /** Epoch milliseconds. */
  readonly clock: () => number
}

/** Checks everything, then writes the secrets, then the profile: a profile never names a secret that is not there. */
export async function provision(
  given: Provisioning,
  place: ProvisionPlace,
): Promise<Result<Profile, SetupFault>> {
  const { profiles, secrets, clock } = place
  if (hasOthersWaiting(given, place)) return err('other-merchant-while-waiting')
  const trust = checkTrust(given)
  if (!trust.ok) return trust
  const prepared = prepareSigning(given, profiles.get(), clock())
  if (!prepared.ok) return prepared
  const { signing, secret } = prepared.value
  const { apiV3Key, publicKey } = trust.value

  const probed = await secrets.probe()
  if (!probed.ok) return err(keychainFault(probed.error))
  const toWrite: (readonly [SecretName, string])[] = secret === null ? [] : [secret]
  if (apiV3Key !== null) toWrite.push(['api-v3-key', apiV3Key])
  for (const [name, value] of toWrite) {
    const written = await secrets.write(name, value)
    if (!written.ok) return err(keychainFault(written.error))
  }
  const { merchantId, appid, tillId, proxy } = given
  const hosts = [...given.hosts]
  const profile: Profile = {
    version: 1,
    merchantId,
    appid,
    tillId,
    signing,
    publicKey,
    hasApiV3Key: apiV3Key !== null,
    hosts,
    proxy,
  }
  profiles.set(profile)
  await removeUnused(profile, secrets)
  return ok(profile)
}

/** Lays the next merchant certificate beside the current one; it takes over by itself (`pairInForce`). */
export async function stageNextPair(
  files: readonly SourceFile[],
  { profiles, secrets, clock }: ProvisionPlace,
): Promise<Result<Profile, SetupFault>> {
  const profile = profiles.get()
  if (profile === null || profile.signing.kind !== 'keychain') return err('not-provisioned')
  const pair = readMerchantPair(files, profile.merchantId)
  if (!pair.ok) return pair
  const { certificate, privateKey } = pair.value
  if (certificate.validUntil <= clock()) return err('certificate-expired')
  // What is in force stays; what was staged before and has not taken over is replaced.
  const current = pairInForce(profile.signing, clock())
  if (current.serial === certificate.serial) return err('same-certificate')
  const keptAs = otherSlot(current.keptAs)
  const written = await secrets.write(keptAs, encodePrivateKey(privateKey))
  if (!written.ok) return err(keychainFault(written.error))
  const next = { ...kept(certificate), keptAs }
  const staged: Profile = { ...profile, signing: { kind: 'keychain', current, next } }
  profiles.set(staged)
  return ok(staged)
}

/** What `provision` would refuse, without writing anything. */
export function checkProvisioning(given: Provisioning, place: ProvisionPlace): SetupFault | null {
  if (hasOthersWaiting(given, place)) return 'other-merchant-while-waiting'
  const trust = checkTrust(given)
  if (!trust.ok) return trust.error
  const prepared = prepareSigning(given, place.profiles.get(), place.clock())
  return prepared.ok ? null : prepared.error
}

/** What waits was recorded for one merchant and appid: signed by another, each would be refused, or worse. */
export function hasOthersWaiting(
  { merchantId, appid }: Pick<Provisioning, 'merchantId' | 'appid'>,
  { profiles, queueCounts }: ProvisionPlace,
): boolean {
  const before = profiles.get()
  if (before === null || (before.merchantId === merchantId && before.appid === appid)) return false
  const { waiting, review } = queueCounts()
  return waiting + review > 0
}

export function checkTrust(
  given: Pick<Provisioning, 'publicKey' | 'apiV3Key'>,
): Result<Pick<Provisioning, 'publicKey' | 'apiV3Key'>, SetupFault> {
  if (given.publicKey === null && given.apiV3Key === null) return err('nothing-to-verify-with')
  const publicKey = given.publicKey === null ? ok(null) : checkPublicKey(given.publicKey)
  if (!publicKey.ok) return publicKey
  const apiV3Key = given.apiV3Key === null ? ok(null) : checkApiV3Key(given.apiV3Key)
  if (!apiV3Key.ok) return apiV3Key
  return ok({ publicKey: publicKey.value, apiV3Key: apiV3Key.value })
}

interface PreparedSigning {
  readonly signing: Profile['signing']
  /** `null` where the keychain has it already. */
  readonly secret: readonly [KeySlot | 'remote-signer-key', string] | null
}

function prepareSigning(
  { signing, merchantId }: Provisioning,
  before: Profile | null,
  now: number,
): Result<PreparedSigning, SetupFault> {
  if (signing.kind === 'kept') {
    if (before === null) return err('certificate-missing')
    if (before.merchantId !== merchantId) return err('merchant-id-other')
    return ok({ signing: before.signing, secret: null })
  }
  if (signing.kind === 'files') {
    const pair: Result<MerchantPair, MaterialFault> = readMerchantPair(signing.files, merchantId)
    if (!pair.ok) return pair
    const { certificate, privateKey } = pair.value
    if (certificate.validUntil <= now) return err('certificate-expired')
    // Not over the key in use: until the profile is written, the old one must go on working.
    const inUse = before?.signing.kind === 'keychain' ? pairInForce(before.signing, now) : null
    const keptAs = inUse === null ? 'merchant-private-key' : otherSlot(inUse.keptAs)
    return ok({
      signing: { kind: 'keychain', current: { ...kept(certificate), keptAs }, next: null },
      secret: [keptAs, encodePrivateKey(privateKey)],
    })
  }
  const certificate = readMerchantCertificate(signing.certificatePem)
  if (certificate === null) return err('certificate-unreadable')
  if (certificate.validUntil <= now) return err('certificate-expired')
  if (certificate.merchantId !== null && certificate.merchantId !== merchantId)
    return err('merchant-id-other')
  const { signer, clientKeyPem } = signing
  try {
    const { clientCertificatePem: cert, authoritiesPem: ca } = signer
    createSecureContext({ cert, key: clientKeyPem, ca })
  } catch {
    // Not PEM, or a key that does not belong to the certificate.
    return err('remote-signer-unreadable')
  }
  return ok({
    signing: { kind: 'remote', certificate: kept(certificate), signer },
    secret: ['remote-signer-key', clientKeyPem],
  })
}

function kept(certificate: KeptCertificate): KeptCertificate {
  const { serial, validFrom, validUntil, publicKeySha256 } = certificate
  return { serial, validFrom, validUntil, publicKeySha256 }
}

function otherSlot(slot: KeySlot): KeySlot {
  return slot === 'merchant-private-key' ? 'merchant-private-key-b' : 'merchant-private-key'
}

/** What the profile no longer names. A failure leaves a secret behind in the keychain, where it is safe. */
async function removeUnused(profile: Profile, secrets: SecretStore): Promise<void> {
  const { signing, hasApiV3Key } = profile
  const named: string[] =
    signing.kind === 'remote'
      ? ['remote-signer-key']
      : [signing.current.keptAs, ...(signing.next === null ? [] : [signing.next.keptAs])]
  if (hasApiV3Key) named.push('api-v3-key')
  for (const name of [
    'merchant-private-key',
    'merchant-private-key-b',
    'remote-signer-key',
    'api-v3-key',
  ] as const) {
    if (!named.includes(name)) await secrets.remove(name)
  }
}

function keychainFault({ code }: SecretFault): SetupFault {
  return `keychain-${code}`
}
