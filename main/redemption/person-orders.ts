import type { StockView } from '../contract/redemption-view.ts'
import { err, type Result } from '../contract/result.ts'
import type { Attempter } from './attempt.ts'
import { createOrderSteps, type Done } from './carry-out-order.ts'
import { noteOf, type PersonOrder } from './note.ts'
import type { Clock, ExportedHandOver, HandOverFault, Random, TillStore } from './ports.ts'
import { hadNoEffect, type Redemption } from './redemption.ts'
import { createReviewOrders, type ReviewOrders } from './review-orders.ts'
import type { TakenOver } from './take-over.ts'
import type { TillIdentity } from './till-parts.ts'

/** What a person decides. Each decision is one transaction with an audit row that names the person and their reason. */
export interface PersonOrders extends ReviewOrders {
  /** Ends a redemption that no attempt can have redeemed: it never left the till, or was refused for the settings alone. */
  cancel(useRequestNo: string, order: PersonOrder): Done
  /**
   * Ends everything that is not settled here and returns it encrypted, for another till that goes on under the same
   * numbers. The caller writes the file; `handOverAgain` returns the same bytes again.
   */
  handOver(password: string, order: PersonOrder): Result<Uint8Array, HandOverFault>
  /** All hand-overs, newest first. */
  handOvers(): ExportedHandOver[]
  /** Returns the bytes of an earlier hand-over; `null` for an unknown id. */
  handOverAgain(id: number): Uint8Array | null
  /** Goes on with what another till handed over. Returns how many entries became what. */
  takeOver(entries: readonly Redemption[], order: PersonOrder): Result<TakenOver, HandOverFault>
}

interface PersonOrdersParts {
  readonly identity: TillIdentity
  readonly store: Pick<TillStore, 'redemptions' | 'handOvers'>
  readonly attempter: Attempter
  readonly findStock: (stockId: string | null) => StockView | null
  readonly clock: Clock
  readonly random: Random
  /** Called after every order that was carried out. */
  readonly onChanged: () => void
  /** Called when a redemption was cancelled, so that the counter can say so. */
  readonly onCancelled: (redemption: Redemption) => void
  /** Called when redemptions of another till were taken over. */
  readonly onTakenOver: () => void
}

export function createPersonOrders(parts: PersonOrdersParts): PersonOrders {
  const { identity, store, attempter, clock, random, onChanged } = parts
  const { redemptions, handOvers } = store
  const orders = createOrderSteps({ redemptions, attempter, clock, onChanged })
  const { change, inState } = orders

  return {
    ...createReviewOrders({
      tillId: identity.tillId,
      redemptions,
      attempter,
      findStock: parts.findStock,
      orders,
      clock,
      random,
      onChanged,
    }),
    cancel(useRequestNo, order) {
      const found = inState(useRequestNo, 'cancelled', ['pending'])
      if (!found.ok) return found
      if (!hadNoEffect(found.value) || attempter.running.has(useRequestNo))
        return err({ code: 'may-have-been-sent' })
      const next = { state: 'cancelled', settledAt: clock(), nextAttemptAt: null } as const
      const done = change(found.value, next, 'cancelled', noteOf(order, 'ordered'))
      if (done.ok) parts.onCancelled(done.value)
      return done
    },
    handOver(password, order) {
      if (attempter.running.size > 0) return err({ code: 'busy' })
      const audit = {
        at: clock(),
        event: 'handed-over',
        evidence: noteOf(order, 'hand-over'),
      } as const
      const sealed = handOvers.give(password, audit)
      if (sealed.ok) onChanged()
      return sealed
    },
    handOvers: () => handOvers.list(),
    handOverAgain: (id) => handOvers.again(id),
    takeOver(entries, order) {
      const audit = {
        at: clock(),
        event: 'taken-over',
        evidence: noteOf(order, 'hand-over'),
      } as const
      const here = { appid: identity.appid, running: attempter.running }
      const taken = handOvers.take(entries, audit, here)
      if (taken.ok) parts.onTakenOver()
      return taken
    },
  }
}
