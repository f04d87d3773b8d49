import { err, ok, type Result } from '../contract/result.ts'
import type { Resolution, ReviewAction } from '../contract/snapshot.ts'
import type { DeskFault } from '../contract/desk-requests.ts'
import type { Attempter } from './attempt.ts'
import { askForReturn } from './give-back.ts'
import type {
  AuditEvent,
  Clock,
  HandOverError,
  Note,
  NoteKind,
  Order,
  Random,
  RedemptionStore,
} from './ports.ts'
import { withFinding } from './reconcile.ts'
import { hadNoEffect, isKnownRedeemed, mayBecome, type Redemption, wasGiven } from './redemption.ts'
import { asFound, notDone } from './settle-found.ts'
import { createRequestNumber } from './use-request.ts'

/** Why a person's order was not carried out. */
export type DeskError =
  | {
      readonly code:
        | 'not-found'
        /** A request of it is under way, or may have arrived: only WeChat Pay's answer can end it. */
        | 'may-have-been-sent'
        /** A return names the batch, and this one's is not known. */
        | 'stock-unknown'
        /** A loss is something that was given. */
        | 'nothing-given'
        /** The discount was given: it can only be confirmed, or booked as a loss. */
        | 'was-given'
        /** Nobody can be asked: the coupon's owner is not known, and its code was not stored beforehand. */
        | 'no-query'
        /** WeChat Pay was asked and brought no answer now. */
        | 'no-answer'
        /** WeChat Pay answered, and it decides nothing. */
        | 'undecided-there'
    }
  /** Its state does not allow that. */
  | { readonly code: 'not-now'; readonly state: Redemption['state'] }

type Done = Result<Redemption, DeskError>

/** What a decision about several did: each has a transaction of its own. */
export interface Decided {
  readonly done: number
  readonly failed: readonly { readonly useRequestNo: string; readonly fault: DeskFault }[]
}

/** What a person decides; each is one transaction with an audit row that names them and their reason. */
export interface Desk {
  /**
   * Gives a coupon back to the customer: `coupons/return`, through the outbox, under a number of its own. One that is
   * redeemed; or one in review for which nobody had a discount. `stockId` where the till does not know the batch.
   */
  giveBack(useRequestNo: string, order: Order & { readonly stockId?: string | null }): Done
  /** Ends a redemption that never left the till, or was refused for the settings alone: nothing can have come of it. */
  cancel(useRequestNo: string, order: Order): Done
  /**
   * Ends what waits in review. Of a redemption: `confirmed` is redeemed and given, `not-redeemed` can be presented
   * again, `loss` was given for nothing. Of a return: `confirmed` is redeemed as before, `not-redeemed` is given back.
   */
  resolve(useRequestNo: string, how: Resolution, order: Order): Done
  /** Sends what waits in review again, the same bytes under the same number. */
  sendAgain(useRequestNo: string, order: Order): Done
  /** Asks WeChat Pay about what waits in review, and settles it from the answer. */
  lookUp(useRequestNo: string, asker: Pick<Order, 'by'>): Promise<Done>
  /** One decision about several. */
  decideAll(
    useRequestNos: readonly string[],
    action: Exclude<ReviewAction, 'look-up'>,
    order: Order,
  ): Decided
  /** A supervisor honours what the offline policy held. */
  honour(useRequestNo: string, order: Order & { readonly stakeFen: number | null }): Done
  /**
   * Everything open, sealed for another till that goes on under the same numbers; this one sends it no more. The file is
   * the caller's to write; `lastHandOver` gives it again.
   */
  handOver(password: string, order: Order): Result<Uint8Array, HandOverError>
  lastHandOver(): Uint8Array | undefined
  /** Goes on with what another till handed over. Says how many were new. */
  takeOver(sealed: Uint8Array, password: string, order: Order): Result<number, HandOverError>
}

interface DeskParts {
  readonly store: RedemptionStore
  readonly attempter: Attempter
  readonly clock: Clock
  readonly random: Random
  readonly tillId: string
  readonly onChanged: () => void
}

