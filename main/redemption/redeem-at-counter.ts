import type { CounterView, Misread, Verdict } from '../contract/counter.ts'
import type { ScanSource, StockView } from '../contract/redemption-view.ts'
import { classifyPayload } from './coupon-code.ts'
import type { CounterParts, Scan } from './redeem-at-counter-parts.ts'
import { DoubleScans } from './double-scans.ts'
import { type Coupon, Enquiry, stockOf } from './enquiry.ts'
import { openViewOf } from './open-coupon.ts'
import { Orders } from './order.ts'
import { OrderPricing } from './order-pricing.ts'
import { OrderAtHand } from './order-at-hand.ts'
import { PosOrders } from './pos-orders.ts'
import { isFurtherCoupon, newPresentation, type Presentation, tailOf } from './presentation.ts'
import type { Redemption } from './redemption.ts'
import { noDetails, Speaker } from './speaker.ts'
import { Stage } from './stage.ts'
import { restoreCounter } from './restore-counter.ts'
import { no } from './telling.ts'
import { Tellings } from './tellings.ts'

const mostOpen = 50

/** The counter: takes scans and totals, and shows the verdicts, from the first to the last. */
export class Counter {
  readonly #parts: CounterParts
  readonly #orders: Orders
  readonly #order: OrderAtHand
  readonly #pricing: OrderPricing
  readonly #stage: Stage
  readonly #speaker: Speaker
  readonly #enquiry: Enquiry
  /** Orders that a POS opens. */
  readonly pos: PosOrders
  /** The verdicts and the presentations that show them. */
  readonly tellings: Tellings
  readonly #doubles: DoubleScans
  /** Presentations of merchant's own codes, whose batch may be chosen. */
  readonly #ownCodes = new WeakMap<Presentation, { source: ScanSource; coupon: Coupon }>()

