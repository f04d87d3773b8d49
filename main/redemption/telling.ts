import type { Choice, GivenView, Instruction, Verdict } from '../contract/counter.ts'
import { familyOf, type Reason } from '../contract/reason.ts'
import type { OfflineDecision, StockView } from '../contract/redemption-view.ts'
import { type Price, priceOf } from './payable.ts'
import { lastReason, type Redemption, type Released } from './redemption.ts'

/** What is said of a coupon, before it is put into a verdict. */
export interface Telling {
  readonly tone: Verdict['tone']
  readonly reason: Reason
  readonly instruction: Instruction
  readonly choices: readonly Choice[]
  /** The sum, or what the order lacks, where it matters. */
  readonly price: Price | null
  /** The earlier giving that the coupon is refused for. */
  readonly given: GivenView | null
}

export interface Situation {
  readonly redemption: Redemption
  readonly stock: StockView | null
  /** The order it was presented for is still at the counter, and its customer with it. */
  readonly isAttended: boolean
  /** What was given was given for another presentation of the coupon. */
  readonly isRecall: boolean
  /** What the offline policy says, where it was asked: of silence alone. */
  readonly offline: OfflineDecision | null
  /** What this presentation said before; `null` where it said nothing yet. */
  readonly said: Pick<Verdict, 'instruction' | 'reason'> | null
}

/**
 * What the presentation that holds a redemption says of it. `give` is said where the redemption says so already
 * (`given`), or where it may be said now: the caller writes that down before anybody reads it.
 */
export function tell(situation: Situation): Telling {
  const { redemption, stock } = situation
  const price = priceOf(stock, redemption.totalFen)
  switch (redemption.state) {
    case 'pending':
      return tellPending(situation, price)
    case 'redeemed':
      return tellRedeemed(situation, price)
    case 'refused':
      // Its customer has kept the coupon: that it was sent once more, to see whether it was redeemed, is no word about it.
      return redemption.released !== null && redemption.given === null
        ? tellReleased(redemption.released)
        : tellRefused(redemption)
    case 'review':
      return redemption.given === null
        ? say('amber', 'in-review-here', 'do-not-give')
        : tellRefused(redemption)
    case 'returning':
      return say('amber', 'being-returned', 'do-not-give')
    case 'returned':
      return say('amber', 'returned-here', 'do-not-give')
    case 'cancelled':
      return say('amber', 'kept-by-customer', 'do-not-give')
    case 'resolved':
      // Seen not to have been redeemed, by a person or by the coupon itself: it is as good as before.
      if (redemption.resolution === 'not-redeemed')
        return say('amber', 'kept-by-customer', 'do-not-give')
      return redemption.reason === 'handed-over'
        ? say('amber', 'handed-over', 'do-not-give')
        : no('resolved-here')
  }
}

function tellRefused(redemption: Redemption): Telling {
  const reason = lastReason(redemption) ?? 'refused-otherwise'
  return redemption.given === null ? no(reason) : say('red', reason, 'already-given')
}

function tellReleased({ how }: Released): Telling {
  return how === 'offline-not-accepted'
    ? no('offline-not-accepted')
    : say('amber', 'kept-by-customer', 'do-not-give')
}

function tellPending({ redemption, offline, said }: Situation, price: Price): Telling {
  const reason = redemption.reason ?? 'no-answer-in-time'
  if (redemption.given !== null) return { ...say('amber', givenFor(reason, said), 'give'), price }
  if (redemption.released !== null) return tellReleased(redemption.released)
  switch (familyOf(reason)) {
    case 'silence': {
      if (price.shortFen !== null || price.isNothingLeft)
        return { ...say('amber', reason, 'not-yet', ['wait', 'keep']), price }
      if (offline?.mode === 'honour') return { ...say('amber', reason, 'give'), price }
      if (offline?.mode === 'refuse') return no('offline-not-accepted')
      return say('amber', reason, 'not-yet', ['wait', 'keep', 'honour'])
    }
    case 'suspect':
    case 'blocked':
      return say('amber', reason, 'do-not-give', ['keep'])
    default:
      return say('amber', reason, 'not-yet', ['wait', 'keep'])
  }
}

