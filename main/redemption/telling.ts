import type { Choice, GivenView, Instruction, OutsideDates, Verdict } from '../contract/counter.ts'
import { familyOf, type Reason } from '../contract/reason.ts'
import type { OfflineDecision, StockView } from '../contract/redemption-view.ts'
import { type Price, priceOf } from './payable.ts'
import type { ShopStanding } from './shop-standing.ts'
import { lastReason, type Redemption, type Released } from './redemption.ts'

/** What a verdict says about a coupon. */
export interface Telling {
  readonly tone: Verdict['tone']
  readonly reason: Reason
  readonly instruction: Instruction
  readonly choices: readonly Choice[]
  /** The sum, or what the order lacks, for verdicts that show it. */
  readonly price: Price | null
  /** When the discount was given before, if the coupon is refused for that. */
  readonly given: GivenView | null
  /** The date that keeps the coupon from being used now, if that is known to be why. */
  readonly outside: OutsideDates | null
}

export interface Situation {
  readonly redemption: Redemption
  readonly stock: StockView | null
  /** The end of the batch's dates that lies behind or ahead now; `null` where they are not known. */
  readonly outside: OutsideDates | null
  /** Whether the customer is still at the counter, and the cashier sees it. */
  readonly isAttended: boolean
  /** Whether the discount was given for an earlier presentation of the coupon. */
  readonly isRecall: boolean
  /** What the offline policy decided; `null` when it did not apply. */
  readonly offline: OfflineDecision | null
  /** Whether the shop's sums for coupons that are honoured and not settled leave room for one more. */
  readonly mayBeHonoured: boolean
  /** How it stands among the tills of the shop; `null` for a till alone, and once WeChat Pay has replied. */
  readonly shop: ShopStanding | null
  /** The last verdict of this presentation; `null` before the first. */
  readonly said: Pick<Verdict, 'instruction' | 'reason'> | null
}

/**
 * Returns what a presentation says about its redemption. It says `give` when the discount is given already, or may be given
 * now; then the caller writes that before it is shown.
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
      // The customer kept the coupon. It was sent once more only to see whether it had been redeemed.
      return redemption.released !== null && redemption.given === null
        ? tellReleased(redemption.released, situation.shop)
        : tellRefused(situation)
    case 'review':
      return redemption.given === null
        ? say('amber', 'in-review-here', 'do-not-give')
        : tellRefused(situation)
    case 'returning':
      return say('amber', 'being-returned', 'do-not-give')
    case 'returned':
      return say('amber', 'returned-here', 'do-not-give')
    case 'cancelled':
      return say('amber', 'kept-by-customer', 'do-not-give')
    case 'resolved':
      // A person or a query found that it was not redeemed: it can be used as before.
      if (redemption.resolution === 'not-redeemed')
        return say('amber', 'kept-by-customer', 'do-not-give')
      return redemption.reason === 'handed-over'
        ? say('amber', 'handed-over', 'do-not-give')
        : no('resolved-here')
  }
}

function tellRefused({ redemption, outside }: Situation): Telling {
  const reason = lastReason(redemption) ?? 'refused-otherwise'
  if (redemption.given !== null) return say('red', reason, 'already-given')
  // WeChat Pay says only that the coupon's rules forbid it now. That its batch is over, or has not begun, explains it.
  return reason === 'outside-validity' ? { ...no(reason), outside } : no(reason)
}

function tellReleased({ how }: Released, shop: ShopStanding | null): Telling {
  if (how === 'at-other-till')
    return no(shop?.kind === 'elsewhere' ? reasonElsewhere(shop) : 'claimed-at-other-till')
  return how === 'offline-not-accepted'
    ? no('offline-not-accepted')
    : say('amber', 'kept-by-customer', 'do-not-give')
}

function reasonElsewhere({ how }: Extract<ShopStanding, { kind: 'elsewhere' }>) {
  return `${how}-at-other-till` as const
}

function tellPending(
  { redemption, offline, mayBeHonoured, shop, said }: Situation,
  price: Price,
): Telling {
  const reason = redemption.reason ?? 'no-answer-in-time'
  // It was honoured and cannot be taken back, and the answer came afterwards.
  if (redemption.given !== null && shop?.kind === 'elsewhere')
    return { ...say('amber', reasonElsewhere(shop), 'already-given'), price }
  if (redemption.given !== null) return { ...say('amber', givenFor(reason, said), 'give'), price }
  if (redemption.released !== null) return tellReleased(redemption.released, shop)
  switch (familyOf(reason)) {
    case 'silence': {
      if (shop?.kind === 'elsewhere') return no(reasonElsewhere(shop))
      if (price.shortFen !== null || price.isNothingLeft)
        return { ...say('amber', reason, 'not-yet', ['wait', 'keep']), price }
      if (offline?.mode === 'honour') return { ...say('amber', reason, 'give'), price }
      if (offline?.mode === 'refuse') return no('offline-not-accepted')
      if (!mayBeHonoured || shop?.kind === 'asking')
        return say('amber', reason, 'not-yet', ['wait', 'keep'])
      return say('amber', reason, 'not-yet', ['wait', 'keep', 'honour'])
    }
    case 'suspect':
    case 'blocked':
      return say('amber', reason, 'do-not-give', ['keep'])
    default:
      return say('amber', reason, 'not-yet', ['wait', 'keep'])
  }
}

/** It was given because no reply came. Reasons of later attempts neither justify that nor take it back. */
function givenFor(reason: Reason, said: Situation['said']): Reason {
  if (familyOf(reason) === 'silence') return reason
  return said?.instruction === 'give' ? said.reason : 'no-answer-in-time'
}

