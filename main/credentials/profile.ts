import { z } from 'zod'
import { Appid, Host, MerchantId, TillId } from '../contract/setup.ts'

/** `system`: as the system says. `direct`: straight. Otherwise the one proxy to use. */
export const ProxySetting = z.union([
  z.enum(['system', 'direct']),
  z.url({ protocol: /^(http|https|socks5)$/ }),
])
export type ProxySetting = z.infer<typeof ProxySetting>

/** What is known of a merchant certificate whose key is elsewhere. */
export const KeptCertificate = z.object({
  serial: z.string().regex(/^[0-9A-F]+$/),
  /** Epoch milliseconds. */
  validFrom: z.number().int(),
  validUntil: z.number().int(),
  /**
   * The enrolment marker: while it is here a key has been set, so a keychain that answers "nothing there" is locked
   * or has lost it, and never means a new till.
   */
  publicKeySha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type KeptCertificate = z.infer<typeof KeptCertificate>

export const KeySlot = z.enum(['merchant-private-key', 'merchant-private-key-b'])
export type KeySlot = z.infer<typeof KeySlot>

const KeptPair = KeptCertificate.extend({ keptAs: KeySlot })
export type KeptPair = z.infer<typeof KeptPair>

export const RemoteSignerSettings = z.object({
  url: z.url({ protocol: /^https$/ }),
  /** This till's certificate for mutual TLS, PEM; its key is in the keychain. */
  clientCertificatePem: z.string().max(20_000),
  /** Authorities that the signer's own certificate may come from, PEM. */
  authoritiesPem: z.string().max(100_000),
})
export type RemoteSignerSettings = z.infer<typeof RemoteSignerSettings>

const Signing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keychain'), current: KeptPair, next: KeptPair.nullable() }),
  z.object({
    kind: z.literal('remote'),
    certificate: KeptCertificate,
    signer: RemoteSignerSettings,
  }),
])

/** A till's settings for real coupons. Nothing in here is secret. */
export const Profile = z.object({
  version: z.literal(1),
  merchantId: MerchantId,
  appid: Appid,
  tillId: TillId,
  signing: Signing,
  publicKey: z.object({ id: z.string(), pem: z.string() }).nullable(),
  /** An API v3 key has been put into the keychain. */
  hasApiV3Key: z.boolean(),
  hosts: z.array(Host).min(1).max(4),
  proxy: ProxySetting,
})
export type Profile = z.infer<typeof Profile>

/** The next pair takes over this long before the current one expires: both are valid then, and clocks may be off. */
export const takeOverMs = 86_400_000

/** Which pair signs now. The next one never before it is valid, and the current one never for lack of trying. */
export function pairInForce(
  { current, next }: { readonly current: KeptPair; readonly next: KeptPair | null },
  now: number,
): KeptPair {
  if (next === null || now < next.validFrom) return current
  return now >= current.validUntil - takeOverMs ? next : current
}

/** The certificate that requests carry now. */
export function certificateInForce({ signing }: Profile, now: number): KeptCertificate {
  return signing.kind === 'remote' ? signing.certificate : pairInForce(signing, now)
}
