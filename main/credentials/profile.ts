import { z } from 'zod'
import { Appid, Host, MerchantId, TillId } from '../contract/setup.ts'

/** `system`: the proxy that the system names, if any. `direct`: none. Otherwise the URL of the proxy to use. */
export const ProxySetting = z.union([
  z.enum(['system', 'direct']),
  z.url({ protocol: /^(http|https|socks5)$/ }),
])
export type ProxySetting = z.infer<typeof ProxySetting>

/** Whose certificates are trusted for TLS; see `wechatpay/authorities.ts`. */
export const AuthoritiesSetting = z.enum(['public', 'system'])
export type AuthoritiesSetting = z.infer<typeof AuthoritiesSetting>

const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** A merchant certificate as the profile records it. Its key is elsewhere. */
export const CertificateRecord = z.object({
  serial: z.string().regex(/^[0-9A-F]+$/),
  /** Epoch milliseconds. */
  validFrom: z.number().int(),
  validUntil: z.number().int(),
  /**
   * Tells which private key belongs to the certificate, and that one was stored: a keychain that returns none is locked
   * or has lost it.
   */
  publicKeySha256: Digest,
  /** What hand-overs carry (`encodePublicKey`); missing where an earlier version set the till up. */
  publicKey: z.base64().max(2048).optional(),
})
export type CertificateRecord = z.infer<typeof CertificateRecord>

export const KeySlot = z.enum(['merchant-private-key', 'merchant-private-key-b'])
export type KeySlot = z.infer<typeof KeySlot>

/** A certificate whose key is in the keychain, under `keptAs`. */
const KeyPairRecord = CertificateRecord.extend({ keptAs: KeySlot })
export type KeyPairRecord = z.infer<typeof KeyPairRecord>

export const RemoteSignerSettings = z.object({
  url: z.url({ protocol: /^https$/ }),
  /** This till's certificate for mutual TLS, PEM; its key is in the keychain. */
  clientCertificatePem: z.string().max(20_000),
  /** The authorities that may have issued the signer's own certificate, PEM. */
  authoritiesPem: z.string().max(100_000),
})
export type RemoteSignerSettings = z.infer<typeof RemoteSignerSettings>

const Signing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keychain'), current: KeyPairRecord, next: KeyPairRecord.nullable() }),
  z.object({
    kind: z.literal('remote'),
    certificate: CertificateRecord,
    signer: RemoteSignerSettings,
  }),
])

/** A certificate that was replaced, with which other tills of the merchant may still sign hand-overs. */
const EarlierCertificate = z.object({
  publicKeySha256: Digest,
  /** Epoch milliseconds until which their hand-overs are taken. */
  until: z.number().int(),
})

/** The settings of a live till. Nothing in it is secret. */
export const Profile = z.object({
  version: z.literal(1),
  merchantId: MerchantId,
  appid: Appid,
  tillId: TillId,
  signing: Signing,
  earlier: z.array(EarlierCertificate).max(4).default([]),
  publicKey: z.object({ id: z.string(), pem: z.string() }).nullable(),
  /** An API v3 key is in the keychain. */
  hasApiV3Key: z.boolean(),
  hosts: z.array(Host).min(1).max(4),
  proxy: ProxySetting,
  /** Earlier versions trusted the system's and did not ask. */
  authorities: AuthoritiesSetting.default('public'),
})
export type Profile = z.infer<typeof Profile>

/**
 * The next pair takes over this long before the current one expires, because clocks may be off. Both are valid then.
 */
export const takeOverMs = 86_400_000

/**
 * The pair that signs at `now`, epoch milliseconds. The next one is used once it is valid and the current one nearly
 * ends.
 */
export function pairInForce(
  { current, next }: { readonly current: KeyPairRecord; readonly next: KeyPairRecord | null },
  now: number,
): KeyPairRecord {
  if (next === null || now < next.validFrom) return current
  return now >= current.validUntil - takeOverMs ? next : current
}

/** The signing with this certificate's record in place of the one with its serial number. */
export function replaceRecord(
  { current, next }: Extract<Profile['signing'], { kind: 'keychain' }>,
  record: KeyPairRecord,
): Profile['signing'] {
  const isNext = next?.serial === record.serial
  return {
    kind: 'keychain',
    current: isNext ? current : record,
    next: isNext ? record : next,
  }
}

/** As long as a chain may take to give a new certificate to its last till. */
const certificateChangeMs = 30 * 86_400_000
const maxEarlier = 4

/** Returns the replaced certificates to record once `signing` replaces that of `before`; none of another merchant. */
export function earlierAfter(
  before: Profile | null,
  { merchantId, signing }: Pick<Profile, 'merchantId' | 'signing'>,
  now: number,
): Profile['earlier'] {
  if (before?.merchantId !== merchantId) return []
  const staying = certificatesOf(signing).map((certificate) => certificate.publicKeySha256)
  const replaced = certificatesOf(before.signing).map(({ publicKeySha256 }) => ({
    publicKeySha256,
    until: now + certificateChangeMs,
  }))
  return [...before.earlier.filter(({ until }) => until > now), ...replaced]
    .filter(({ publicKeySha256 }) => !staying.includes(publicKeySha256))
    .slice(-maxEarlier)
}

/** Returns the SHA-256 of every public key that hand-overs of this merchant may be signed with at `now`. */
export function knownPublicKeys({ signing, earlier }: Profile, now: number): string[] {
  const recent = earlier.filter(({ until }) => until > now)
  return [...certificatesOf(signing), ...recent].map(({ publicKeySha256 }) => publicKeySha256)
}

function certificatesOf(signing: Profile['signing']): readonly CertificateRecord[] {
  if (signing.kind === 'remote') return [signing.certificate]
  return [signing.current, ...(signing.next === null ? [] : [signing.next])]
}

/** The certificate that requests name at `now`, epoch milliseconds. */
export function certificateInForce({ signing }: Profile, now: number): CertificateRecord {
  return signing.kind === 'remote' ? signing.certificate : pairInForce(signing, now)
}
