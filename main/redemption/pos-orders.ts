import { err, ok } from '../contract/result.ts'
import type { Done } from './carry-out-order.ts'
import { classifyPayload, type Classified } from './coupon-code.ts'
import type { OrderAtHand } from './order-at-hand.ts'
import type { Orders } from './order.ts'
import type { Presentation } from './presentation.ts'
import type { OrderPricing } from './order-pricing.ts'
import type { CounterParts } from './redeem-at-counter-parts.ts'
import type { Redemption } from './redemption.ts'
import type { Stage } from './stage.ts'
import type { Tellings } from './tellings.ts'
import type { Trade } from './trade.ts'

interface PosOrdersParts extends Pick<
  CounterParts,
  'attempter' | 'store' | 'rules' | 'clocks' | 'report'
> {
  readonly orders: Orders
  readonly order: OrderAtHand
  readonly stage: Stage
  readonly pricing: Pick<OrderPricing, 'priceOrder'>
  readonly counter: {
    readonly tellings: Pick<Tellings, 'speak' | 'sayAnew'>
    presentAgain(redemption: Redemption, cashier: string | null): Presentation
    nextCustomer(): void
  }
}

/** What a POS says of its order. */
export interface PosOrder {
  /** `null`: the order is new, and gets a number. */
  readonly orderNo: string | null
  /** In fen. */
  readonly totalFen: number
  readonly trade: Trade
}

/** Orders that a POS opens and ends. Their coupons are presented, told and given like all others. */
export class PosOrders {
  readonly #parts: PosOrdersParts
  /** Coupons of the till's own order that was at the counter when the POS opened one. */
  #offered: ReadonlySet<string> = new Set()

  constructor(parts: PosOrdersParts) {
    this.#parts = parts
  }

  /** The number of the order at the counter; `null` for none, and for one that no POS opened. */
  current(): string | null {
    const order = this.#parts.orders.current
    return order?.trade == null ? null : order.orderNo
  }

  /** Begins an order, or goes on with one, with another total or after something else ended it. Returns its number. */
  open({ orderNo, totalFen, trade }: PosOrder): string {
    const { orders, stage } = this.#parts
    const { current } = orders
    if (current !== null && current.orderNo === orderNo) {
      current.trade = trade
      if (current.totalFen !== totalFen) this.#reprice(totalFen)
      orders.touch()
      stage.changed()
      return orderNo
    }
    this.#offered = this.#toOffer()
    if (current !== null) orders.note('order-ended', current.orderNo)
    const of = orderNo === null ? {} : { orderNo, deductedBefore: this.#deducted(orderNo) }
    const opened = orders.open(totalFen, { ...of, trade })
    orders.setTotal(opened, totalFen)
    stage.dropEarlier()
    stage.age()
    return opened.orderNo
  }

  /** Ends the order if it is the one at the counter. */
  end(orderNo: string): void {
    if (this.current() === orderNo) this.#parts.counter.nextCustomer()
  }

  /** Coupons that were scanned before the POS opened its order, and may belong to it. */
  offered(): Redemption[] {
    return [...this.#offered].flatMap((useRequestNo) => {
      const redemption = this.#parts.attempter.find(useRequestNo)
      return redemption !== null && mayBeClaimed(redemption) ? [redemption] : []
    })
  }

  /** Takes an offered coupon into the order at the counter. */
  claim(useRequestNo: string, cashier: string | null): Done {
    const { attempter, clocks, counter, order } = this.#parts
    const found = this.offered().find((each) => each.useRequestNo === useRequestNo)
    if (found === undefined || this.current() === null) return err({ code: 'not-found' })
    const totalFen = order.remainingFor(null)
    const presentation = counter.presentAgain(found, cashier)
    const taken = {
      orderNo: presentation.orderNo,
      // One that was given keeps its sum.
      ...(found.given === null && { totalFen }),
    }
    this.#offered = new Set([...this.#offered].filter((other) => other !== useRequestNo))
    // The reply, or the end of the cashier's patience, gives the verdict.
    const isAwaited = found.state === 'pending' && attempter.isUnderWay(useRequestNo)
    const isSaved = isAwaited
      ? attempter.tryAmend(found, taken, { at: clocks.now(), event: 'presented', evidence: null })
          .ok
      : counter.tellings.speak(presentation, found, taken)
    return isSaved ? ok(attempter.latest(found)) : err({ code: 'not-saved' })
  }

  /** The coupons of an order as they are now, in the order in which they were recorded. */
  couponsOf(orderNo: string): Redemption[] {
    const { store, attempter } = this.#parts
    return store.redemptions.ofOrder(orderNo).map((redemption) => attempter.latest(redemption))
  }

  /** What this text is. A payment code is told from a coupon before anything is written. */
  kindOf(payload: string): Classified['kind'] {
    return classifyPayload(payload, this.#parts.rules.codeRules).kind
  }

  /** The redemption that was recorded for this code and this order; `null` for none. */
  recorded(payload: string, orderNo: string): Redemption | null {
    const { store, attempter, rules } = this.#parts
    const coupon = classifyPayload(payload, rules.codeRules)
    if (coupon.kind !== 'coupon') return null
    const batches = coupon.issued ? [null] : coupon.stockIds
    for (const stockId of batches) {
      const found = store.redemptions.findByCode(coupon.code, stockId)
      const latest = found && attempter.latest(found)
      if (latest?.orderNo === orderNo) return latest
    }
    return null
  }

  /** A coupon of the order was returned: the counter says so, and the order's other coupons have more to take off. */
  returned(redemption: Redemption): void {
    const { counter, orders, stage } = this.#parts
    const { current } = orders
    const isShown = stage.ofOrder.some((each) => each.useRequestNo === redemption.useRequestNo)
    if (current !== null && current.orderNo === redemption.orderNo && !isShown)
      current.deductedBefore -= redemption.given?.fen ?? 0
    counter.tellings.sayAnew(redemption)
  }

  #reprice(totalFen: number): void {
    const { orders, pricing } = this.#parts
    const { current } = orders
    if (current === null) return
    orders.setTotal(current, totalFen)
    pricing.priceOrder()
  }

  #toOffer(): ReadonlySet<string> {
    const { orders, order, stage } = this.#parts
    const { current } = orders
    if (current === null || current.trade !== null) return new Set()
    const attended = stage.ofOrder.filter((each) => order.isAttended(each))
    return new Set(attended.flatMap(({ useRequestNo }) => useRequestNo ?? []))
  }

  #deducted(orderNo: string): number {
    return this.couponsOf(orderNo).reduce((sum, each) => sum + deductedBy(each), 0)
  }
}

/** What a coupon takes off its order, in fen; 0 where nothing was given, or it goes back to the customer. */
export function deductedBy({ given, state }: Redemption): number {
  return given === null || state === 'returning' || state === 'returned' ? 0 : (given.fen ?? 0)
}

function mayBeClaimed({ state, released }: Redemption): boolean {
  return (state === 'pending' || state === 'redeemed') && released === null
}