  constructor(parts: CounterParts) {
    this.#parts = parts
    const { identity, store, clocks, random, scheduler, attempter, report } = parts
    const { elapsed, now: clock } = clocks
    const { onFault } = report
    const stocksToChoose = (presentation: Presentation) => this.#stocksToChoose(presentation)
    this.#doubles = new DoubleScans(elapsed)
    this.#stage = new Stage({
      isInFront: parts.isInFront,
      elapsed,
      scheduler,
      onChanged: report.onChanged,
    })
    this.#orders = new Orders({
      tillId: identity.tillId,
      clocks,
      random,
      scheduler,
      audit: store.audit,
      onEnded: () => this.tellings.endOrder(),
      onFault,
    })
    const order = new OrderAtHand(this.#orders, this.#stage, elapsed)
    this.#order = order
    this.#speaker = new Speaker({
      open: store.open,
      stocks: parts.stocks,
      clocks,
      offlinePolicy: parts.rules.offlinePolicy,
      holdMs: parts.limits.holdMs,
      lastContactAt: () => parts.connection.current.lastContactAt,
      order,
      stocksToChoose,
      standingOf: (redemption) => parts.claims?.of(redemption) ?? null,
      view: parts.view,
    })
    this.tellings = new Tellings({
      audit: store.audit,
      attempter,
      holds: parts.holds,
      stage: this.#stage,
      speaker: this.#speaker,
      clock,
      order,
      onFault,
    })
    this.#pricing = new OrderPricing({
      open: store.open,
      stocks: parts.stocks,
      limits: parts.rules.offlinePolicy.limits,
      order,
      stage: this.#stage,
      tellings: this.tellings,
    })
    this.pos = new PosOrders({
      ...parts,
      orders: this.#orders,
      order,
      stage: this.#stage,
      pricing: this.#pricing,
      counter: this,
    })
    this.#enquiry = new Enquiry({
      store,
      attempter,
      connection: parts.connection,
      recorder: parts.recorder,
      tellings: this.tellings,
      clock,
      scheduler,
      limits: parts.limits,
      order,
      stocksToChoose,
      claims: parts.claims,
      report,
    })
  }

  view(): CounterView {
    const order = this.#orders.current
    return {
      ...this.#stage.view(),
      order: order && {
        orderNo: order.orderNo,
        totalFen: order.totalFen,
        deductedFen: this.#order.deductedBeside(null),
        coupons: this.#stage.ofOrder.filter(isFurtherCoupon).length,
        exchangeFen: this.#order.exchangeFen,
      },
      open: this.#parts.store.open
        .held(mostOpen)
        .map((held) =>
          openViewOf(held, this.totalFor(held.useRequestNo) ?? held.totalFen, this.#parts.view),
        ),
    }
  }

  async redeem(scan: Scan): Promise<Verdict> {
    const { rules, store } = this.#parts
    const coupon = classifyPayload(scan.payload, rules.codeRules)
    if (coupon.kind !== 'coupon')
      return this.#sayNoCoupon(coupon.kind, scan.source, scan.cashier, null)
    const key = [coupon.code, ...coupon.stockIds].join(' ')
    const double = this.#doubles.find(key)
    if (double !== null && scan.stockId === null) {
      // The code was read twice. If its customer has left in between, it does not belong to the next customer.
      this.#stage.showAgain(double.presentation, this.#order.isOfOrder(double.presentation))
      return double.said
    }
    if (scan.totalFen !== null) {
      this.#noteEnd()
      this.#orders.open(scan.totalFen)
    }
    const presentation = this.#present(tailOf(coupon.code), scan.source, scan.cashier)
    this.#stage.show(presentation)
    if (!coupon.issued) this.#ownCodes.set(presentation, { source: scan.source, coupon })
    const said = this.#enquiry.ask(
      presentation,
      scan.source,
      coupon,
      scan.stockId ?? stockOf(coupon, store.stockChoices),
    )
    this.#doubles.add(key, { presentation, said })
    return said
  }

  /** Shows that a scan gave no readable code. */
  misread(why: Misread, cashier: string | null): void {
    this.#sayNoCoupon('misread', 'scanned', cashier, why)
  }

  /** Sets the total of the order at the counter, in fen; once its verdict has aged, begins the next order with it. */
  setTotal(totalFen: number | null): void {
    const order = this.#orders.current
    const isNext =
      order?.totalFen != null &&
      this.#stage.ofOrder.length > 0 &&
      this.#stage.shown?.isAged !== false
    if (order === null || isNext) {
      this.#noteEnd()
      this.#orders.open(totalFen)
      this.#stage.dropEarlier()
    } else {
      this.#orders.setTotal(order, totalFen)
      this.#pricing.priceOrder()
    }
    this.#stage.changed()
  }

  nextCustomer(): void {
    this.#noteEnd()
    this.#orders.end()
    this.#stage.clear()
  }

  /** Writes that the order is over, so that a restart neither shows it again nor uses its total. */
  #noteEnd(): void {
    const orderNo = this.#orders.current?.orderNo ?? this.#stage.shown?.orderNo
    if (orderNo !== undefined) this.#orders.note('order-ended', orderNo)
  }

  /** The counter's screen is in front again: what could be said to nobody meanwhile is said now. */
  cameToFront(): void {
    for (const presentation of this.#stage.ofOrder) {
      const redemption = this.tellings.redemptionOf(presentation)
      const isUnsaid = redemption?.state === 'pending' && redemption.given === null
      // While the reply is awaited there is no verdict to change.
      if (isUnsaid && presentation.verdict !== null) this.tellings.speak(presentation, redemption)
    }
  }

  /** The window lost the focus, or a scan went to another screen. */
  age(): void {
    this.#stage.age()
  }

  /** Chooses the batch of a merchant's own code that fits several, and remembers it for the next code like it. */
  async chooseStock(presentationNo: string, stockId: string): Promise<void> {
    const { attempter, store } = this.#parts
    const presentation = this.#stage.shown
    const asked = presentation && this.#ownCodes.get(presentation)
    if (!asked || presentation.presentationNo !== presentationNo) return
    // A coupon that was sent and not refused belongs to the batch that it was sent with.
    const chosen = presentation.useRequestNo && attempter.find(presentation.useRequestNo)
    if (chosen && chosen.state !== 'refused') return
    store.stockChoices.save(asked.coupon.stockIds, stockId)
    presentation.verdict = null
    this.#stage.show(presentation)
    await this.#enquiry.ask(presentation, asked.source, asked.coupon, stockId)
  }

  /** Presents a held coupon again, by a key instead of a scan, and returns its presentation. */
  presentAgain(redemption: Redemption, cashier: string | null): Presentation {
    const { useRequestNo, couponCode, source } = redemption
    const holder = this.tellings.holderOf(useRequestNo)
    if (holder !== null && this.#order.isOfOrder(holder)) {
      this.#stage.show(holder)
      return holder
    }
    const presentation = this.#present(tailOf(couponCode), source, cashier)
    this.tellings.hold(presentation, useRequestNo)
    this.#stage.show(presentation)
    return presentation
  }

  /** What the order leaves for a coupon that is given now, in fen; `null` when no total was typed. */
  totalFor(useRequestNo: string): number | null {
    const holder = this.tellings.holderOf(useRequestNo)
    return this.#order.remainingFor(
      holder !== null && this.#order.isOfOrder(holder) ? holder : null,
    )
  }

  /** Shows again what was shown before the program ended. */
  restore(): void {
    restoreCounter(this.#parts, {
      orders: this.#orders,
      stage: this.#stage,
      tellings: this.tellings,
    })
  }

  stop(): void {
    this.#stage.stop()
    this.#orders.stop()
  }

  get #stamp(): Parameters<typeof newPresentation>[0] {
    const { identity, clocks, random } = this.#parts
    return { tillId: identity.tillId, clocks, random }
  }

  #present(codeTail: string, source: ScanSource, cashier: string | null): Presentation {
    const order = this.#orders.currentOrNew()
    this.#orders.touch()
    return newPresentation(this.#stamp, { codeTail, source, cashier, orderNo: order.orderNo })
  }

  #sayNoCoupon(
    reason: 'payment-code' | 'product-barcode' | 'not-a-coupon' | 'misread',
    source: ScanSource,
    cashier: string | null,
    misread: Misread | null,
  ): Verdict {
    const details = { ...noDetails, misread }
    if (this.#stage.takesAside(reason)) return this.#speaker.verdict(no(reason), null, details)
    const orderNo = this.#orders.current?.orderNo ?? ''
    const presentation = newPresentation(this.#stamp, { codeTail: '', source, cashier, orderNo })
    this.#stage.show(presentation)
    return this.tellings.sayFinal(presentation, no(reason), null, details)
  }

  /** The batches that a code may belong to, if several: it may have been refused for the wrong one. */
  #stocksToChoose(presentation: Presentation): readonly StockView[] {
    const stockIds = this.#ownCodes.get(presentation)?.coupon.stockIds
    return stockIds && stockIds.length > 1 ? this.#parts.recorder.stocksAmong(stockIds) : []
  }
}