/** It was given for a silence. Whatever an attempt has met since is no reason to give it, and takes nothing back. */
function givenFor(reason: Reason, said: Situation['said']): Reason {
  if (familyOf(reason) === 'silence') return reason
  return said?.instruction === 'give' ? said.reason : 'no-answer-in-time'
}

function tellRedeemed(situation: Situation, price: Price): Telling {
  const { redemption, isAttended, isRecall } = situation
  const { given, couponReturn, released } = redemption
  // Presented again while its return was under way, which was refused.
  if (isRecall && given !== null) return { ...no('redeemed-here-before'), given }
  const isGivenSince =
    given !== null && couponReturn?.refusedAt != null && given.at > couponReturn.refusedAt
  // A return of it was refused: what was given stays given, and nothing is given anew.
  if (couponReturn !== null && given !== null && !isGivenSince)
    return say('amber', couponReturn.reason ?? 'return-not-done', 'already-given')
  // The customer has kept it, or a person has it returned: giving takes a person's word.
  if (given === null && (couponReturn !== null || released !== null))
    return say('amber', 'redeemed-not-given', 'not-yet', ['give', 'return'])
  // What the offline policy or a supervisor honoured was given before WeChat Pay answered.
  if (redemption.honoured) return say('green', 'redeemed', 'already-given')
  if (price.isNothingLeft) return say('amber', 'redeemed-nothing-left', 'do-not-give', ['return'])
  if (price.shortFen !== null)
    return { ...say('amber', 'redeemed-below-threshold', 'do-not-give', ['return']), price }
  if (given !== null || isAttended) return { ...say('green', 'redeemed', 'give'), price }
  return say('amber', 'redeemed-not-given', 'not-yet', ['give', 'return'])
}

/** What a later presentation of the coupon says of a redemption that it cannot take over; `null` where it can. */
export function recall(earlier: Redemption): Telling | null {
  switch (earlier.state) {
    case 'pending':
      // Whoever presents it again speaks for it again: the customer is back.
      return earlier.given === null ? null : { ...no('honoured-here-before'), given: earlier.given }
    case 'redeemed':
      return earlier.given === null ? null : { ...no('redeemed-here-before'), given: earlier.given }
    case 'review':
      return { ...say('amber', 'in-review-here', 'do-not-give'), given: earlier.given }
    case 'returning':
      return say('amber', 'being-returned', 'do-not-give')
    case 'resolved':
      // Somebody saw that it was not redeemed: the customer still has it.
      if (earlier.resolution === 'not-redeemed') return null
      return earlier.reason === 'handed-over'
        ? say('amber', 'handed-over', 'do-not-give')
        : { ...no('honoured-here-before'), given: earlier.given }
    case 'refused':
    case 'returned':
    case 'cancelled':
      // Decided, and not redeemed: the coupon may be good by now, under a new number.
      return null
  }
}

/**
 * Said of a redemption that another presentation speaks for, or that nobody does any more: whoever is told so holds nothing.
 */
export function isRecallWord(reason: Reason): boolean {
  return recallWords.has(reason)
}

const recallWords: ReadonlySet<Reason> = new Set([
  'honoured-here-before',
  'redeemed-here-before',
  'in-review-here',
  'handed-over',
])

/** Whether a coupon whose last redemption ended so is sent under a new number. */
export function isOver({ state, resolution }: Redemption): boolean {
  const isNotRedeemed = state === 'resolved' && resolution === 'not-redeemed'
  return state === 'refused' || state === 'returned' || state === 'cancelled' || isNotRedeemed
}

/** Plainly no: red. */
export function no(reason: Reason): Telling {
  return say('red', reason, 'do-not-give')
}

export function say(
  tone: Telling['tone'],
  reason: Reason,
  instruction: Instruction,
  offered: readonly Choice[] = [],
): Telling {
  return { tone, reason, instruction, choices: offered, price: null, given: null }
}
