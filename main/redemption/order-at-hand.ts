import { type Orders, orderRestMs } from './order.ts'
import type { Clock } from './ports.ts'
import { isGiving, type Presentation } from './presentation.ts'
import type { Stage } from './stage.ts'
import type { Trade } from './trade.ts'

/** What the customer's order at the counter means for its coupons: whether they are still there, and what is left to pay. */
export class OrderAtHand {
  readonly #orders: Orders
  readonly #stage: Stage
  readonly #elapsed: Clock

  constructor(orders: Orders, stage: Stage, elapsed: Clock) {
    this.#orders = orders
    this.#stage = stage
    this.#elapsed = elapsed
  }

  /** Whether the presentation belongs to the order at the counter. */
  isOfOrder({ orderNo }: Presentation): boolean {
    return orderNo !== '' && this.#orders.current?.orderNo === orderNo
  }

  /**
   * Whether its customer is still there to be given something, and somebody hears of it: the cashier who sees the counter, or
   * the POS that opened the order, wherever the till's window is.
   */
  isAttended(presentation: Presentation): boolean {
    const isHeard = this.#stage.isInFront || this.tradeOf(presentation) !== null
    return isHeard && this.isThere(presentation)
  }

  /**
   * Whether the presentation's customer is still there. Where nobody presses "next customer", one
   * order goes on for as long as coupons come. So of the coupons beside the one shown, only those scanned just now count
   * as this customer's.
   */
  isThere(presentation: Presentation): boolean {
    if (!this.isOfOrder(presentation)) return false
    if (presentation === this.#stage.shown) return true
    const isRecent = this.#elapsed() - presentation.elapsedAt < orderRestMs
    return isRecent && this.#stage.isInSight(presentation)
  }

  /** The total of the presentation's order, in fen; `null` where none was typed, or the order is over. */
  totalOf(presentation: Presentation): number | null {
    return this.isOfOrder(presentation) ? (this.#orders.current?.totalFen ?? null) : null
  }

  /** The payment of the presentation's order; `null` unless a POS opened it, and where it is over. */
  tradeOf(presentation: Presentation): Trade | null {
    return this.isOfOrder(presentation) ? (this.#orders.current?.trade ?? null) : null
  }

  /**
   * What the order's other coupons leave of its total for this presentation, in fen; `null` where no total was typed, or
   * the order is over. `null` in place of a presentation stands for a coupon that is not yet part of the order.
   */
  remainingFor(presentation: Presentation | null): number | null {
    const isAtHand = presentation === null || this.isOfOrder(presentation)
    const totalFen = isAtHand ? this.#orders.current?.totalFen : null
    return totalFen == null ? null : Math.max(0, totalFen - this.deductedBeside(presentation))
  }

  /** What the goods of the order's exchange coupons cost, in fen: it is paid besides the total, unless that has them already. */
  get exchangeFen(): number {
    return this.#stage.ofOrder.reduce((sum, { verdict }) => {
      const stock = verdict?.redemption?.stock
      const isGiven = verdict !== null && isGiving(verdict) && stock?.kind === 'EXCHANGE'
      return sum + (isGiven ? (stock.exchangePriceFen ?? 0) : 0)
    }, 0)
  }

  /** What the order's coupons took off, without this one, in fen. */
  deductedBeside(presentation: Presentation | null): number {
    return this.#stage.ofOrder.reduce(
      (sum, other) => sum + (other === presentation ? 0 : other.deductedFen),
      this.#orders.current?.deductedBefore ?? 0,
    )
  }
}
