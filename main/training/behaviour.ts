import { z } from 'zod'

/**
 * Where the documents are silent (wechat-pay.md §7), each possibility can be selected, and the till must be right under
 * all of them. The defaults are what the documents make most likely.
 */
export const Behaviour = z.object({
  /** The same number with the same body after success. */
  replaySame: z.enum(['first-result', 'already-used']).default('first-result'),
  /** The same number with another body. */
  replayOther: z.enum(['param-error', 'invalid-request', 'first-result']).default('param-error'),
  /** Whether `use_time` counts as part of the body when replays are compared. */
  comparesUseTime: z.boolean().default(true),
  /** Whether validity is judged by the clock or by the request's `use_time`. */
  validityBy: z.enum(['server-time', 'use-time']).default('server-time'),
  /** HTTP status of "used by another order". */
  alreadyUsedStatus: z.union([z.literal(400), z.literal(403), z.literal(409)]).default(400),
  spelling: z.enum(['seed', 'underscored']).default('seed'),
  foreignCoupon: z.enum(['not-found', 'no-auth', 'rule-limit']).default('not-found'),
  /** DELETED or DEACTIVATED coupons. */
  withdrawnCoupon: z.enum(['not-found', 'rule-limit', 'invalid-request']).default('rule-limit'),
  maxUseRequestNo: z.union([z.literal(32), z.literal(128)]).default(32),
  replayReturn: z.enum(['first-result', 'invalid-request']).default('first-result'),
  /** Whether replies after the signature check are signed even when they are errors. */
  errorsSigned: z.boolean().default(true),
  /** What WeChat Pay signs with: chosen per merchant; `both` follows the request's `Wechatpay-Serial`. */
  keyMode: z.enum(['public-key', 'platform-certificates', 'both']).default('public-key'),
  /** Milliseconds added to the stand-in's clock: a till whose own clock is off sees the opposite. */
  clockOffsetMs: z.number().int().default(0),
  /** Requests a second that a merchant may send; above, 429. `null`: no limit. */
  requestsPerSecond: z.number().int().positive().nullable().default(500),
})
export type Behaviour = z.infer<typeof Behaviour>

export function defaultBehaviour(): Behaviour {
  return Behaviour.parse({})
}
