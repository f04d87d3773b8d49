/*
 * redemption/ is what the till decides about coupons: recording, sending, judging replies, settling, and what a cashier
 * is told. No Electron, SQL or HTTP belongs here: the store, the gateway, clocks and timers are handed in (till-parts.ts).
 */

import type { RedemptionView } from '../contract/redemption-view.ts'
import type { CounterView, Misread, Verdict } from '../contract/counter.ts'
import type { ReviewEntry, TillState } from '../contract/snapshot.ts'
import { type Attempted, createAttempter } from './attempt.ts'
import { Breaker } from './breaker.ts'
import { ConnectionState } from './connection.ts'
import { Counter } from './redeem-at-counter.ts'
import type { Scan } from './redeem-at-counter-parts.ts'
import { type CounterOrders, createCounterOrders } from './counter-orders.ts'
import { type PersonOrders, createPersonOrders } from './person-orders.ts'
import { Holds } from './holds.ts'
import { KeptContact } from './kept-contact.ts'
import { createListeners } from './listeners.ts'
import { createOutbox } from './outbox.ts'
import { SettledLater } from './settled-later.ts'
import { resumeStop } from './resume-stop.ts'
import type { PeerRedemption } from './ports.ts'
import { probeLine } from './probe-line.ts'
import { Progress } from './progress.ts'
import { Recorder } from './recorder.ts'
import type { Redemption } from './redemption.ts'
import { reviewOf } from './review-case.ts'
import { createStockCatalogue, stocksOfRules } from './stock-catalogue.ts'
import type { TillParts } from './till-parts.ts'
import { tillStateOf } from './till-state.ts'
import { checkTillId } from './use-request.ts'
import { viewOf } from './view.ts'

export interface Till extends PersonOrders, CounterOrders {
  /** Presents a coupon and returns the first verdict that tells the cashier what to do. */
  redeem(scan: Scan): Promise<Verdict>
  /** What the counter shows. */
  counter(): CounterView
  misread(why: Misread, cashier: string | null): void
  /** Sets the total of the order at the counter, in fen. */
  setTotal(totalFen: number | null): void
  nextCustomer(): void
  /** From now on nothing is shown as news: the window lost the focus, or a scan went to another screen. */
  ageVerdict(): void
  chooseStock(presentationNo: string, stockId: string): Promise<void>
  /** Returns every held coupon to its customer, because at the end of a shift no customer is waiting. */
  releaseHeld(by: string): void
  state(): TillState
  /** What waits for a person: the highest value first, then the oldest. */
  review(): ReviewEntry[]
  /** What a screen may show of a redemption; `null` when the number is not known. */
  show(useRequestNo: string): RedemptionView | null
  subscribe(listener: () => void): () => void
  /** Calls the listener at once after each change at the counter, before the listeners of `subscribe`. */
  onCounter(listener: (counter: CounterView) => void): () => void
  /** Tries everything that waits now. */
  syncNow(): void
  /** A person has read what became of the coupons that waited. */
  settledRead(): void
  /** Tries what is due: the operating system reports a change of the network. */
  networkHint(): void
  /** Asks whether WeChat Pay can be reached, and shows what it found. Never rejects. */
  probe(): Promise<boolean>
  /** After the PC slept: begins with a new customer, and tries what is due. */
  wokeUp(): void
  /** Keeps the outbox from sending until `resume`; what cashiers scan is sent all the same. */
  pause(): void
  resume(): void
  /** Records what other tills of the shop redeemed. */
  hearFromPeers(redemptions: readonly PeerRedemption[]): void
  start(): void
  stop(): void
}

