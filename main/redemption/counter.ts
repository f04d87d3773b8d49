import type { CounterView, Misread, Verdict } from '../contract/counter.ts'
import { familyOf } from '../contract/reason.ts'
import type { RedemptionView, ScanSource } from '../contract/redemption-view.ts'
import type { Attempted, Attempter } from './attempt.ts'
import type { ConnectionState } from './connection.ts'
import { classifyPayload, type Classified, type CodeRules } from './coupon-code.ts'
import type { Holds } from './holds.ts'
import { openViewOf } from './open-coupon.ts'
import type { OfflinePolicy } from './offline-policy.ts'
import { orderRestMs, Orders } from './order.ts'
import { type Recorder } from './recorder.ts'
import type { Change, Clock, Random, RedemptionStore, Scheduler } from './ports.ts'
import { type Presentation, tailOf } from './presentation.ts'
import { begin, type Redemption, type Tellable, tellableOf } from './redemption.ts'
import { Speaker } from './speaker.ts'
import { Stage } from './stage.ts'
import type { StockCatalogue } from './stock-catalogue.ts'
import { isOver, no, recall, say, type Telling } from './telling.ts'
import { createRequestNumber } from './use-request.ts'

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

type Coupon = Extract<Classified, { kind: 'coupon' }>

/** With the line known to be down, nobody is made to wait for longer than this; the request goes on all the same. */
const patienceOfflineMs = 1500
/** A code read again within this time of its scan is one scan read twice. */
const doubleScanMs = 3000
const mostOpen = 50

/** What happens between a scan and the last word about it. */
export class Counter {
  readonly #parts: CounterParts
  readonly #orders: Orders
  readonly #stage: Stage
  readonly #speaker: Speaker
  /** Who speaks for a redemption: the presentation that recorded it, or the last that took it over. */
  readonly #holders = new Map<string, Presentation>()
  readonly #latestByCode = new Map<string, Said>()
  readonly #withoutStock = new WeakMap<Presentation, { scan: Scan; coupon: Coupon }>()
  /** Written down with an attempt's end, and not yet said. */
  readonly #words = new Map<string, Verdict>()

