import type { CounterView, Misread, Verdict } from '../contract/counter.ts'
import { familyOf } from '../contract/reason.ts'
import type { RedemptionView, ScanSource } from '../contract/redemption-view.ts'
import type { Attempted, Attempter } from './attempt.ts'
import type { ConnectionState } from './connection.ts'
import { classifyPayload, type CodeRules } from './coupon-code.ts'
import { DoubleScans } from './double-scans.ts'
import { type Coupon, Enquiry } from './enquiry.ts'
import type { Holds } from './holds.ts'
import { openViewOf } from './open-coupon.ts'
import type { OfflinePolicy } from './offline-policy.ts'
import { orderRestMs, Orders } from './order.ts'
import { type Recorder } from './recorder.ts'
import type { Clock, Random, RedemptionStore, Scheduler } from './ports.ts'
import { newPresentation, type Presentation, presentationFrom, tailOf } from './presentation.ts'
import type { Redemption } from './redemption.ts'
import { Speaker } from './speaker.ts'
import { Stage } from './stage.ts'
import type { StockCatalogue } from './stock-catalogue.ts'
import { no } from './telling.ts'
import { Tellings } from './tellings.ts'

export interface Scan {
  readonly payload: string
  readonly source: ScanSource
  readonly cashier?: string
  /** The order's total in fen, for the threshold and what is to be paid: begins an order of its own. */
  readonly totalFen?: number
  /** The batch that the cashier chose for the merchant's own code. */
  readonly stockId?: string
}

export interface CounterParts {
  readonly store: RedemptionStore
  readonly attempter: Attempter
  readonly holds: Holds
  readonly connection: ConnectionState
  readonly stocks: StockCatalogue
  readonly clock: Clock
  readonly random: Random
  readonly scheduler: Scheduler
  readonly tillId: string
  readonly recorder: Recorder
  readonly codeRules: CodeRules
  readonly patienceMs: number
  readonly holdMs: number
  readonly offlinePolicy: OfflinePolicy
  readonly view: (redemption: Redemption) => RedemptionView
  readonly onRecorded: () => void
  readonly onAttempted: (attempted: Attempted) => void
  readonly onFault: (cause: unknown) => void
  /** What came of it is not known to this program; the entry still says that it is under way. */
  readonly onAttemptFailed: (cause: unknown) => void
  readonly onChanged: () => void
}

const mostOpen = 50

/** What happens between a scan and the last word about it. */
export class Counter {
  readonly #parts: CounterParts
  readonly #orders: Orders
  readonly #stage: Stage
  readonly #speaker: Speaker
  readonly #enquiry: Enquiry
  /** What is said, to whom it concerns. */
  readonly tellings: Tellings
  readonly #doubles: DoubleScans
  /** Of these the batch may be chosen, or chosen anew. */
  readonly #ownCodes = new WeakMap<Presentation, { source: ScanSource; coupon: Coupon }>()

