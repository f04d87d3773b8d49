import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { Finding } from './reconcile.ts'
import type { Redemption } from './redemption.ts'

/**
 * What replies have taught about a question that no document answers: is a redemption that was booked, and is sent
 * again, answered with its first result (`proven`), or refused as "used by another order" (`disproved`)? Once proven,
 * that refusal never speaks of an attempt of this till's own. Whoever disproved it is believed for ever: a customer's
 * coupon hangs on it.
 */
export const replayLessons = ['proven', 'disproved'] as const
export type ReplayLesson = (typeof replayLessons)[number]

/** `wechatpay_use_time` has whole seconds, and the till's idea of WeChat Pay's clock is a second or two off. */
const clearlyBeforeMs = 5000

/** What is known of a reply beside its outcome. */
export interface Reply {
  /** When its request left, by a clock that WeChat Pay has confirmed; `null` while none has been. */
  readonly sentAt: number | null
  /** What a query said of the coupon after a refusal. */
  readonly finding: Finding | null
}

/** The lesson after one more reply to `coupons/use`. */
export function lessonAfter(
  known: ReplayLesson | null,
  redemption: Redemption,
  outcome: Outcome | ReturnOutcome,
  { sentAt, finding }: Reply,
): ReplayLesson | null {
  if (known === 'disproved' || redemption.state !== 'pending') return known
  // Refused as another's, and the coupon carries our own number.
  if (outcome.kind === 'refused')
    return outcome.reason === 'used-elsewhere' && finding?.says === 'redeemed' ? 'disproved' : known
  if (outcome.kind !== 'confirmed' || 'returnedAt' in outcome) return known
  const { usedAt } = outcome
  const isReplay = redemption.attempts > 1
  if (!isReplay || usedAt === null || sentAt === null || usedAt > sentAt - clearlyBeforeMs)
    return known
  // Where no earlier attempt can have been booked, the time in the reply is not when it was: it proves nothing, ever.
  return redemption.uncertain ? 'proven' : 'disproved'
}
