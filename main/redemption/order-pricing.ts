import { staysHonoured } from './may-honour.ts'
import type { OfflineLimits } from './offline-policy.ts'
import type { OrderAtHand } from './order-at-hand.ts'
import type { OpenRedemptions } from './ports.ts'
import { isGiving, type Presentation } from './presentation.ts'
import type { Stage } from './stage.ts'
import type { StockCatalogue } from './stock-catalogue.ts'
import type { Tellings } from './tellings.ts'

interface OrderPricingParts {
  readonly open: Pick<OpenRedemptions, 'honoured'>
  readonly stocks: Pick<StockCatalogue, 'find'>
  readonly limits: OfflineLimits
  readonly order: Pick<OrderAtHand, 'remainingFor'>
  readonly stage: Pick<Stage, 'shown' | 'ofOrder'>
  readonly tellings: Pick<Tellings, 'redemptionOf' | 'speak'>
}

/** Prices the coupons of the order at the counter by a total that was typed after their scans. */
export class OrderPricing {
  readonly #parts: OrderPricingParts

  constructor(parts: OrderPricingParts) {
    this.#parts = parts
  }

  /**
   * Prices what was given in the order, as it was given, and the coupon that the cashier looks at, whatever its verdict
   * was.
   */
  priceOrder(): void {
    const { stage, tellings } = this.#parts
    const { shown, ofOrder } = stage
    const looked = shown !== null && ofOrder.includes(shown) ? shown : ofOrder.at(-1)
    const givenAt = (of: Presentation): number =>
      tellings.redemptionOf(of)?.given?.at ?? Number.MAX_SAFE_INTEGER
    const priced = ofOrder
      .filter((each) => each === looked || (each.verdict !== null && isGiving(each.verdict)))
      .filter((each) => tellings.redemptionOf(each) !== null)
      .toSorted((one, other) => givenAt(one) - givenAt(other))
    // What a later one took off the old total must not count when an earlier one is priced.
    for (const each of priced) each.deductedFen = 0
    for (const each of priced) this.#price(each)
  }

  #price(presentation: Presentation): void {
    const { tellings, order } = this.#parts
    const redemption = tellings.redemptionOf(presentation)
    // While the reply is awaited there is no verdict to change. The reply is priced when it comes.
    if (redemption === null || presentation.verdict === null) return
    const totalFen = order.remainingFor(presentation)
    const isOpen = redemption.state === 'pending' && !this.#staysHonoured(presentation, totalFen)
    if (isOpen) presentation.offline = null
    const open = isOpen ? { honoured: false, honouredValueFen: null, given: null } : {}
    tellings.speak(presentation, redemption, { ...open, totalFen })
  }

  #staysHonoured(presentation: Presentation, totalFen: number | null): boolean {
    const { open, stocks, limits, tellings } = this.#parts
    const redemption = tellings.redemptionOf(presentation)
    if (redemption === null || !redemption.honoured) return false
    const { useRequestNo, stockId } = redemption
    return staysHonoured(
      { open, limits },
      { useRequestNo, totalFen, stock: stocks.find(stockId) },
      presentation.offline?.mode === 'honour',
    )
  }
}
