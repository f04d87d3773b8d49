import { isDeepStrictEqual } from 'node:util'
import { readMerchantCertificate } from '../credentials/merchant-certificate.ts'
import type { ReadPair } from '../credentials/merchant-pair.ts'
import { certificateInForce, type Profile } from '../credentials/profile.ts'
import type { Provisioning } from '../credentials/provision.ts'

/** The fields of `till.json` that a profile follows from, with what a report may show of each. */
export type ProfileFacts = Readonly<Record<string, unknown>>

export function factsOfProfile(profile: Profile | null, now: number): ProfileFacts {
  if (profile === null) return {}
  const { merchantId, appid, tillId, hosts, proxy, authorities, publicKey, signing } = profile
  const { serial } = certificateInForce(profile, now)
  return {
    merchantId,
    appid,
    tillId,
    [signing.kind === 'remote' ? 'remoteSigner' : 'certificateFiles']: serial,
    publicKey: publicKey?.id ?? null,
    apiV3KeyFile: profile.hasApiV3Key,
    hosts,
    proxy,
    authorities,
  }
}

/** What a profile would say of these settings, whose files were found to be good. */
export async function factsOfProvisioning(
  given: Provisioning,
  readPair: ReadPair,
): Promise<ProfileFacts> {
  const { merchantId, appid, tillId, hosts, proxy, authorities, publicKey, signing } = given
  return {
    merchantId,
    appid,
    tillId,
    [signing.kind === 'remote' ? 'remoteSigner' : 'certificateFiles']: await serialOf(
      given,
      readPair,
    ),
    publicKey: publicKey?.id ?? null,
    apiV3KeyFile: given.apiV3Key !== null,
    hosts,
    proxy,
    authorities,
  }
}

async function serialOf(
  { signing, merchantId }: Provisioning,
  readPair: ReadPair,
): Promise<string | null> {
  if (signing.kind === 'remote')
    return readMerchantCertificate(signing.certificatePem)?.serial ?? null
  const pair = await readPair(signing.kind === 'files' ? signing.files : [], merchantId)
  return pair.ok ? pair.value.certificate.serial : null
}

/** Names each field that differs, with what it was and is. */
export function profileChanges(before: ProfileFacts, after: ProfileFacts): string[] {
  return Object.keys({ ...before, ...after })
    .filter((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null))
    .map((name) => {
      const was = before[name] ?? null
      const now = JSON.stringify(after[name] ?? null)
      return was === null ? `${name} → ${now}` : `${name} ${JSON.stringify(was)} → ${now}`
    })
}
