import { z } from 'zod'

/**
 * Where the documents are silent (docs/wechat-pay.md, open questions), each possibility can be selected, and the till
 * must be right under all of them.
 */
export const Behaviour = z.strictObject({
  /** The same number with the same body after success. */
  replaySame: z.enum(['first-result', 'already-used']),
  /** The same number with another body. */
  replayOther: z.enum(['param-error', 'invalid-request', 'first-result']),
  /** What is looked at first: whether the number is known, or whether the coupon can be used now. */
  checksFirst: z.enum(['replay', 'validity']),
  /** Whether `use_time` counts when the bodies of replays are compared. */
  comparesUseTime: z.boolean(),
  /** Whether validity is judged at the moment of the request or by its `use_time`. */
  validityBy: z.enum(['server-time', 'use-time']),
  /** HTTP status of "used by another order". */
  alreadyUsedStatus: z.union([z.literal(400), z.literal(403), z.literal(409)]),
  /** RULELIMIT and NOAUTH, or RULE_LIMIT and NO_AUTH. */
  spelling: z.enum(['seed', 'underscored']),
  /** A coupon of another merchant. */
  foreignCoupon: z.enum(['not-found', 'no-auth', 'rule-limit']),
  /** A coupon that its user deleted, that was deactivated, or in one of the states without a known meaning. */
  withdrawnCoupon: z.enum(['not-found', 'rule-limit', 'invalid-request']),
  maxUseRequestNo: z.union([z.literal(32), z.literal(128)]),
  /** The same return again. */
  replayReturn: z.enum(['first-result', 'invalid-request']),
  /** How long after its redemption a coupon may be returned; `null`: always. */
  returnWithinMs: z.number().int().positive().nullable(),
  /** Whether replies after the signature check are signed even when they are errors. */
  errorsSigned: z.boolean(),
  /** What WeChat Pay signs with, per merchant; `both`, during a migration, follows the request's `Wechatpay-Serial`. */
  keyMode: z.enum(['public-key', 'platform-certificates', 'both']),
  /** What else the list of platform certificates holds: nothing, or entries of a kind that no till can use. */
  certificateList: z.enum(['plain', 'with-unusable-entries']),
  /** Milliseconds added to the stand-in's clock: the till's own clock is then off by the opposite. */
  clockOffsetMs: z.number().int(),
  /** Requests a second that one merchant may send; above, 429. `null`: no limit. */
  requestsPerSecond: z.number().int().positive().nullable(),
})
export type Behaviour = z.infer<typeof Behaviour>

/** What the documents make most likely. */
export const defaultBehaviour: Behaviour = {
  replaySame: 'first-result',
  replayOther: 'param-error',
  checksFirst: 'replay',
  comparesUseTime: true,
  validityBy: 'server-time',
  alreadyUsedStatus: 400,
  spelling: 'seed',
  foreignCoupon: 'not-found',
  withdrawnCoupon: 'rule-limit',
  maxUseRequestNo: 32,
  replayReturn: 'first-result',
  returnWithinMs: null,
  errorsSigned: true,
  keyMode: 'public-key',
  certificateList: 'plain',
  clockOffsetMs: 0,
  requestsPerSecond: 500,
}
