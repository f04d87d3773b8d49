/*
 * redemption/ is what the till decides about coupons: recording, sending, judging replies, settling, and what a cashier
 * is told. No Electron, SQL or HTTP belongs here: the store, the gateway, clocks and timers are handed in (till-parts.ts).
 */

import type { RedemptionView } from '../contract/redemption-view.ts'
import type { CounterView } from '../contract/counter.ts'
import { AmongTills } from './among-tills.ts'
import { type Attempted, createAttempter } from './attempt.ts'
import { Breaker } from './breaker.ts'
import { ConnectionState } from './connection.ts'
import { Counter } from './redeem-at-counter.ts'
import { createCounterOrders } from './counter-orders.ts'
import { createPersonOrders } from './person-orders.ts'
import { Holds } from './holds.ts'
import { KeptContact } from './kept-contact.ts'
import { createListeners } from './listeners.ts'
import { createOutbox } from './outbox.ts'
import { SettledLater } from './settled-later.ts'
import { resumeStop } from './resume-stop.ts'
import { probeLine } from './probe-line.ts'
import { Progress } from './progress.ts'
import { Recorder } from './recorder.ts'
import type { Redemption } from './redemption.ts'
import { reviewOf } from './review-case.ts'
import { createStockCatalogue, stocksOfRules } from './stock-catalogue.ts'
import type { Till } from './till-interface.ts'
import type { TillParts } from './till-parts.ts'
import { tillStateOf } from './till-state.ts'
import { checkTillId } from './use-request.ts'
import { viewOf } from './view.ts'

export type { Till } from './till-interface.ts'

export function createTill(parts: TillParts): Till {
  const { identity, gateway, judgeReply, random, scheduler, onFault } = parts
  checkTillId(identity.tillId)
  const { clocks, rules, limits } = parts
  const clock = clocks.now
  const listeners = createListeners()
  const among: AmongTills = new AmongTills(parts, () => ({
    tellings: counter.tellings,
    attempter,
    holds,
    onChanged: changed,
  }))
  const { store } = among
  const counterListeners = createListeners<CounterView>()
  const changed = (): void => listeners.tell()
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
    open: store.open,
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
    isInFront: parts.isCounterInFront,
    attempter,
    recorder,
    holds,
    connection,
    stocks,
    view,
    claims: among.claims,
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
    const isUnseen = counter.tellings.afterAttempt(attempted)
    if (isUnseen) settledLater.noteUnseen(attempted.redemption, parts.isCounterInFront())
    describeStock(attempted.redemption.stockId)
    contact.note(connection)
    changed()
  }

  function orderDone(): void {
    carryOut(() => outbox.look())
  }

  /** Carries out an order that changes what is shown. */
  function carryOut(order: () => void): void {
    order()
    changed()
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
        among.adopt()
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
      claims: among.claims,
      findStock,
      onChanged: orderDone,
    }),
    redeem: (scan) => counter.redeem(scan),
    counter: () => counter.view(),
    misread: (why, cashier) => counter.misread(why, cashier),
    setTotal: (totalFen) => counter.setTotal(totalFen),
    nextCustomer: () => counter.nextCustomer(),
    ageVerdict: () => counter.age(),
    counterCameToFront: () => counter.cameToFront(),
    chooseStock: (presentationNo, stockId) => counter.chooseStock(presentationNo, stockId),
    releaseHeld: (by) => holds.releaseAll('shift-ended', by),
    onCounter: (listener) => counterListeners.add(listener),
    state: () =>
      tillStateOf({ store, connection, outbox, progress, settledLater, rules, counter, view }),
    review: () => reviewOf(store.open, view, attempter),
    show: (useRequestNo) => {
      const redemption = store.redemptions.find(useRequestNo)
      return redemption && view(redemption)
    },
    subscribe: (listener) => listeners.add(listener),
    syncNow: () => outbox.wake(),
    settledRead: () => carryOut(() => settledLater.read()),
    networkHint: () => outbox.hint(),
    probe,
    wokeUp() {
      counter.nextCustomer()
      outbox.hint()
    },
    pause: () => carryOut(() => outbox.pause()),
    resume: () => carryOut(() => outbox.resume()),
    heldClaims: () => among.held,
    hearFromPeers: (told) => among.hear(told),
    start() {
      counter.restore()
      resumeStop(store.open, connection)
      holds.adopt()
      among.adopt()
      outbox.start()
      for (const stockId of stocksOfRules(rules)) describeStock(stockId)
    },
    stop() {
      contact.note(connection, 1)
      stopping.abort()
      counter.stop()
      among.stop()
      holds.stop()
      attempter.stop()
      outbox.stop()
    },
  }
}
