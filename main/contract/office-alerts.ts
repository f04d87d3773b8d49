import { z } from 'zod'
import { OfficeCursor } from './office.ts'
import { alertKinds } from './office-rules.ts'

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()
const Count = z.number().int().nonnegative()
const Id = z.string().min(1).max(200)
const Hour = z.number().int().min(0).max(24)

export const AlertKind = z.enum(alertKinds)
export type AlertKind = z.infer<typeof AlertKind>

/** One row of the rule table: one for each kind, and no more. */
export const AlertRule = z.strictObject({
  kind: AlertKind,
  isOn: z.boolean(),
  /** In the unit of the kind (`limitUnits`); 0 where the kind has no limit. */
  limit: z.number().int().nonnegative().max(1_000_000_000),
  /** Only in these hours of Beijing's day, from the first to before the second; over midnight where it is greater. `null`: always. */
  hours: z.strictObject({ from: Hour, until: Hour }).nullable(),
  /** It is also sent to the webhook. */
  isSent: z.boolean(),
})
export type AlertRule = z.infer<typeof AlertRule>

/**
 * Where alerts are posted as JSON: `{"version":1,"event":"opened"|"closed"|"test","alert":{…},"text":"…"}`, with the header
 * `Hexiao-Signature: sha256=HEX` (HMAC over the body) where there is a secret.
 */
export const Webhook = z.object({
  /** `null`: none. */
  address: z.string().nullable(),
  /** The secret itself stays in the keychain. */
  hasSecret: z.boolean(),
  /** The last that was sent. `status`: of the reply; `null` where there was none. */
  last: z.object({ at: Instant, status: z.number().int().nullable() }).nullable(),
  /** Alerts that wait to be sent. */
  waiting: Count,
})
export type Webhook = z.infer<typeof Webhook>

export const WebhookForm = z.strictObject({
  /** `https:`, or `http:` to this computer; `null` ends it. */
  address: z.string().trim().min(1).max(2000).nullable(),
  /** `null` leaves it as it is, `''` removes it. */
  secret: z.string().max(200).nullable(),
})
export type WebhookForm = z.infer<typeof WebhookForm>

export const webhookFaults = [
  'address-wrong',
  'no-webhook',
  'secret-not-kept',
  'not-written',
] as const
export const WebhookFault = z.object({ code: z.enum(webhookFaults) })
export type WebhookFault = z.infer<typeof WebhookFault>

/** What a test was answered: the status of the reply, or `null` where there was none. */
export const WebhookTest = z.object({ status: z.number().int().nullable() })
export type WebhookTest = z.infer<typeof WebhookTest>

export const AlertSettings = z.object({ rules: z.array(AlertRule), webhook: Webhook })
export type AlertSettings = z.infer<typeof AlertSettings>

export const OfficeAlert = z.object({
  id: Id,
  kind: AlertKind,
  /** `null`: the whole chain. */
  shopId: Id.nullable(),
  shopName: z.string().nullable(),
  /** `null`: the whole shop. */
  tillId: Id.nullable(),
  tillName: z.string().nullable(),
  openedAt: Instant,
  /** `null`: open. An alert closes by itself when its cause is gone. */
  closedAt: Instant.nullable(),
  /** What was found, in the unit of the rule's limit; `null` where the kind has none. */
  value: z.number().int().nullable(),
  limit: z.number().int(),
  /** Who has seen it, and takes care of it; `null`: nobody yet. */
  seen: z.object({ by: z.string(), at: Instant }).nullable(),
  /** `none`: the rule is not sent, or there is no webhook. */
  sent: z.enum(['none', 'waiting', 'sent', 'failed']),
})
export type OfficeAlert = z.infer<typeof OfficeAlert>

export const AlertQuery = z.strictObject({
  isOpen: z.boolean(),
  shopId: Id.nullable(),
  cursor: OfficeCursor,
})
export type AlertQuery = z.infer<typeof AlertQuery>

export const OfficeAlerts = z.object({
  /** Newest first; 100 at most. */
  entries: z.array(OfficeAlert),
  cursor: OfficeCursor,
  count: Count,
})
export type OfficeAlerts = z.infer<typeof OfficeAlerts>
