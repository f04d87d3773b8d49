import { err, ok } from '../contract/result.ts'
import { familyOf } from '../contract/reason.ts'
import type { StockView } from '../contract/redemption-view.ts'
import type { Attempter } from './attempt.ts'
import type { Counter } from './redeem-at-counter.ts'
import type { Done } from './carry-out-order.ts'
import type { Holds } from './holds.ts'
import { mayHonour } from './may-honour.ts'
import type { OfflinePolicy } from './offline-policy.ts'
import type { PricedOrder } from './note.ts'
import type { PosOrders } from './pos-orders.ts'
import type { Clock, TillStore } from './ports.ts'
import type { Redemption } from './redemption.ts'
import type { ShopClaims } from './shop-claims.ts'

/** What a person at the counter decides about a coupon that is held for its customer. */
export interface CounterOrders {
  /** Orders that a POS opens at the counter. */
  readonly pos: PosOrders
  /** The customer keeps the coupon: it is cancelled, or returned once it turns out to be redeemed. */
  keep(useRequestNo: string, by: string | null): Done
  /** Gives the discount now for a coupon that was redeemed without giving it. */
  give(useRequestNo: string, by: string | null): Done
  /** Returns a coupon that was redeemed without giving the discount. */
  returnUngiven(useRequestNo: string, by: string | null): Done
  /**
   * A supervisor honours a coupon for which no reply came, within the sums that the shop allows. A coupon of unknown value
   * counts as the largest single value allowed.
   */
  honour(useRequestNo: string, order: PricedOrder, cashier: string | null): Done
}

interface CounterOrdersParts {
  readonly store: Pick<TillStore, 'redemptions' | 'open'>
  readonly attempter: Attempter
  readonly counter: Counter
  readonly holds: Holds
  readonly clock: Clock
  readonly offlinePolicy: OfflinePolicy
  readonly claims: ShopClaims | null
  readonly findStock: (stockId: string | null) => StockView | null
  readonly onChanged: () => void
}

const nobody = 'till'

export function createCounterOrders(parts: CounterOrdersParts): CounterOrders {
  const { attempter, counter, holds, clock, offlinePolicy } = parts
  const { redemptions, open } = parts.store

  /** Finds a redemption for which no discount was given. */
  function ungiven(useRequestNo: string, states: readonly Redemption['state'][]): Done {
    const found = redemptions.find(useRequestNo)
    if (!found) return err({ code: 'not-found' })
    const redemption = attempter.latest(found)
    if (redemption.given !== null) return err({ code: 'given-already' })
    if (!states.includes(redemption.state)) return err({ code: 'not-now', state: redemption.state })
    return ok(redemption)
  }

  function release(
    useRequestNo: string,
    by: string | null,
    states: readonly Redemption['state'][],
  ): Done {
    const found = ungiven(useRequestNo, states)
    if (!found.ok) return found
    const { body, state } = found.value
    // The code was erased when its time was over; its last characters alone name no coupon.
    if (body.length === 0) return err({ code: 'not-now', state })
    const how = 'customer-keeps'
    const released = holds.release(found.value, { how, by: by ?? nobody, why: how })
    if (!released.ok) return err({ code: 'not-saved' })
    if (released.value.state === 'redeemed') return err({ code: 'stock-unknown' })
    parts.onChanged()
    return released
  }

  return {
    pos: counter.pos,
    keep: (useRequestNo, by) => release(useRequestNo, by, ['pending', 'redeemed']),
    returnUngiven: (useRequestNo, by) => release(useRequestNo, by, ['redeemed']),
    give(useRequestNo, by) {
      const found = ungiven(useRequestNo, ['redeemed'])
      if (!found.ok) return found
      const presentation = counter.presentAgain(found.value, by)
      const { orderNo } = presentation
      const given = { at: clock(), by, fen: null }
      const totalFen = counter.totalFor(useRequestNo)
      const now = { released: null, given, totalFen, orderNo }
      const isSaved = counter.tellings.speak(presentation, found.value, now)
      return isSaved ? ok(attempter.latest(found.value)) : err({ code: 'not-saved' })
    },
    honour(useRequestNo, { by, why, worthFen = null }, cashier) {
      const found = ungiven(useRequestNo, ['pending'])
      if (!found.ok) return found
      const redemption = found.value
      const standing = parts.claims?.of(redemption) ?? null
      if (standing?.kind === 'elsewhere') return err({ code: 'at-other-till' })
      // The shop's server is being asked, for a second at most.
      if (standing?.kind === 'asking') return err({ code: 'not-now', state: redemption.state })
      const isSilence = familyOf(redemption.reason ?? 'no-answer-in-time') === 'silence'
      if (!isSilence) return err({ code: 'not-now', state: redemption.state })
      const totalFen = counter.totalFor(useRequestNo)
      const stock = parts.findStock(redemption.stockId)
      const { limits } = offlinePolicy
      const may = mayHonour({ open, limits }, { useRequestNo, stock, totalFen, worthFen })
      if (!may.ok && may.error.code === 'over-limit') return err({ code: 'over-limit' })
      if (!may.ok) return err({ code: 'not-now', state: redemption.state })
      const honouredValueFen = may.value
      const at = clock()
      const given = { at, by: cashier, fen: honouredValueFen }
      const presentation = counter.presentAgain(redemption, cashier)
      const { orderNo } = presentation
      const honoured = {
        honoured: true,
        honouredValueFen,
        released: null,
        given,
        totalFen,
        orderNo,
      }
      // The supervisor decided, and not the policy.
      presentation.offline = null
      const evidence = { by, how: 'supervisor', why } as const
      const honouring = { at, event: 'honoured', evidence } as const
      const isSaved = counter.tellings.speak(presentation, redemption, honoured, honouring)
      return isSaved ? ok(attempter.latest(redemption)) : err({ code: 'not-saved' })
    },
  }
}