  constructor(parts: CounterParts) {
    this.#parts = parts
    const { clock, scheduler } = parts
    this.#doubles = new DoubleScans(clock)
    this.#stage = new Stage({ clock, scheduler, onChanged: parts.onChanged })
    this.#orders = new Orders({ ...parts, onEnded: () => this.tellings.endOrder() })
    this.#speaker = new Speaker({
      ...parts,
      lastContactAt: () => parts.connection.current.lastContactAt,
      isAttended: (presentation) => this.#isAttended(presentation),
      totalOf: (presentation) =>
        this.#isAttended(presentation) ? (this.#orders.current?.totalFen ?? null) : null,
    })
    this.tellings = new Tellings({
      ...parts,
      stage: this.#stage,
      speaker: this.#speaker,
      isAttended: (presentation) => this.#isAttended(presentation),
    })
    this.#enquiry = new Enquiry({
      ...parts,
      tellings: this.tellings,
      remainingFor: (presentation) => this.#remainingFor(presentation),
    })
  }

  view(): CounterView {
    const order = this.#orders.current
    return {
      ...this.#stage.view(),
      order: order && {
        orderNo: order.orderNo,
        totalFen: order.totalFen,
        deductedFen: this.#deductedBeside(null),
        coupons: this.#stage.ofOrder.filter(isNew).length,
      },
      open: this.#parts.store
        .held(mostOpen)
        .map((redemption) => openViewOf(redemption, this.#parts.view)),
    }
  }

  async redeem(scan: Scan): Promise<Verdict> {
    const { codeRules, store } = this.#parts
    const coupon = classifyPayload(scan.payload, codeRules)
    if (coupon.kind !== 'coupon')
      return this.#sayNoCoupon(coupon.kind, scan.source, scan.cashier ?? null)
    if (scan.totalFen !== undefined) this.#orders.open(scan.totalFen)
    const key = [coupon.code, ...coupon.stockIds].join(' ')
    const double = this.#doubles.find(key)
    if (double !== null && scan.stockId === undefined) {
      this.#stage.show(double.presentation)
      return double.said
    }
    const presentation = this.#present(tailOf(coupon.code), scan.source, scan.cashier ?? null)
    this.#stage.show(presentation)
    if (!coupon.issued) this.#ownCodes.set(presentation, { source: scan.source, coupon })
    const said = this.#enquiry.ask(
      presentation,
      scan.source,
      coupon,
      scan.stockId ?? stockOf(coupon, store),
    )
    this.#doubles.add(key, { presentation, said })
    return said
  }

  /** A burst of keys that was a scan and gave no code. */
  misread(why: Misread, cashier: string | null): void {
    this.#sayNoCoupon('misread', 'scanned', cashier, why)
  }

  /** The total of the order at hand, in fen; after its verdict has aged, that of the next one. */
  setTotal(totalFen: number | null): void {
    const order = this.#orders.current
    const { shown, ofOrder } = this.#stage
    const isNext = order?.totalFen != null && ofOrder.length > 0 && shown?.isAged !== false
    if (order === null || isNext) this.#orders.open(totalFen)
    else {
      order.totalFen = totalFen
      this.#orders.touch()
      if (shown !== null && ofOrder.includes(shown)) this.#price(shown)
    }
    this.#stage.changed()
  }

  nextCustomer(): void {
    this.#orders.end()
    this.#stage.clear()
  }

  /** The window lost the focus, or a scan went to another screen. */
  age(): void {
    this.#stage.age()
  }

  /** The batch of a merchant's own code that fits several; remembered for the next of its shape. */
  async chooseStock(presentationNo: string, stockId: string): Promise<void> {
    const presentation = this.#stage.shown
    const asked = presentation && this.#ownCodes.get(presentation)
    if (!asked || presentation.presentationNo !== presentationNo) return
    this.#parts.store.chooseStock(asked.coupon.stockIds, stockId)
    presentation.verdict = null
    this.#stage.show(presentation)
    await this.#enquiry.ask(presentation, asked.source, asked.coupon, stockId)
  }

  /** A coupon whose customer is owed a word is presented again, by a key instead of a scan. */
  presentAgain(redemption: Redemption, cashier: string | null): Presentation {
    const { useRequestNo, couponCode, source } = redemption
    const holder = this.tellings.holderOf(useRequestNo)
    if (holder !== null && this.#isAttended(holder)) {
      this.#stage.show(holder)
      return holder
    }
    const presentation = this.#present(tailOf(couponCode), source, cashier)
    this.tellings.hold(presentation, useRequestNo)
    this.#stage.show(presentation)
    return presentation
  }

  /** What was told before the program ended is told again. */
  restore(): void {
    const last = this.#parts.store.lastTold()
    if (last === null) return
    const { presentation: seen, totalFen, verdict: said } = last.told
    const redemption = this.#parts.store.find(last.useRequestNo) ?? null
    const presentation = presentationFrom(last.told, redemption, this.#parts.view)
    const ageMs = this.#parts.clock() - said.at
    const isOrderAtHand = ageMs >= 0 && ageMs < orderRestMs && seen.orderNo !== ''
    if (isOrderAtHand) this.#orders.resume({ orderNo: seen.orderNo, totalFen })
    if (redemption !== null && said.given === null)
      this.tellings.hold(presentation, redemption.useRequestNo)
    this.#stage.restore(presentation, isOrderAtHand, ageMs)
  }

  stop(): void {
    this.#stage.stop()
    this.#orders.stop()
  }

  /** Prices the coupon in sight by the total that was typed, whatever was said of it before. */
  #price(presentation: Presentation): void {
    const redemption = this.tellings.redemptionOf(presentation)
    if (redemption === null) return
    const totalFen = this.#remainingFor(presentation)
    const isByPolicy = redemption.honoured && presentation.offline?.mode === 'honour'
    if (redemption.state !== 'pending') this.tellings.speak(presentation, redemption, { totalFen })
    else {
      presentation.offline = null
      const open = isByPolicy ? { honoured: false, stakeFen: null, given: null } : {}
      this.tellings.speak(presentation, redemption, { ...open, totalFen })
    }
  }

  #present(codeTail: string, source: ScanSource, cashier: string | null): Presentation {
    const order = this.#orders.currentOrNew()
    this.#orders.touch()
    return newPresentation(this.#parts, { codeTail, source, cashier, orderNo: order.orderNo })
  }

  #sayNoCoupon(
    reason: 'payment-code' | 'product-barcode' | 'not-a-coupon' | 'misread',
    source: ScanSource,
    cashier: string | null,
    misread?: Misread,
  ): Verdict {
    const more = misread === undefined ? {} : { misread }
    if (this.#stage.takesAside(reason)) return this.#speaker.verdict(no(reason), null, more)
    const orderNo = this.#orders.current?.orderNo ?? ''
    const presentation = newPresentation(this.#parts, { codeTail: '', source, cashier, orderNo })
    this.#stage.show(presentation)
    return this.tellings.sayFinal(presentation, no(reason), null, more)
  }

  #isAttended({ orderNo }: Presentation): boolean {
    return orderNo !== '' && this.#orders.current?.orderNo === orderNo
  }

  /** What is left of the order's total for this coupon. */
  #remainingFor(presentation: Presentation): number | null {
    const totalFen = this.#isAttended(presentation) ? this.#orders.current?.totalFen : null
    return totalFen == null ? null : Math.max(0, totalFen - this.#deductedBeside(presentation))
  }

  /** What the order's other coupons took off. */
  #deductedBeside(presentation: Presentation | null): number {
    return this.#stage.ofOrder.reduce(
      (sum, other) => sum + (other === presentation ? 0 : other.deductedFen),
      0,
    )
  }
}

/** One that was here before is no further coupon of the order. */
function isNew({ verdict }: Presentation): boolean {
  return verdict === null || familyOf(verdict.reason) !== 'recalled'
}

/** The batch of a merchant's own code, where there is one, or one was chosen before. */
function stockOf({ issued, stockIds }: Coupon, store: RedemptionStore): string | null {
  if (issued) return null
  const [only, ...others] = stockIds
  return only !== undefined && others.length === 0 ? only : store.chosenStock(stockIds)
}
