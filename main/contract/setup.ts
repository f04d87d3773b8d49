import { z } from 'zod'
import { isHttpsOrLoopback } from './web-address.ts'
import { appidPattern, merchantIdPattern, tillIdPattern } from './setup-patterns.ts'

/** One instant, epoch milliseconds. */
const Instant = z.number().int()

/** Why set-up did not accept something. Words: `setup.json`, `fault.<code>`. */
export const setupFaults = [
  'file-too-large',
  'file-unknown',
  'zip-unreadable',
  'p12-unreadable',
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

/** What a connection test can come to. Words: `setup.json`, `connection.<code>`. */
export const connectionFindings = [
  'passed',
  // The certificates work; WeChat Pay signed nothing with the public key that is set up beside them.
  'public-key-not-used',
  // WeChat Pay, or somebody between, answered without a signature: nothing proves the key to verify with.
  'reply-not-signed',
  // A signature came and does not fit the key and its id.
  'reply-not-verified',
  // Replies verify with the public key; the API v3 key opens no certificate.
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
  'no-permission',
  // On the way there.
  'name-not-found',
  'no-connection',
  'no-answer',
  'proxy',
  'tls',
  'not-wechat-pay',
  'service-error',
  // On this computer.
  'credentials-missing',
  'keychain-unavailable',
  'keychain-locked',
  'signing-failed',
] as const
export const ConnectionReport = z.object({
  finding: z.enum(connectionFindings),
  /** WeChat Pay's own words, to quote to its support; `null` when it said nothing. */
  said: z.object({ code: z.string(), message: z.string() }).nullable(),
  requestId: z.string().nullable(),
  /** Milliseconds to add to this computer's clock to get WeChat Pay's. */
  clockOffsetMs: z.number(),
  /** The serial or key id that WeChat Pay signs with, where the till cannot verify it. */
  signedWith: z.string().optional(),
})
export type ConnectionReport = z.infer<typeof ConnectionReport>
export type ConnectionFinding = ConnectionReport['finding']

/** API v3's production hosts: nearest access point, then the backup (docs/wechat-pay.md). */
export const wechatpayHosts = ['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com']

const noPath = /^[^/]*\/\/[^/]+\/?$/

/** `https://host[:port]`; plain http on this computer alone, where tests and training listen. */
export const Host = z
  .url()
  .refine(
    (address) => isHttpsOrLoopback(address) && noPath.test(address),
    'https only, and no path',
  )
  .transform((address) => address.replace(/\/$/, ''))

export const MerchantId = z.string().regex(merchantIdPattern)
export const Appid = z.string().regex(appidPattern)
export const TillId = z.string().regex(tillIdPattern)

/** What a person has answered so far, without anything secret: it outlives the screen and the program. */
export const SetupDraft = z.object({
  merchantId: z.string().max(32),
  appid: z.string().max(64),
  tillId: z.string().max(32),
  publicKeyId: z.string().max(80),
  hosts: z.array(z.string().max(200)).max(4),
})
export type SetupDraft = z.infer<typeof SetupDraft>

/** What a person fills in. Files are handed over apart and stay in the main process. */
export const SetupForm = z.strictObject({
  merchantId: MerchantId,
  appid: Appid,
  tillId: TillId,
  publicKeyId: z.string().max(80),
  /** Empty when not given anew; goes one way, and never comes back. */
  apiV3Key: z.string().max(200),
  /** Takes the stored API v3 key out of the keychain. */
  dropsApiV3Key: z.boolean(),
  /** The certificate handed over waits until the present one ends. */
  isNextCertificate: z.boolean(),
  hosts: z.array(Host).min(1).max(4),
})
export type SetupForm = z.infer<typeof SetupForm>

/** Before everything is filled in. */
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

/** What the main process found in them: names and facts, no contents. */
export const TakenFiles = z.object({
  names: z.array(z.string()),
  fault: SetupFault.nullable(),
  certificate: CertificateFacts.nullable(),
})
export type TakenFiles = z.infer<typeof TakenFiles>

/** Where set-up stands, to begin from. */
export const SetupState = z.object({
  draft: SetupDraft,
  /** Files that were handed over and are held until they are saved. */
  taken: z.record(FilePurpose, TakenFiles),
  /** An API v3 key that was given and not saved is held too. */
  holdsApiV3Key: z.boolean(),
  /** What has been saved; `null` on a till that has not been set up. */
  saved: z
    .object({
      merchantId: z.string(),
      certificate: CertificateFacts,
      /** Waits until the present one ends. */
      next: CertificateFacts.nullable(),
      mayHaveNext: z.boolean(),
      publicKeyId: z.string(),
      hasApiV3Key: z.boolean(),
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

export const AppliedSetup = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fault'), fault: SetupFault }),
  /** The names of the files that held secrets and are still there. */
  z.object({ kind: z.literal('applied'), sources: z.array(z.string()) }),
])
export type AppliedSetup = z.infer<typeof AppliedSetup>