export function createTill(parts: TillParts): Till {
  checkTillId(parts.identity.tillId)
  const { clocks, rules, limits } = parts
  const { identity, gateway, judgeReply, store, random, scheduler, onFault } = parts
  const { redemptions, open, peers } = store
  const clock = clocks.now
  const listeners = createListeners()
  const counterListeners = createListeners<CounterView>()
  const stopping = new AbortController()
  const { signal } = stopping
  const contact = new KeptContact(store.lastContact, onFault)
  const connection = new ConnectionState(clock, contact.at)
  const line = { connection, breaker: new Breaker() }
  const progress = new Progress()
  const settledLater = new SettledLater((useRequestNo) => attempter.find(useRequestNo))
  const stocks = createStockCatalogue({ gateway, clock, stocks: store.stocks, ...rules })
  const findStock = (stockId: string | null) => stocks.find(stockId)
  const attempter = createAttempter({
    identity,
    gateway,
    judgeReply,
    store,
    line,
    clocks,
    random,
    scheduler,
    caps: limits.caps,
    findStock,
    counter: {
      beforeWrite: (change) => counter.tellings.beforeWrite(change),
      keepHeld: (redemption) => counter.tellings.keepHeld(redemption),
      onRenewed: (from, to) => counter.tellings.renewed(from, to),
      // A hold may have come with them.
      onWritten: () => holds.schedule(),
    },
    onFault,
  })
  const outbox = createOutbox({
    store,
    attempter,
    line,
    clock,
    random,
    scheduler,
    perSecond: limits.perSecond,
    probe,
    onSettled(attempted) {
      settledLater.note(attempted.redemption, clock())
      ended(attempted)
    },
    onFault,
  })
  const holds = new Holds({
    open,
    attempter,
    clocks,
    random,
    scheduler,
    tillId: identity.tillId,
    holdMs: limits.holdMs,
    onFault,
    onReleased(redemption) {
      counter.tellings.sayAnew(redemption)
      orderDone()
    },
  })
  const view = (of: Redemption): RedemptionView => viewOf(of, stocks.find(of.stockId))
  const recorder = new Recorder({
    identity,
    store,
    clocks,
    random,
    rules,
    attempter,
    connection,
    stocks,
  })
  const counter: Counter = new Counter({
    identity,
    store,
    clocks,
    random,
    scheduler,
    rules,
    limits,
    attempter,
    recorder,
    holds,
    connection,
    stocks,
    view,
    report: {
      onChanged() {
        counterListeners.tell(counter.view())
        changed()
      },
      onRecorded: changed,
      onKept: () => outbox.reschedule(),
      onAttempted(attempted) {
        ended(attempted)
        outbox.heard(attempted)
      },
      onAttemptFailed(cause) {
        outbox.reschedule()
        onFault(cause)
      },
      onFault,
    },
  })
  function ended(attempted: Attempted): void {
    // After the stop nothing is written: another till may be open on the same file.
    if (signal.aborted) return
    counter.tellings.afterAttempt(attempted)
    describeStock(attempted.redemption.stockId)
    contact.note(connection)
    changed()
  }

  function orderDone(): void {
    outbox.look()
    changed()
  }

  function changed(): void {
    listeners.tell()
  }

  function describeStock(stockId: string | null): void {
    if (stockId === null || signal.aborted) return
    stocks
      .fetchStock(stockId, signal)
      .then((isNew) => {
        if (!isNew) return
        counter.tellings.stockLearned()
        changed()
      })
      .catch(onFault)
  }

  async function probe(): Promise<boolean> {
    const reached = await probeLine({ gateway, judgeReply, connection, clock, signal })
    if (signal.aborted) return reached
    contact.note(connection)
    changed()
    return reached
  }

  return {
    ...createPersonOrders({
      identity,
      store,
      attempter,
      findStock,
      clock,
      random,
      onChanged: orderDone,
      onCancelled: (redemption) => counter.tellings.sayAnew(redemption),
      onTakenOver() {
        holds.adopt()
        orderDone()
      },
    }),
    ...createCounterOrders({
      store,
      attempter,
      counter,
      holds,
      clock,
      offlinePolicy: rules.offlinePolicy,
      findStock,
      onChanged: orderDone,
    }),
    redeem: (scan) => counter.redeem(scan),
    counter: () => counter.view(),
    misread: (why, cashier) => counter.misread(why, cashier),
    setTotal: (totalFen) => counter.setTotal(totalFen),
    nextCustomer: () => counter.nextCustomer(),
    ageVerdict: () => counter.age(),
    chooseStock: (presentationNo, stockId) => counter.chooseStock(presentationNo, stockId),
    releaseHeld: (by) => holds.releaseAll('shift-ended', by),
    onCounter: (listener) => counterListeners.add(listener),
    state: () =>
      tillStateOf({ store, connection, outbox, progress, settledLater, rules, counter, view }),
    review: () => reviewOf(open, view, attempter),
    show: (useRequestNo) => {
      const redemption = redemptions.find(useRequestNo)
      return redemption && view(redemption)
    },
    subscribe: (listener) => listeners.add(listener),
    syncNow: () => outbox.wake(),
    settledRead() {
      settledLater.read()
      changed()
    },
    networkHint: () => outbox.hint(),
    probe,
    wokeUp() {
      counter.nextCustomer()
      outbox.hint()
    },
    pause() {
      outbox.pause()
      changed()
    },
    resume() {
      outbox.resume()
      changed()
    },
    hearFromPeers: (redeemed) => redeemed.forEach((redemption) => peers.save(redemption)),
    start() {
      counter.restore()
      resumeStop(open, connection)
      holds.adopt()
      outbox.start()
      for (const stockId of stocksOfRules(rules)) describeStock(stockId)
    },
    stop() {
      contact.note(connection, 1)
      stopping.abort()
      counter.stop()
      holds.stop()
      attempter.stop()
      outbox.stop()
    },
  }
}
