import { z } from 'zod'

/**
 * How the stand-in behaves where WeChat Pay's documents are silent (docs/wechat-pay.md, open questions). Every
 * possibility can be selected, and the till must be right under all of them.
 */
export const Behaviour = z.strictObject({
  /** The reply to the same request number with the same body, after it succeeded. */
  replaySame: z.enum(['first-result', 'already-used']),
  /** The reply to the same request number with another body. */
  replayOther: z.enum(['param-error', 'invalid-request', 'first-result']),
  /** What is checked first: whether the request number is known, or whether the coupon is valid now. */
  checksFirst: z.enum(['replay', 'validity']),
  /** Whether a replay whose body differs in `use_time` alone is another body. */
  comparesUseTime: z.boolean(),
  /** Whether a coupon must be valid when the request arrives, or at its `use_time`. */
  validityBy: z.enum(['server-time', 'use-time']),
  /** The HTTP status of "used by another order". */
  alreadyUsedStatus: z.union([z.literal(400), z.literal(403), z.literal(409)]),
  /** How error codes are spelt: RULELIMIT and NOAUTH, or RULE_LIMIT and NO_AUTH. */
  spelling: z.enum(['seed', 'underscored']),
  /** The reply about a coupon of another merchant. */
  foreignCoupon: z.enum(['not-found', 'no-auth', 'rule-limit']),
  /** The reply about a coupon that was deleted or deactivated, or is in a state that the documents do not explain. */
  withdrawnCoupon: z.enum(['not-found', 'rule-limit', 'invalid-request']),
  /** The longest request number that is accepted. */
  maxUseRequestNo: z.union([z.literal(32), z.literal(128)]),
  /** The reply to the same return again. */
  replayReturn: z.enum(['first-result', 'invalid-request']),
  /** For how long after its redemption a coupon may be returned; `null`: for ever. */
  returnWithinMs: z.number().int().positive().nullable(),
  /** Whether error replies to authenticated requests are signed. */
  errorsSigned: z.boolean(),
  /**
   * What replies are signed with. `both`, as during a migration: with the key that the request's `Wechatpay-Serial`
   * names.
   */
  keyMode: z.enum(['public-key', 'platform-certificates', 'both']),
  /** Whether the list of platform certificates also holds entries that no till can use. */
  certificateList: z.enum(['plain', 'with-unusable-entries']),
  /** Milliseconds added to the stand-in's clock, so that to the stand-in the till's clock is off. */
  clockOffsetMs: z.number().int(),
  /** How many requests a second one merchant may send; further ones get a 429. `null`: any number. */
  requestsPerSecond: z.number().int().positive().nullable(),
})
export type Behaviour = z.infer<typeof Behaviour>

/** What is most likely, going by the documents. */
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
