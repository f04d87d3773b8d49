/*
 * credentials/ reads, checks, stores and tests what a live till signs and verifies with: certificates, keys and the
 * profile that names them. It builds on keychain/ and wechatpay/, and knows no window, no coupon and no Electron.
 */

import type { AnchorKeeper } from '../anchor/anchor-keeper.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { SetupFault } from '../contract/setup.ts'
import type { SecretFault, SecretName, SecretStore } from '../keychain/secret-store.ts'
import { readMerchantCertificate, recordOf } from './merchant-certificate.ts'
import type { ReadPair } from './merchant-pair.ts'
import { encodePrivateKey } from './merchant-private-key.ts'
import {
  earlierAfter,
  KeySlot,
  pairInForce,
  replaceRecord,
  type Profile,
  type ProxySetting,
  type AuthoritiesSetting,
  type RemoteSignerSettings,
} from './profile.ts'
import type { ProfileStore } from './profile-store.ts'
import type { SourceFile } from './source-file.ts'
import { checkApiV3Key, checkPublicKey } from './verification-keys.ts'

/** Everything that a live till needs. Shapes were checked by the caller's schema; contents are checked here. */
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
    /** The certificate in use stays, and with it the next one if one is staged. */
    | { readonly kind: 'kept' }
  readonly publicKey: { readonly id: string; readonly pem: string } | null
  /** At least one of `publicKey` and `apiV3Key` must be given. */
  readonly apiV3Key: string | null
  readonly hosts: readonly string[]
  readonly proxy: ProxySetting
  readonly authorities: AuthoritiesSetting
}

export interface ProvisionFault {
  readonly code: SetupFault
}

/** Where a till's settings and secrets are kept, and what depends on them. */
export interface ProvisionPlace {
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  /** Knows the profile as it was saved last. */
  readonly anchor: Pick<AnchorKeeper, 'change'>
  readonly readPair: ReadPair
  /** The redemptions that are to be settled under the present profile. */
  readonly queueCounts: () => {
    readonly waiting: number
    readonly review: number
    /** Of those, what may be redeemed under the present settings already. */
    readonly bound: number
    /** Of those, what was answered with a fault that a wrong merchant id has. */
    readonly misaddressed: number
  }
  /** Epoch milliseconds. */
  readonly clock: () => number
}

/**
 * Makes this computer a live till, or changes its settings, and returns the profile. Checks everything first, then writes
 * the secrets, then the profile, so that a profile never names a secret that is not there. When it fails, the profile is
 * unchanged.
 */
export async function provision(
  given: Provisioning,
  place: ProvisionPlace,
): Promise<Result<Profile, ProvisionFault>> {
  const { profiles, secrets, clock } = place
  if (isQueueOfAnotherMerchant(given, place)) return err({ code: 'other-merchant-while-waiting' })
  const trust = checkTrust(given)
  if (!trust.ok) return trust
  const prepared = await prepareSigning(given, place)
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
  const { merchantId, appid, tillId, proxy, authorities } = given
  const hosts = [...given.hosts]
  const profile: Profile = {
    version: 1,
    merchantId,
    appid,
    tillId,
    signing,
    earlier: earlierAfter(profiles.get(), { merchantId, signing }, clock()),
    publicKey,
    hasApiV3Key: apiV3Key !== null,
    hosts,
    proxy,
    authorities,
  }
  const saved = await saveProfile(profile, place)
  if (!saved.ok) return saved
  await removeUnused(profile, secrets)
  return ok(profile)
}

/**
 * Stores the next merchant certificate beside the current one and returns the profile. It takes over by itself
 * (`pairInForce`). Fails on a till whose key is not in the keychain.
 */
export async function stageNextPair(
  files: readonly SourceFile[],
  place: ProvisionPlace,
): Promise<Result<Profile, ProvisionFault>> {
  const { profiles, secrets, readPair, clock } = place
  const profile = profiles.get()
  if (profile === null || profile.signing.kind !== 'keychain')
    return err({ code: 'not-provisioned' })
  const pair = await readPair(files, profile.merchantId)
  if (!pair.ok) return pair
  const { certificate, privateKey } = pair.value
  if (certificate.validUntil <= clock()) return err({ code: 'certificate-expired' })
  // An earlier next certificate is replaced, unless it has taken over already.
  const current = pairInForce(profile.signing, clock())
  if (current.serial === certificate.serial) return err({ code: 'same-certificate' })
  const keptAs = otherSlot(current.keptAs)
  const written = await secrets.write(keptAs, encodePrivateKey(privateKey))
  if (!written.ok) return err(keychainFault(written.error))
  const next = { ...recordOf(certificate), keptAs }
  const signing = { kind: 'keychain', current, next } as const
  const earlier = earlierAfter(profile, { ...profile, signing }, clock())
  const staged: Profile = { ...profile, signing, earlier }
  const saved = await saveProfile(staged, place)
  return saved.ok ? ok(staged) : saved
}

/**
 * Writes the profile. The anchor knows both the old and the new one until the file is written, so that the process may
 * end in between.
 */
async function saveProfile(
  profile: Profile,
  { profiles, anchor }: ProvisionPlace,
): Promise<Result<null, ProvisionFault>> {
  const before = profiles.digest()
  const after = profiles.digestOf(profile)
  const announced = await anchor.change((present) => ({
    ...present,
    // A file that somebody edited is overwritten, and not believed meanwhile.
    profile: [...present.profile.filter((digest) => digest === before), after],
  }))
  // Where there is none yet, the till makes one when it opens.
  if (!announced.ok) {
    const { code } = announced.error
    if (code !== 'missing') return err({ code: `keychain-${code}` })
  }
  profiles.set(profile)
  await anchor.change((present) => ({ ...present, profile: [after] }))
  return ok(null)
}

