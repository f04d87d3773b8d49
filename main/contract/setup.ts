import { z } from 'zod'
import { Owner } from './owner.ts'
import { isHostAddress } from './web-address.ts'
import { appidPattern, merchantIdPattern, tillIdPattern } from './setup-patterns.ts'

/** One instant, epoch milliseconds. */
const Instant = z.number().int()

/** Why set-up did not accept a file or a value. Words: `setup.json`, `fault.<code>`. */
export const setupFaults = [
  'file-too-large',
  'file-not-there',
  // A folder, a link, a device or a pipe.
  'file-not-regular',
  'file-on-network',
  // It takes longer, or more memory, than any file with a certificate.
  'file-too-demanding',
  'file-unknown',
  'zip-unreadable',
  // It would unpack to far more than certificates.
  'zip-too-large',
  'p12-unreadable',
  'p12-too-many-rounds',
  'p12-password-wrong',
  'p12-without-key',
  'certificate-missing',
  'certificate-unreadable',
  'key-missing',
  'key-unreadable',
  'key-encrypted',
  'key-not-rsa',
  'key-too-short',
  'pair-mismatch',
  'merchant-id-other',
  'api-v3-key-not-32-characters',
  'public-key-unreadable',
  'public-key-is-a-certificate',
  'public-key-is-private',
  'public-key-id-malformed',
  'nothing-to-verify-with',
  'certificate-expired',
  'remote-signer-unreadable',
  'not-provisioned',
  'same-certificate',
  'other-merchant-while-waiting',
  'keychain-unavailable',
  'keychain-locked',
  'keychain-too-large',
  'keychain-damaged',
  'keychain-refused',
] as const
export const SetupFault = z.enum(setupFaults)
export type SetupFault = z.infer<typeof SetupFault>

/** Possible results of a connection test. Words: `setup.json`, `connection.<code>`. */
export const connectionFindings = [
  'passed',
  // The certificates work; WeChat Pay signed nothing with the public key that is set up beside them.
  'public-key-not-used',
  // The reply had no signature, so that the key to verify with could not be tested.
  'reply-not-signed',
  // The reply's signature does not fit the key and its id.
  'reply-not-verified',
  // Replies can be verified with the public key, but the API v3 key decrypts no certificate.
  'api-v3-key-wrong',
  'address-not-allowed',
  'platform-certificates-gone',
  // The 401s of WeChat Pay's signature FAQ (wechat-pay.md).
  'api-v3-key-not-set',
  'no-certificate-applied-for',
  'serial-wrong',
  'certificate-expired',
  'certificate-revoked',
  'certificate-replaced',
  'signature-wrong',
  'authorization-malformed',
  'clock-wrong',
  'sign-error-other',
  'merchant-unknown',
  'appid-not-bound',
  'no-permission',
  // Faults on the way to WeChat Pay.
  'name-not-found',
  'no-connection',
  'no-answer',
  'proxy',
  'tls',
  'not-wechat-pay',
  'service-error',
  // Faults on this computer.
  'credentials-missing',
  'keychain-unavailable',
  'keychain-locked',
  'signing-failed',
] as const
export const ConnectionReport = z.object({
  finding: z.enum(connectionFindings),
  /** WeChat Pay's error, to be quoted to its support; `null` when there was none. */
  said: z.object({ code: z.string(), message: z.string() }).nullable(),
  requestId: z.string().nullable(),
  /** Milliseconds to add to this computer's clock to get WeChat Pay's. */
  clockOffsetMs: z.number(),
  /** The serial number or key id of the key that WeChat Pay signed with, where the till does not have that key. */
  signedWith: z.string().optional(),
})
export type ConnectionReport = z.infer<typeof ConnectionReport>
export type ConnectionFinding = ConnectionReport['finding']

/** The production hosts of API v3: the main one, then the backup (docs/wechat-pay.md). */
export const wechatpayHosts = ['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com']

/** `https://host[:port]`. Plain http is allowed on this computer only, where tests and training listen. */
export const Host = z
  .url()
  .refine(isHostAddress, 'https only, and no path')
  .transform((address) => address.replace(/\/$/, ''))

export const MerchantId = z.string().regex(merchantIdPattern)
export const Appid = z.string().regex(appidPattern)
export const TillId = z.string().regex(tillIdPattern)

