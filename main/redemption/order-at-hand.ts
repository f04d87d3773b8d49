import type { Orders } from './order.ts'
import { orderRestMs } from './order.ts'
import type { Clock } from './ports.ts'
import type { Presentation } from './presentation.ts'
import type { Stage } from './stage.ts'

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
   * Whether the presentation's customer is still there to be given something. Where nobody presses "next customer", one
   * order goes on for as long as coupons come. So of the coupons beside the one shown, only those scanned just now count
   * as this customer's.
   */
  isAttended(presentation: Presentation): boolean {
    if (!this.isOfOrder(presentation)) return false
    if (presentation === this.#stage.shown) return true
    const isRecent = this.#elapsed() - presentation.elapsedAt < orderRestMs
    return isRecent && this.#stage.isInSight(presentation)
  }

  /** The total of the presentation's order, in fen; `null` where none was typed, or the order is over. */
  totalOf(presentation: Presentation): number | null {
    return this.isOfOrder(presentation) ? (this.#orders.current?.totalFen ?? null) : null
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

  /** What the order's coupons took off, without this one, in fen. */
  deductedBeside(presentation: Presentation | null): number {
    return this.#stage.ofOrder.reduce(
      (sum, other) => sum + (other === presentation ? 0 : other.deductedFen),
      0,
    )
  }
}
