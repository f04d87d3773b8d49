import { err, ok, type Result } from '../contract/result.ts'
import type { Attempter } from './attempt.ts'
import type {
  AuditEvent,
  Clock,
  ExportedHandOver,
  HandOverError,
  Note,
  NoteKind,
  Order,
  Random,
  RedemptionStore,
} from './ports.ts'
import { mayBecome, type Redemption, hadNoEffect } from './redemption.ts'
import { mayGoOn, type TakenOver } from './take-over.ts'
import { createRequestNumber, createReturnBody } from './use-request.ts'

/** Why a person's order was not carried out. */
export type DeskError =
  | { readonly code: 'not-found' }
  /** Its state does not allow that. */
  | { readonly code: 'not-now'; readonly state: Redemption['state'] }
  /** A request of it is under way, or may have arrived: only WeChat Pay's answer can end it. */
  | { readonly code: 'may-have-been-sent' }
  /** A return names the batch, and this one's is not known. */
  | { readonly code: 'stock-unknown' }

/** How what waited in review can be ended. */
export type Resolution = Extract<NoteKind, 'confirmed' | 'loss'>

type Done = Result<Redemption, DeskError>

/** What a person decides; each is one transaction with an audit row that names him and his reason. */
export interface Desk {
  /** Gives a redeemed coupon back to the customer: `coupons/return`, through the outbox, under a number of its own. */
  giveBack(useRequestNo: string, order: Order): Done
  /** Ends a redemption that never left the till, or was refused for the settings alone: nothing can have come of it. */
  cancel(useRequestNo: string, order: Order): Done
  /** Ends what waits in review. */
  resolve(useRequestNo: string, how: Resolution, order: Order): Done
  /** Sends what waits in review again, the same bytes under the same number. */
  sendAgain(useRequestNo: string, order: Order): Done
  /** A supervisor honours what the offline policy held. */
  honour(useRequestNo: string, order: Order & { readonly stakeFen: number | null }): Done
  /**
   * Everything open, sealed for another till that goes on under the same numbers; this one sends it no more. The file is
   * the caller's to write; `handOverAgain` gives it again.
   */
  handOver(password: string, order: Order): Result<Uint8Array, HandOverError>
  /** Every export there was, the newest first. */
  handOvers(): ExportedHandOver[]
  handOverAgain(id: number): Uint8Array | undefined
  /** Goes on with what another till handed over. Says what became of how many. */
  takeOver(sealed: Uint8Array, password: string, order: Order): Result<TakenOver, HandOverError>
}

interface DeskParts {
  readonly store: RedemptionStore
  readonly attempter: Attempter
  readonly clock: Clock
  readonly random: Random
  readonly tillId: string
  readonly appid: string
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

  return {
    giveBack(useRequestNo, order) {
      const found = inState(useRequestNo, 'returning', ['redeemed'])
      if (!found.ok) return found
      const { couponCode, stockId, body: sent, state } = found.value
      // Erased after its time: of the code only the end is left, which names no coupon.
      if (sent.length === 0) return err({ code: 'not-now', state })
      if (stockId === null) return err({ code: 'stock-unknown' })
      const returnRequestNo = createRequestNumber(parts.tillId, clock, random)
      const body = createReturnBody({ couponCode, stockId, returnRequestNo })
      const next = {
        state: 'returning',
        giveBack: { returnRequestNo, body },
        spent: 0,
        waitedMs: 0,
        uncertain: false,
        settledAt: null,
        nextAttemptAt: clock(),
      } as const
      return change(found.value, next, 'giving-back', noteOf(order, 'ordered'))
    },
    cancel(useRequestNo, order) {
      const found = inState(useRequestNo, 'cancelled', ['pending'])
      if (!found.ok) return found
      if (!hadNoEffect(found.value) || attempter.running.has(useRequestNo))
        return err({ code: 'may-have-been-sent' })
      const next = { state: 'cancelled', settledAt: clock(), nextAttemptAt: null } as const
      return change(found.value, next, 'cancelled', noteOf(order, 'ordered'))
    },
    resolve(useRequestNo, how, order) {
      const found = inState(useRequestNo, 'resolved', ['review'])
      if (!found.ok) return found
      const next = { state: 'resolved', settledAt: clock(), nextAttemptAt: null } as const
      return change(found.value, next, 'resolved', noteOf(order, how))
    },
    sendAgain(useRequestNo, order) {
      const found = inState(useRequestNo, 'pending', ['review'])
      if (!found.ok) return found
      // Taken over and stopped: this till has, or had, the coupon under another number.
      if (!mayGoOn(found.value, store.siblings(found.value)))
        return err({ code: 'not-now', state: found.value.state })
      // A return that went to review goes on as one.
      const state = found.value.giveBack === null ? 'pending' : 'returning'
      const next = {
        state,
        spent: 0,
        waitedMs: 0,
        settledAt: null,
        nextAttemptAt: clock(),
      } as const
      return change(found.value, next, 'sent-again', noteOf(order, 'ordered'))
    },
    handOver(password, order) {
      if (attempter.running.size > 0) return err({ code: 'busy' })
      const audit = {
        at: clock(),
        event: 'handed-over',
        evidence: noteOf(order, 'hand-over'),
      } as const
      const sealed = store.handOver(password, audit)
      if (sealed.ok) parts.onChanged()
      return sealed
    },
    handOvers: () => store.handOvers(),
    handOverAgain: (id) => store.handOverAgain(id),
    takeOver(sealed, password, order) {
      const audit = {
        at: clock(),
        event: 'taken-over',
        evidence: noteOf(order, 'hand-over'),
      } as const
      const here = { appid: parts.appid, running: attempter.running }
      const taken = store.takeOver(sealed, password, audit, here)
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

function noteOf({ by, why }: Order, how: NoteKind): Note {
  return { by, how, why }
}