export function createDesk(parts: DeskParts): Desk {
  const { store, attempter, clock, random } = parts

  function change(
    redemption: Redemption,
    how: Partial<Redemption>,
    event: AuditEvent,
    evidence: Note,
  ): Done {
    const changed = attempter.amend(redemption, how, { at: clock(), event, evidence })
    parts.onChanged()
    return ok(changed)
  }

  function inState(
    useRequestNo: string,
    to: Redemption['state'],
    states: readonly Redemption['state'][],
  ): Done {
    const redemption = store.find(useRequestNo)
    if (!redemption) return err({ code: 'not-found' })
    const isAllowed = states.includes(redemption.state) && mayBecome(redemption.state, to)
    return isAllowed ? ok(redemption) : err({ code: 'not-now', state: redemption.state })
  }

  function giveBack(useRequestNo: string, order: Parameters<Desk['giveBack']>[1]): Done {
    const found = inState(useRequestNo, 'returning', ['redeemed', 'review'])
    if (!found.ok) return found
    const redemption = found.value
    const { body: sent, state } = redemption
    // Erased after its time: of the code only the end is left, which names no coupon.
    if (sent.length === 0) return err({ code: 'not-now', state })
    if (!isKnownRedeemed(redemption) && wasGiven(redemption)) return err({ code: 'was-given' })
    const stockId = order.stockId ?? redemption.stockId
    if (stockId === null) return err({ code: 'stock-unknown' })
    const returnRequestNo = createRequestNumber(parts.tillId, clock, random)
    const next = askForReturn(redemption, { stockId, returnRequestNo, at: clock() })
    return change(redemption, next, 'giving-back', noteOf(order, 'ordered'))
  }

  function sendAgain(useRequestNo: string, order: Order): Done {
    const found = inState(useRequestNo, 'pending', ['review'])
    if (!found.ok) return found
    const { giveBack: open, settledAt } = found.value
    // A return that went to review goes on as one.
    const state = open === null ? 'pending' : 'returning'
    const next = {
      state,
      spent: 0,
      waitedMs: 0,
      settledAt: open === null ? null : settledAt,
      nextAttemptAt: clock(),
    } as const
    return change(found.value, next, 'sent-again', noteOf(order, 'ordered'))
  }

  function resolve(useRequestNo: string, how: Resolution, order: Order): Done {
    const found = inState(useRequestNo, 'resolved', ['review'])
    if (!found.ok) return found
    const fault = unfit(found.value, how)
    if (fault !== null) return err({ code: fault })
    const next = { ...endOf(found.value, how, order, clock()), nextAttemptAt: null }
    return change(found.value, next, 'resolved', noteOf(order, how))
  }

  async function lookUp(useRequestNo: string, { by }: Pick<Order, 'by'>): Promise<Done> {
    const found = inState(useRequestNo, 'redeemed', ['review'])
    if (!found.ok) return found
    if (!attempter.canAsk(found.value)) return err({ code: 'no-query' })
    const answer = await attempter.ask(found.value)
    if (answer === 'later') return err({ code: 'no-answer' })
    if (answer === 'undecided') return err({ code: 'undecided-there' })
    // Somebody may have decided it meanwhile.
    const now = inState(useRequestNo, 'redeemed', ['review'])
    if (!now.ok) return now
    const evidence = withFinding({ by }, answer)
    const { redemption, audit } = asFound(now.value, answer, clock(), evidence)
    const amended = attempter.amend(now.value, redemption, audit)
    parts.onChanged()
    return ok(amended)
  }

  function decide(
    useRequestNo: string,
    action: Exclude<ReviewAction, 'look-up'>,
    order: Order,
  ): Done {
    if (action === 'send-again') return sendAgain(useRequestNo, order)
    if (action !== 'give-back') return resolve(useRequestNo, action, order)
    // What is redeemed and not in review was not listed for this decision.
    const listed = inState(useRequestNo, 'returning', ['review'])
    return listed.ok ? giveBack(useRequestNo, order) : listed
  }

  return {
    giveBack,
    sendAgain,
    resolve,
    lookUp,
    decideAll(useRequestNos, action, order) {
      const failed = useRequestNos.flatMap((useRequestNo) => {
        const done = decide(useRequestNo, action, order)
        return done.ok ? [] : [{ useRequestNo, fault: done.error.code }]
      })
      return { done: useRequestNos.length - failed.length, failed }
    },
    cancel(useRequestNo, order) {
      const found = inState(useRequestNo, 'cancelled', ['pending'])
      if (!found.ok) return found
      if (!hadNoEffect(found.value) || attempter.running.has(useRequestNo))
        return err({ code: 'may-have-been-sent' })
      const next = { state: 'cancelled', settledAt: clock(), nextAttemptAt: null } as const
      return change(found.value, next, 'cancelled', noteOf(order, 'ordered'))
    },
    handOver(password, order) {
      if (attempter.running.size > 0) return err({ code: 'busy' })
      const audit = {
        at: clock(),
        event: 'handed-over',
        evidence: noteOf(order, 'hand-over'),
      } as const
      const sealed = store.handOver(password, audit)
      parts.onChanged()
      return ok(sealed)
    },
    lastHandOver: () => store.lastHandOver(),
    takeOver(sealed, password, order) {
      const audit = {
        at: clock(),
        event: 'taken-over',
        evidence: noteOf(order, 'hand-over'),
      } as const
      const taken = store.takeOver(sealed, password, audit)
      if (taken.ok) parts.onChanged()
      return taken
    },
    honour(useRequestNo, order) {
      const found = inState(useRequestNo, 'pending', ['pending'])
      if (!found.ok) return found
      const { stakeFen } = order
      return change(
        found.value,
        { honoured: true, stakeFen },
        'honoured',
        noteOf(order, 'supervisor'),
      )
    },
  }
}

/** Where a decision does not fit what was given. A return's fate is the same either way. */
function unfit(redemption: Redemption, how: Resolution): 'nothing-given' | 'was-given' | null {
  const isGiven = wasGiven(redemption)
  if (how === 'loss') return isGiven && redemption.giveBack === null ? null : 'nothing-given'
  if (how === 'not-redeemed' && isGiven && !isKnownRedeemed(redemption)) return 'was-given'
  return null
}

/** What is true after a person's word. */
function endOf(
  redemption: Redemption,
  how: Resolution,
  { by }: Order,
  at: number,
): Partial<Redemption> {
  if (isKnownRedeemed(redemption))
    return how === 'confirmed'
      ? { state: 'redeemed', giveBack: notDone(redemption, at) }
      : { state: 'returned', reason: null, settledAt: at }
  if (how !== 'confirmed') return { state: 'resolved', resolution: how, settledAt: at }
  return {
    state: 'redeemed',
    reason: 'confirmed-by-person',
    resolution: how,
    settledAt: at,
    giveBack: notDone(redemption, at),
    // Whoever confirms it says that the customer has had it: it is never to be given again.
    given: redemption.given ?? { at, by, fen: redemption.stakeFen },
  }
}

function noteOf({ by, why }: Order, how: NoteKind): Note {
  return { by, how, why }
}