  constructor(parts: CounterParts) {
    this.#parts = parts
    const { clock, scheduler } = parts
    this.#stage = new Stage({ clock, scheduler, onChanged: parts.onChanged })
    this.#orders = new Orders({ ...parts, onEnded: () => this.#endOrder() })
    this.#speaker = new Speaker({
      ...parts,
      lastContactAt: () => parts.connection.current.lastContactAt,
      isAttended: (presentation) => this.#isAttended(presentation),
      totalOf: (presentation) =>
        this.#isAttended(presentation) ? (this.#orders.current?.totalFen ?? null) : null,
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
        coupons: this.#stage.ofOrder.length,
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
    const double = this.#doubleOf(key)
    if (double !== null && scan.stockId === undefined) {
      this.#stage.show(double.presentation)
      return double.said
    }
    const presentation = this.#present(tailOf(coupon.code), scan.source, scan.cashier ?? null)
    this.#stage.show(presentation)
    const said = this.#ask(presentation, scan, coupon, scan.stockId ?? stockOf(coupon, store))
    this.#latestByCode.set(key, { presentation, said })
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
      // What the old total refused may be scanned again at once.
      for (const [key, { presentation }] of this.#latestByCode)
        if (presentation.useRequestNo === null) this.#latestByCode.delete(key)
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
    const asked = presentation && this.#withoutStock.get(presentation)
    if (!asked || presentation.presentationNo !== presentationNo) return
    this.#parts.store.chooseStock(asked.coupon.stockIds, stockId)
    this.#withoutStock.delete(presentation)
    presentation.verdict = null
    this.#stage.show(presentation)
    await this.#ask(presentation, asked.scan, asked.coupon, stockId)
  }

  /** A coupon whose customer is owed a word is presented again, by a key instead of a scan. */
  presentAgain(redemption: Redemption, cashier: string | null): Presentation {
    const { useRequestNo, couponCode, source } = redemption
    const holder = this.#holders.get(useRequestNo)
    if (holder !== undefined && this.#isAttended(holder)) {
      this.#stage.show(holder)
      return holder
    }
    const presentation = this.#present(tailOf(couponCode), source, cashier)
    this.#hold(presentation, useRequestNo)
    this.#stage.show(presentation)
    return presentation
  }

  /**
   * Says what there is to say of a redemption as it is now, with `change` made first, and writes down what follows. False
   * when it could not be written.
   */
  speak(
    presentation: Presentation,
    { useRequestNo }: Pick<Redemption, 'useRequestNo'>,
    change: Partial<Tellable> = {},
    ...audits: Change['audits']
  ): boolean {
    const redemption = { ...this.#current(useRequestNo), ...change }
    const word = this.#speaker.speak(presentation, redemption)
    const next = this.#parts.holds.followUp({
      redemption: word.redemption,
      audits: [...audits, ...word.audits],
    })
    const isEnded = next.redemption.state !== redemption.state
    const saved = this.#parts.attempter.tryAmend(
      redemption,
      isEnded ? next.redemption : tellableOf(next.redemption),
      ...next.audits,
    )
    if (saved.ok) this.#say(presentation, word.verdict, saved.value)
    else {
      this.#parts.onFault(saved.error.cause)
      const reason = redemption.reason ?? 'no-answer-in-time'
      const telling = say('amber', reason, 'not-yet', ['wait'])
      const verdict = this.#speaker.verdict(telling, redemption, { isUnrecorded: true })
      this.#say(presentation, verdict, null)
    }
    this.#parts.holds.schedule()
    return saved.ok
  }

  /** The presentation that speaks for a redemption, if one does. */
  holderOf(useRequestNo: string): Presentation | null {
    return this.#holders.get(useRequestNo) ?? null
  }

  /** What an attempt's end makes of what is said, written in the same transaction. */
  beforeWrite(ended: Change): Change {
    const change = this.#parts.holds.followUp(ended)
    const { redemption, audits } = change
    // What is still open is spoken of afterwards: what the policy honours must be written before it is counted on.
    if (redemption.state === 'pending') return change
    const presentation = this.#holders.get(redemption.useRequestNo)
    if (presentation === undefined)
      return { redemption: this.#speaker.keepInMind(redemption), audits }
    const word = this.#speaker.speak(presentation, redemption)
    this.#words.set(redemption.useRequestNo, word.verdict)
    return { redemption: word.redemption, audits: [...audits, ...word.audits] }
  }

  /** An attempt has ended, whoever asked for it, and is written down. */
  afterAttempt({ redemption, isRecorded }: Attempted): void {
    const { useRequestNo, state, given } = redemption
    const presentation = this.#holders.get(useRequestNo)
    const verdict = this.#words.get(useRequestNo)
    this.#words.delete(useRequestNo)
    const isLeft = presentation === undefined || !this.#isAttended(presentation)
    // What turns by itself, with nobody before it, is heard.
    if (isLeft && state === 'redeemed' && given === null) this.#stage.hear('attention')
    if (presentation !== undefined && verdict !== undefined)
      this.#say(presentation, { ...verdict, isUnrecorded: !isRecorded }, redemption)
    else if (presentation !== undefined && state === 'pending' && given === null)
      this.speak(presentation, redemption)
    if (isLeft && state !== 'pending' && state !== 'returning') this.#holders.delete(useRequestNo)
    this.#parts.holds.schedule()
  }

  /** A batch is better known now: what is said of its coupons may be more exact. */
  stockLearned(): void {
    for (const presentation of this.#stage.ofOrder) {
      const redemption = this.#redemptionOf(presentation)
      if (redemption?.state === 'redeemed') this.speak(presentation, redemption)
    }
  }

  /** What was told before the program ended is told again. */
  restore(): void {
    const last = this.#parts.store.lastTold()
    if (last === null) return
    const { presentation: seen, cashier, totalFen, verdict: said } = last.told
    const redemption = this.#parts.store.find(last.useRequestNo) ?? null
    const presentation: Presentation = {
      ...seen,
      cashier,
      useRequestNo: redemption && redemption.useRequestNo,
      verdict: { ...said, redemption: redemption && this.#parts.view(redemption), stocks: [] },
      offline: said.offline,
      deductedFen: redemption?.given?.fen ?? 0,
      isAged: false,
    }
    const ageMs = this.#parts.clock() - said.at
    const isOrderAtHand = ageMs >= 0 && ageMs < orderRestMs && seen.orderNo !== ''
    if (isOrderAtHand) this.#orders.resume({ orderNo: seen.orderNo, totalFen })
    if (redemption !== null && said.given === null)
      this.#holders.set(redemption.useRequestNo, presentation)
    this.#stage.restore(presentation, isOrderAtHand, ageMs)
  }

  stop(): void {
    this.#stage.stop()
    this.#orders.stop()
  }

  async #ask(
    presentation: Presentation,
    scan: Scan,
    coupon: Coupon,
    stockId: string | null,
  ): Promise<Verdict> {
    const { store, attempter, recorder } = this.#parts
    const { code, issued, stockIds } = coupon
    const found = store.findByCode(code, issued ? null : stockId)
    const earlier = found && attempter.latest(found)
    if (earlier && !isOver(earlier)) return this.#again(presentation, earlier)
    // Another till may have told of it, and it may have been returned since: ours is then the newer one.
    const peer = earlier?.state === 'returned' ? undefined : store.findPeer(code)
    if (peer) {
      const given = { at: peer.at, by: peer.tillId, fen: null }
      return this.#sayFinal(presentation, { ...no('redeemed-at-other-till'), given }, null)
    }
    if (!issued) this.#withoutStock.set(presentation, { scan, coupon })
    if (!issued && stockId === null) {
      const stocks = recorder.stocksAmong(stockIds)
      const telling = say('amber', 'stock-not-chosen', 'not-yet', ['choose-stock'])
      return this.#sayFinal(presentation, telling, null, { stocks })
    }
    const totalFen = this.#remainingFor(presentation)
    const refusal = recorder.refusedHere(issued ? null : stockId, totalFen)
    if (refusal) return this.#sayFinal(presentation, refusal, null)
    const recorded = recorder.record(scan, { code, issued, stockId, totalFen }, presentation)
    if (!recorded.ok) {
      this.#parts.onFault(recorded.error.cause)
      return this.#sayFinal(presentation, no(recorded.error.reason), null)
    }
    this.#hold(presentation, recorded.value.useRequestNo)
    this.#parts.onRecorded()
    return this.#answer(presentation, recorded.value)
  }

  /** The coupon is here already: decided, or still open, and then this presentation speaks for it from now on. */
  #again(presentation: Presentation, earlier: Redemption): Promise<Verdict> | Verdict {
    const telling = recall(earlier)
    if (telling !== null) {
      if (earlier.state === 'returning') this.#hold(presentation, earlier.useRequestNo)
      return this.#sayFinal(presentation, telling, earlier)
    }
    const { attempter, clock, holdMs } = this.#parts
    this.#hold(presentation, earlier.useRequestNo)
    const totalFen = this.#remainingFor(presentation) ?? earlier.totalFen
    const taken = { totalFen, released: null, orderNo: presentation.orderNo }
    if (earlier.state === 'redeemed') {
      this.speak(presentation, earlier, taken)
      return this.#verdictOf(presentation, earlier)
    }
    const at = clock()
    const isUnderWay = attempter.running.has(earlier.useRequestNo)
    const isAsked = isUnderWay || mayAskNow(earlier, at)
    const next = { ...earlier, ...taken, heldUntil: at + holdMs }
    const begun = isAsked && !isUnderWay ? begin(next, at) : next
    const audits = [
      { at, event: 'presented', evidence: null },
      ...(begun === next ? [] : [{ at, event: 'sending', evidence: null } as const]),
    ] as const
    const saved = attempter.tryAmend(earlier, begun, ...audits)
    if (saved.ok && isAsked) return this.#answer(presentation, saved.value)
    this.speak(presentation, earlier)
    return this.#verdictOf(presentation, earlier)
  }

  /** The cashier's patience ends; the request does not. Its late answer settles the entry and the screen follows. */
  async #answer(presentation: Presentation, redemption: Redemption): Promise<Verdict> {
    const { attempter, scheduler, connection, patienceMs } = this.#parts
    const isOffline = connection.current.state === 'offline'
    const { promise: patience, resolve } = Promise.withResolvers<void>()
    const cancel = scheduler.after(
      isOffline ? Math.min(patienceOfflineMs, patienceMs) : patienceMs,
      () => {
        const latest = attempter.latest(redemption)
        // Decided in this very turn: the answer itself is what is said.
        if (latest.state !== 'pending') return
        if (presentation.verdict === null) this.speak(presentation, latest)
        resolve()
      },
    )
    const isJoined = attempter.running.has(redemption.useRequestNo)
    const answered = attempter.run(redemption).then(
      (attempted) => {
        if (!isJoined) this.#parts.onAttempted(attempted)
        return attempted.redemption
      },
      (cause: unknown) => {
        this.#parts.onAttemptFailed(cause)
        throw cause
      },
    )
    await Promise.race([answered, patience])
    cancel()
    return this.#verdictOf(presentation, redemption)
  }

  /** Prices the coupon in sight by the total that was typed, whatever was said of it before. */
  #price(presentation: Presentation): void {
    const redemption = this.#redemptionOf(presentation)
    if (redemption === null) return
    const totalFen = this.#remainingFor(presentation)
    const isByPolicy = redemption.honoured && presentation.offline?.mode === 'honour'
    if (redemption.state !== 'pending') this.speak(presentation, redemption, { totalFen })
    else {
      presentation.offline = null
      const open = isByPolicy ? { honoured: false, stakeFen: null, given: null } : {}
      this.speak(presentation, redemption, { ...open, totalFen })
    }
  }

  /** The redemption that a presentation speaks for. */
  #redemptionOf(presentation: Presentation): Redemption | null {
    const { useRequestNo } = presentation
    const isHolder = useRequestNo !== null && this.#holders.get(useRequestNo) === presentation
    return isHolder ? this.#current(useRequestNo) : null
  }

  /** As it is now. Throws on a number that nobody recorded: that is a bug. */
  #current(useRequestNo: string): Redemption {
    const found = this.#parts.attempter.find(useRequestNo)
    if (!found) throw new Error(`${useRequestNo} is not recorded`)
    return found
  }

  #present(codeTail: string, source: ScanSource, cashier: string | null): Presentation {
    const order = this.#orders.currentOrNew()
    this.#orders.touch()
    return this.#newPresentation(codeTail, source, cashier, order.orderNo)
  }

  #newPresentation(
    codeTail: string,
    source: ScanSource,
    cashier: string | null,
    orderNo: string,
  ): Presentation {
    const { tillId, clock, random } = this.#parts
    return {
      presentationNo: createRequestNumber(tillId, clock, random),
      at: clock(),
      codeTail,
      source,
      orderNo,
      cashier,
      useRequestNo: null,
      verdict: null,
      offline: null,
      deductedFen: 0,
      isAged: false,
    }
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
    const presentation = this.#newPresentation('', source, cashier, orderNo)
    this.#stage.show(presentation)
    return this.#sayFinal(presentation, no(reason), null, more)
  }

  /** Said once, and nothing that happens to the redemption changes it. */
  #sayFinal(
    presentation: Presentation,
    telling: Telling,
    redemption: Redemption | null,
    more: Parameters<Speaker['verdict']>[2] = {},
  ): Verdict {
    const verdict = this.#speaker.verdict(telling, redemption, more)
    const told = this.#speaker.told(presentation, verdict, this.#parts.clock())
    const saved = this.#parts.store.note(redemption?.useRequestNo ?? '', told)
    if (!saved.ok) this.#parts.onFault(saved.error.cause)
    this.#say(presentation, verdict, null)
    return verdict
  }

  #say(presentation: Presentation, verdict: Verdict, redemption: Redemption | null): void {
    const isGiven = verdict.instruction === 'give' || verdict.instruction === 'already-given'
    presentation.deductedFen = isGiven ? (redemption?.given?.fen ?? 0) : 0
    const before = presentation.verdict
    const isNews = before?.instruction !== verdict.instruction || before.tone !== verdict.tone
    this.#stage.say(presentation, verdict, isNews)
  }

  #verdictOf(presentation: Presentation, redemption: Redemption): Verdict {
    if (presentation.verdict !== null) return presentation.verdict
    // The program is ending: nothing is written any more, and the row says that an attempt is under way.
    const latest = this.#parts.attempter.latest(redemption)
    return this.#speaker.verdict(say('amber', 'no-answer-in-time', 'not-yet'), latest)
  }

  #hold(presentation: Presentation, useRequestNo: string): void {
    presentation.useRequestNo = useRequestNo
    this.#holders.set(useRequestNo, presentation)
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

  #endOrder(): void {
    for (const { useRequestNo, verdict } of this.#stage.ofOrder) {
      const state = verdict?.redemption?.state
      if (useRequestNo !== null && state !== 'pending' && state !== 'returning' && verdict !== null)
        this.#holders.delete(useRequestNo)
    }
    this.#stage.endOrder()
  }

  /** The scan that this one repeats: the same code within three seconds. What was only declined may be tried again. */
  #doubleOf(key: string): Said | null {
    const last = this.#latestByCode.get(key)
    if (last === undefined) return null
    const { at, verdict } = last.presentation
    const age = this.#parts.clock() - at
    const family = verdict && familyOf(verdict.reason)
    const isOpen = family === 'declined' || family === 'not-saved'
    if (age >= 0 && age < doubleScanMs && !isOpen) return last
    this.#latestByCode.delete(key)
    return null
  }
}

interface Said {
  readonly presentation: Presentation
  readonly said: Promise<Verdict>
}

/** The batch of a merchant's own code, where there is one, or one was chosen before. */
function stockOf({ issued, stockIds }: Coupon, store: RedemptionStore): string | null {
  if (issued) return null
  const [only, ...others] = stockIds
  return only !== undefined && others.length === 0 ? only : store.chosenStock(stockIds)
}

/** A person asks, so a wait for the line is cut short; what WeChat Pay itself asked to wait for is not. */
function mayAskNow({ reason, nextAttemptAt }: Redemption, now: number): boolean {
  return reason === 'no-connection' || (nextAttemptAt !== null && nextAttemptAt <= now)
}
