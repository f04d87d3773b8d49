import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { Finding } from './reconcile.ts'
import type { Redemption } from './redemption.ts'

/**
 * What replies have taught about a question that no document answers: is a redemption that was booked, and is sent
 * again, replied to with its first result (`proven`), or refused as "used by another order" (`disproved`)? Once proven,
 * that refusal is never about an attempt of this till. Once disproved, it stays so for ever: a customer's coupon depends
 * on it.
 */
export const replayLessons = ['proven', 'disproved'] as const
export type ReplayLesson = (typeof replayLessons)[number]

/** `wechatpay_use_time` has whole seconds, and the till knows WeChat Pay's time to a second or two. */
const clearlyBeforeMs = 5000

/** What is known about a reply besides its outcome. */
export interface Reply {
  /** When its request was sent, by WeChat Pay's confirmed time; `null` without one. */
  readonly sentAt: number | null
  /** What a query found after a refusal; `null` for no query. */
  readonly finding: Finding | null
}

/** Returns the lesson after one more reply to `coupons/use`. */
export function lessonAfter(
  known: ReplayLesson | null,
  redemption: Redemption,
  outcome: Outcome | ReturnOutcome,
  { sentAt, finding }: Reply,
): ReplayLesson | null {
  if (known === 'disproved' || redemption.state !== 'pending') return known
  // Refused as used by another order, although this number holds the coupon.
  if (outcome.kind === 'refused')
    return outcome.reason === 'used-elsewhere' && finding?.says === 'redeemed' ? 'disproved' : known
  if (outcome.kind !== 'confirmed' || 'returnedAt' in outcome) return known
  const { usedAt } = outcome
  const isReplay = redemption.attempts > 1
  if (!isReplay || usedAt === null || sentAt === null || usedAt > sentAt - clearlyBeforeMs)
    return known
  // If no earlier attempt can have redeemed it, the time in the reply is wrong and can never prove anything.
  return redemption.uncertain ? 'proven' : 'disproved'
}
