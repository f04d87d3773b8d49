import { err, ok } from '../contract/result.ts'
import type { Resolution, StockView } from '../contract/redemption-view.ts'
import type { ReviewAction } from '../contract/snapshot.ts'
import type { Attempter } from './attempt.ts'
import { askForReturn } from './ask-for-return.ts'
import { noteOf, type PersonOrder, type PricedOrder } from './note.ts'
import { valueOf } from './payable.ts'
import type { Clock, Random, Redemptions } from './ports.ts'
import type { Done, OrderFault, OrderSteps } from './carry-out-order.ts'
import { withFinding } from './reconcile.ts'
import { isKnownRedeemed, type Redemption, wasGiven } from './redemption.ts'
import { asFound, notDone } from './settle-found.ts'
import { mayGoOn } from './take-over.ts'
import { createRequestNumber } from './use-request.ts'

/** What one decision about several redemptions did. Each is written in a transaction of its own. */
export interface Decided {
  readonly done: number
  readonly failed: readonly { readonly useRequestNo: string; readonly fault: OrderFault }[]
}

/** An order to return a coupon. */
export interface ReturnOrder extends PricedOrder {
  /** The batch, where the till does not know it or has a wrong one; `null`: the batch that the till knows. */
  readonly stockId: string | null
}

/** Decisions that end a review, and returns of coupons. */
export interface ReviewOrders {
  /**
   * Returns a coupon to the customer: the outbox sends `coupons/return` under a number of its own. Possible for a coupon
   * that is redeemed, or in review without a discount given.
   */
  returnCoupon(useRequestNo: string, order: ReturnOrder): Done
  /**
   * Ends a review. For a redemption: `confirmed` means redeemed and given, `not-redeemed` that it can be presented again,
   * `loss` that the discount was given for nothing. For a return: `confirmed` means still redeemed, `not-redeemed` returned.
   */
  resolve(useRequestNo: string, how: Resolution, order: PricedOrder): Done
  /** Sends an entry in review again: the same bytes under the same number. */
  sendAgain(useRequestNo: string, order: PersonOrder): Done
  /** Asks WeChat Pay about an entry in review and settles it by the reply. */
  lookUp(useRequestNo: string, asker: Pick<PersonOrder, 'by'>): Promise<Done>
  /** Makes one decision about several entries. */
  decideAll(
    useRequestNos: readonly string[],
    action: Exclude<ReviewAction, 'look-up'>,
    order: ReturnOrder,
  ): Decided
}

interface ReviewOrdersParts {
  readonly redemptions: Pick<Redemptions, 'siblings'>
  readonly attempter: Attempter
  readonly findStock: (stockId: string | null) => StockView | null
  readonly orders: OrderSteps
  readonly clock: Clock
  readonly random: Random
  readonly tillId: string
  readonly onChanged: () => void
}