/** Fails as `provision` would, but writes nothing and does not ask the keychain. */
export async function checkProvisioning(
  given: Provisioning,
  place: ProvisionPlace,
): Promise<Result<null, ProvisionFault>> {
  if (isQueueOfAnotherMerchant(given, place)) return err({ code: 'other-merchant-while-waiting' })
  const trust = checkTrust(given)
  if (!trust.ok) return trust
  const prepared = await prepareSigning(given, place)
  return prepared.ok ? ok(null) : prepared
}

/**
 * Whether redemptions are unsettled that were recorded for another merchant. Under the new one WeChat Pay would refuse
 * them, or take them for something else. Not where the present merchant id was wrong: nothing can have been redeemed under
 * it, and what waits goes on under the right one. The appid may change: what had no effect is minted anew under it
 * (`redemption/renewal.ts`).
 */
export function isQueueOfAnotherMerchant(
  { merchantId }: Pick<Provisioning, 'merchantId'>,
  { profiles, queueCounts }: ProvisionPlace,
): boolean {
  const present = profiles.get()
  if (present === null || present.merchantId === merchantId) return false
  const { waiting, review, bound, misaddressed } = queueCounts()
  const isMended = bound === 0 && misaddressed > 0
  return waiting + review > 0 && !isMended
}

/**
 * Returns the keys to verify replies with, without white space around them. Fails when there are none or one is
 * malformed.
 */
export function checkTrust(
  given: Pick<Provisioning, 'publicKey' | 'apiV3Key'>,
): Result<Pick<Provisioning, 'publicKey' | 'apiV3Key'>, ProvisionFault> {
  if (given.publicKey === null && given.apiV3Key === null)
    return err({ code: 'nothing-to-verify-with' })
  const publicKey = given.publicKey === null ? ok(null) : checkPublicKey(given.publicKey)
  if (!publicKey.ok) return publicKey
  const apiV3Key = given.apiV3Key === null ? ok(null) : checkApiV3Key(given.apiV3Key)
  if (!apiV3Key.ok) return apiV3Key
  return ok({ publicKey: publicKey.value, apiV3Key: apiV3Key.value })
}

interface PreparedSigning {
  readonly signing: Profile['signing']
  /** To be written to the keychain; `null` where it is there already. */
  readonly secret: readonly [KeySlot | 'remote-signer-key', string] | null
}

async function prepareSigning(
  { signing, merchantId }: Provisioning,
  { profiles, readPair, clock }: ProvisionPlace,
): Promise<Result<PreparedSigning, ProvisionFault>> {
  const present = profiles.get()
  const now = clock()
  const isSameMerchant = present?.merchantId === merchantId
  if (signing.kind === 'kept') {
    if (present === null) return err({ code: 'certificate-missing' })
    if (!isSameMerchant) return err({ code: 'merchant-id-other' })
    return ok({ signing: present.signing, secret: null })
  }
  if (signing.kind === 'files') {
    const pair = await readPair(signing.files, merchantId)
    if (!pair.ok) return pair
    const { certificate, privateKey } = pair.value
    if (certificate.validUntil <= now) return err({ code: 'certificate-expired' })
    // In the slot that is not in use: until the profile is written, the present key must go on working.
    const inUse = present?.signing.kind === 'keychain' ? pairInForce(present.signing, now) : null
    const isAgain = isSameMerchant && inUse?.serial === certificate.serial
    const freeSlot = inUse === null ? 'merchant-private-key' : otherSlot(inUse.keptAs)
    const record = { ...recordOf(certificate), keptAs: isAgain ? inUse.keptAs : freeSlot }
    // Given again after its key was lost, say, or for other settings: what was laid beside it stays.
    const then =
      isAgain && present.signing.kind === 'keychain'
        ? replaceRecord(present.signing, record)
        : ({ kind: 'keychain', current: record, next: null } as const)
    return ok({ signing: then, secret: [record.keptAs, encodePrivateKey(privateKey)] })
  }
  const certificate = readMerchantCertificate(signing.certificatePem)
  if (certificate === null) return err({ code: 'certificate-unreadable' })
  if (certificate.validUntil <= now) return err({ code: 'certificate-expired' })
  if (certificate.merchantId !== null && certificate.merchantId !== merchantId)
    return err({ code: 'merchant-id-other' })
  const { signer, clientKeyPem } = signing
  try {
    const { clientCertificatePem: cert, authoritiesPem: ca } = signer
    const { createSecureContext } = await import('node:tls')
    createSecureContext({ cert, key: clientKeyPem, ca })
  } catch {
    // Not PEM, or the key does not belong to the certificate.
    return err({ code: 'remote-signer-unreadable' })
  }
  return ok({
    signing: { kind: 'remote', certificate: recordOf(certificate), signer },
    secret: ['remote-signer-key', clientKeyPem],
  })
}

function otherSlot(slot: KeySlot): KeySlot {
  return slot === 'merchant-private-key' ? 'merchant-private-key-b' : 'merchant-private-key'
}

/** Removes secrets that the profile does not name. Where that fails they stay in the keychain, where they are safe. */
async function removeUnused(profile: Profile, secrets: SecretStore): Promise<void> {
  const { signing, hasApiV3Key } = profile
  const named: string[] =
    signing.kind === 'remote'
      ? ['remote-signer-key']
      : [signing.current.keptAs, ...(signing.next === null ? [] : [signing.next.keptAs])]
  if (hasApiV3Key) named.push('api-v3-key')
  for (const name of [...KeySlot.options, 'remote-signer-key', 'api-v3-key'] as const)
    if (!named.includes(name)) await secrets.remove(name)
}

function keychainFault({ code }: SecretFault): ProvisionFault {
  return { code: `keychain-${code}` }
}