function tellRedeemed(situation: Situation, price: Price): Telling {
  const { redemption, isAttended, isRecall, said } = situation
  const { given, couponReturn, released } = redemption
  // It was presented again during its return, and the return was refused.
  if (isRecall && given !== null) return { ...no('redeemed-here-before'), given }
  const isGivenSince =
    given !== null && couponReturn?.refusedAt != null && given.at > couponReturn.refusedAt
  // Its return was refused: the discount stays given and is not given again.
  if (couponReturn !== null && given !== null && !isGivenSince)
    return say('amber', couponReturn.reason ?? 'return-not-done', 'already-given')
  // The customer kept it, or a person ordered its return: only a person may give it now.
  if (given === null && (couponReturn !== null || released !== null))
    return say('amber', 'redeemed-not-given', 'not-yet', ['give', 'return'])
  // What the offline policy or a supervisor honoured was given before WeChat Pay answered.
  if (redemption.honoured) return say('green', 'redeemed', 'already-given')
  if (price.isNothingLeft) return say('amber', 'redeemed-nothing-left', 'do-not-give', ['return'])
  if (price.shortFen !== null)
    return { ...say('amber', 'redeemed-below-threshold', 'do-not-give', ['return']), price }
  // Once nobody was there to be told, only a person knows who stands there now.
  const mayBeTold = isAttended && said?.reason !== 'redeemed-not-given'
  if (given !== null || mayBeTold) return { ...say('green', 'redeemed', 'give'), price }
  return say('amber', 'redeemed-not-given', 'not-yet', ['give', 'return'])
}

/** Returns what a later presentation says about a redemption that it cannot hold; `null` when it can. */
export function recall(earlier: Redemption): Telling | null {
  switch (earlier.state) {
    case 'pending':
      // The customer is back, and the new presentation holds the redemption.
      return earlier.given === null ? null : { ...no('honoured-here-before'), given: earlier.given }
    case 'redeemed':
      return earlier.given === null ? null : { ...no('redeemed-here-before'), given: earlier.given }
    case 'review':
      return { ...say('amber', 'in-review-here', 'do-not-give'), given: earlier.given }
    case 'returning':
      return say('amber', 'being-returned', 'do-not-give')
    case 'resolved':
      // It was found not to be redeemed: the customer still has it.
      if (earlier.resolution === 'not-redeemed') return null
      return earlier.reason === 'handed-over'
        ? say('amber', 'handed-over', 'do-not-give')
        : { ...no('honoured-here-before'), given: earlier.given }
    case 'refused':
    case 'returned':
    case 'cancelled':
      // It was not redeemed. The coupon may be valid by now and is sent under a new number.
      return null
  }
}

/**
 * Whether a verdict is about a redemption that the presentation does not hold.
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

/** Whether the redemption ended so that the coupon may be sent again under a new number. */
export function isOver({ state, resolution }: Pick<Redemption, 'state' | 'resolution'>): boolean {
  const isNotRedeemed = state === 'resolved' && resolution === 'not-redeemed'
  return state === 'refused' || state === 'returned' || state === 'cancelled' || isNotRedeemed
}

/** A red "do not give". */
export function no(reason: Reason): Telling {
  return say('red', reason, 'do-not-give')
}

export function say(
  tone: Telling['tone'],
  reason: Reason,
  instruction: Instruction,
  offered: readonly Choice[] = [],
): Telling {
  return { tone, reason, instruction, choices: offered, price: null, given: null, outside: null }
}