export function createReviewOrders(parts: ReviewOrdersParts): ReviewOrders {
  const { attempter, clock, random } = parts
  const { change, inState } = parts.orders

  function returnCoupon(useRequestNo: string, order: ReturnOrder): Done {
    const found = inState(useRequestNo, 'returning', ['redeemed', 'review'])
    if (!found.ok) return found
    const redemption = found.value
    const { body: sent, state } = redemption
    // The code was erased when its time was over; its last characters alone name no coupon.
    if (sent.length === 0) return err({ code: 'not-now', state })
    if (!isKnownRedeemed(redemption) && wasGiven(redemption)) return err({ code: 'was-given' })
    const stockId = order.stockId ?? redemption.stockId
    if (stockId === null) return err({ code: 'stock-unknown' })
    const returnRequestNo = createRequestNumber(parts.tillId, clock, random)
    const next = askForReturn(redemption, { stockId, returnRequestNo, at: clock() })
    return change(redemption, next, 'returning', noteOf(order, 'ordered'))
  }

  function sendAgain(useRequestNo: string, order: PersonOrder): Done {
    const found = inState(useRequestNo, 'pending', ['review'])
    if (!found.ok) return found
    // It was taken over and stopped, because this till has or had the coupon under another number.
    if (!mayGoOn(found.value, parts.redemptions.siblings(found.value)))
      return err({ code: 'not-now', state: found.value.state })
    const { couponReturn: open, settledAt } = found.value
    // A return that went to review goes on as a return.
    const state = open === null ? 'pending' : 'returning'
    const next = {
      state,
      undecidedAttempts: 0,
      waitedMs: 0,
      settledAt: open === null ? null : settledAt,
      nextAttemptAt: clock(),
    } as const
    return change(found.value, next, 'sent-again', noteOf(order, 'ordered'))
  }

  function resolve(useRequestNo: string, how: Resolution, order: PricedOrder): Done {
    const found = inState(useRequestNo, 'resolved', ['review'])
    if (!found.ok) return found
    const fault = misfit(found.value, how)
    if (fault !== null) return err(fault)
    const valueFen = valueOf(parts.findStock(found.value.stockId), found.value.totalFen)
    const end = endOf(found.value, how, order, { at: clock(), valueFen })
    const next = { ...end, nextAttemptAt: null }
    return change(found.value, next, 'resolved', noteOf(order, how))
  }

  async function lookUp(useRequestNo: string, { by }: Pick<PersonOrder, 'by'>): Promise<Done> {
    const found = inState(useRequestNo, 'redeemed', ['review'])
    if (!found.ok) return found
    if (!attempter.canAsk(found.value)) return err({ code: 'no-query' })
    const asked = await attempter.ask(found.value)
    if (!asked.ok) return err({ code: faultOfQuery[asked.error.code] })
    const finding = asked.value
    // A person may have decided it meanwhile.
    const now = inState(useRequestNo, 'redeemed', ['review'])
    if (!now.ok) return now
    const evidence = withFinding({ by }, finding)
    const { redemption, audit } = asFound(now.value, finding, clock(), evidence)
    const amended = attempter.amend(now.value, redemption, audit)
    parts.onChanged()
    return ok(amended)
  }

  function decide(
    useRequestNo: string,
    action: Exclude<ReviewAction, 'look-up'>,
    order: ReturnOrder,
  ): Done {
    if (action === 'send-again') return sendAgain(useRequestNo, order)
    if (action !== 'return') return resolve(useRequestNo, action, order)
    // A redemption that is not in review was not in the list that this decision was made on.
    const listed = inState(useRequestNo, 'returning', ['review'])
    if (!listed.ok) return listed
    // The batch is for entries without one, and for those whose return was refused, perhaps because of the batch.
    const isAsked = listed.value.stockId === null || listed.value.couponReturn !== null
    return returnCoupon(useRequestNo, isAsked ? order : { ...order, stockId: null })
  }

  return {
    returnCoupon,
    sendAgain,
    resolve,
    lookUp,
    decideAll(useRequestNos, action, order) {
      const failed = useRequestNos.flatMap((useRequestNo) => {
        const done = decide(useRequestNo, action, order)
        return done.ok ? [] : [{ useRequestNo, fault: done.error }]
      })
      return { done: useRequestNos.length - failed.length, failed }
    },
  }
}

const faultOfQuery = { 'no-answer': 'no-answer', undecided: 'undecided-there' } as const

/** Why a decision contradicts what was given; `null` when it does not. A return may be decided either way. */
function misfit(redemption: Redemption, how: Resolution): OrderFault | null {
  const isGiven = wasGiven(redemption)
  if (how === 'loss')
    return isGiven && redemption.couponReturn === null ? null : { code: 'nothing-given' }
  if (how === 'not-redeemed' && isGiven && !isKnownRedeemed(redemption))
    return { code: 'was-given' }
  return null
}

/** Returns the change that a decision makes. `valueFen`: what the coupon takes off the order, where that is known. */
function endOf(
  redemption: Redemption,
  how: Resolution,
  { by, worthFen = null }: PricedOrder,
  { at, valueFen }: { readonly at: number; readonly valueFen: number | null },
): Partial<Redemption> {
  if (isKnownRedeemed(redemption))
    return how === 'confirmed'
      ? { state: 'redeemed', couponReturn: notDone(redemption, at) }
      : { state: 'returned', reason: null, settledAt: at }
  const { given } = redemption
  const named = how === 'loss' && given?.fen === null ? { given: { ...given, fen: worthFen } } : {}
  if (how !== 'confirmed') return { state: 'resolved', resolution: how, settledAt: at, ...named }
  return {
    state: 'redeemed',
    reason: 'confirmed-by-person',
    resolution: how,
    settledAt: at,
    couponReturn: notDone(redemption, at),
    // Confirming means that the customer got the discount, so it must never be given again.
    given: redemption.given ?? { at, by, fen: redemption.honouredValueFen ?? valueFen },
  }
}