/** What a person has filled in so far, without secrets. It is kept when the screen or the program is closed. */
export const SetupDraft = z.object({
  merchantId: z.string().max(32),
  appid: z.string().max(64),
  tillId: z.string().max(32),
  publicKeyId: z.string().max(80),
  hosts: z.array(z.string().max(200)).max(4),
  /** Whether TLS is trusted that only this computer's system vouches for, such as a firewall's. */
  trustsSystem: z.boolean().default(false),
})
export type SetupDraft = z.infer<typeof SetupDraft>

/** What a person fills in. Files are handed over separately and stay in the main process. */
export const SetupForm = z.strictObject({
  merchantId: MerchantId,
  appid: Appid,
  tillId: TillId,
  publicKeyId: z.string().max(80),
  /** Empty to keep the stored key. The main process never sends a key to the page. */
  apiV3Key: z.string().max(200),
  /** Deletes the stored API v3 key from the keychain. */
  dropsApiV3Key: z.boolean(),
  /** The new certificate is used only after the present one has expired. */
  isNextCertificate: z.boolean(),
  hosts: z.array(Host).min(1).max(4),
  trustsSystem: z.boolean(),
})
export type SetupForm = z.infer<typeof SetupForm>

/** The form before everything is filled in. */
export const SetupFormSoFar = SetupForm.extend(SetupDraft.shape)
export type SetupFormSoFar = z.infer<typeof SetupFormSoFar>

/** Which files were handed over: the merchant's certificate and key, or WeChat Pay's public key. */
export const FilePurpose = z.enum(['merchant', 'public-key'])
export type FilePurpose = z.infer<typeof FilePurpose>

export const CertificateFacts = z.object({
  serial: z.string(),
  validUntil: Instant,
  level: z.enum(['good', 'soon', 'urgent', 'expired', 'not-yet-valid']),
  daysLeft: z.number().int(),
})
export type CertificateFacts = z.infer<typeof CertificateFacts>

/** What the main process found in files that were handed over, without their contents. */
export const TakenFiles = z.object({
  names: z.array(z.string()),
  fault: SetupFault.nullable(),
  certificate: CertificateFacts.nullable(),
})
export type TakenFiles = z.infer<typeof TakenFiles>

/** How far set-up has got. */
export const SetupState = z.object({
  draft: SetupDraft,
  /** Files that were handed over and are not saved yet. */
  taken: z.record(FilePurpose, TakenFiles),
  /** Whether the main process has an API v3 key that is not saved yet. */
  holdsApiV3Key: z.boolean(),
  /** What has been saved; `null` on a till that has not been set up. */
  saved: z
    .object({
      merchantId: z.string(),
      certificate: CertificateFacts,
      /** The certificate that will replace the present one. */
      next: CertificateFacts.nullable(),
      mayHaveNext: z.boolean(),
      publicKeyId: z.string(),
      hasApiV3Key: z.boolean(),
      /** The keychain has the merchant's key: not where another computer's records were restored, until it is given. */
      hasKey: z.boolean(),
    })
    .nullable(),
})
export type SetupState = z.infer<typeof SetupState>

/** Parts of set-up that can be checked before the next is begun. */
export const SetupPart = z.enum(['shop', 'key'])
export type SetupPart = z.infer<typeof SetupPart>

export const TestedSetup = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fault'), fault: SetupFault }),
  z.object({ kind: z.literal('tested'), report: ConnectionReport }),
])
export type TestedSetup = z.infer<typeof TestedSetup>

/** A set-up that was saved. What remains is to deal with the files that its key was read from. */
export const FinishedSetup = z.object({
  /** The names of the files that hold the key that was stored. */
  sources: z.array(z.string()),
  /** Whether WeChat Pay was seen to accept that key. Until then its files are not offered for deletion. */
  isProven: z.boolean(),
  /** What was saved is the next certificate, which takes over later. */
  isNext: z.boolean(),
})
export type FinishedSetup = z.infer<typeof FinishedSetup>

export const AppliedSetup = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fault'), fault: SetupFault }),
  /** One of these has to confirm it first: this computer is the till of a shop with staff. */
  z.object({ kind: z.literal('owner-needed'), owners: z.array(Owner) }),
  /** The next certificate was not saved, because WeChat Pay does not take it, or did not answer. */
  z.object({ kind: z.literal('tested'), report: ConnectionReport }),
  FinishedSetup.extend({ kind: z.literal('applied') }),
])
export type AppliedSetup = z.infer<typeof AppliedSetup>
