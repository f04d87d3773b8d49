import type { RedemptionView } from '../contract/redemption-view.ts'
import type { CounterView, Misread, Verdict } from '../contract/counter.ts'
import type { ReviewEntry, TillState } from '../contract/snapshot.ts'
import { type Attempted, createAttempter } from './attempt.ts'
import { badgeOf } from './badge.ts'
import { Breaker } from './breaker.ts'
import { ConnectionState } from './connection.ts'
import { Counter } from './redeem-at-counter.ts'
import type { Scan } from './redeem-at-counter-parts.ts'
import { type CounterOrders, createCounterOrders } from './counter-orders.ts'
import { type PersonOrders, createPersonOrders } from './person-orders.ts'
import { holdAll } from './offline-policy.ts'
import { Holds } from './holds.ts'
import { createOutbox } from './outbox.ts'
import { resumeStop } from './resume-stop.ts'
import type { PeerRedemption } from './ports.ts'
import { wasReached } from './outcome.ts'
import { Progress } from './progress.ts'
import { defaultCaps } from './settle.ts'
import { Recorder } from './recorder.ts'
import type { Redemption } from './redemption.ts'
import { reviewEntryOf } from './review-case.ts'
import { createStockCatalogue, stocksOfSettings } from './stock-catalogue.ts'
import type { TillParts } from './till-parts.ts'
import { checkTillId } from './use-request.ts'
import { viewOf } from './view.ts'

export interface Till extends PersonOrders, CounterOrders {
  /** Presents a coupon; returns the first word that decides what the cashier does. */
  redeem(scan: Scan): Promise<Verdict>
  /** What stands at the counter. */
  counter(): CounterView
  misread(why: Misread, cashier: string | null): void
  /** The total of the order at hand, in fen. */
  setTotal(totalFen: number | null): void
  nextCustomer(): void
  /** The window lost the focus, or a scan went to another screen: nothing in sight is news any more. */
  ageVerdict(): void
  chooseStock(presentationNo: string, stockId: string): Promise<void>
  /** At the end of a shift nobody is left to wait: every held coupon goes back to its customer. */
  releaseHeld(by: string): void
  state(): TillState
  /** What waits for a person, dearest and then oldest first. */
  review(): ReviewEntry[]
  /** One redemption as a screen may see it. */
  show(useRequestNo: string): RedemptionView | null
  subscribe(listener: () => void): () => void
  /** Called at once after each change at the counter, before those who `subscribe`. */
  onCounter(listener: (counter: CounterView) => void): () => void
  /** Tries everything that waits now. */
  syncNow(): void
  /** The operating system says that the network changed. */
  networkHint(): void
  /** The PC slept: the line is new, and whoever stood at the counter is gone. */
  wokeUp(): void
  /** Keeps the outbox from sending until `resume`; what cashiers scan is sent all the same. */
  pause(): void
  resume(): void
  /** Another till of the shop redeemed these. */
  hearFromPeers(redemptions: readonly PeerRedemption[]): void
  start(): void
  stop(): void
}

const recentLength = 20
const reviewLength = 200
const requestsPerSecond = 50
const usualHoldMs = 600_000

export function createTill(parts: TillParts): Till {
  checkTillId(parts.tillId)
  const { gateway, judgeReply, clock, onFault } = parts
  const { redemptions, open, audit, peers } = parts.store
  const listeners = new Set<() => void>()
  const counterListeners = new Set<(counter: CounterView) => void>()
  const stopping = new AbortController()
  const { signal } = stopping
  const connection = new ConnectionState(clock)
  const breaker = new Breaker()
  const progress = new Progress()
  const stocks = createStockCatalogue({ gateway, clock, stocks: parts.store.stocks })
  const offlinePolicy = parts.offlinePolicy ?? holdAll
  const holdMs = parts.holdMs ?? usualHoldMs
  const times = {
    correctedClock: parts.correctedClock ?? clock,
    confirmedClock: parts.confirmedClock ?? (() => null),
    pcClock: parts.pcClock ?? clock,
    elapsed: parts.elapsed ?? clock,
  }
  /** Each part takes of these what it needs. */
  const all = { ...parts, ...parts.store, ...times, stocks, connection, offlinePolicy, holdMs }
  const attempter = createAttempter({
    ...all,
    stocks: parts.store.stocks,
    breaker,
    caps: parts.caps ?? defaultCaps,
    findStock: (stockId) => stocks.find(stockId),
    beforeWrite: (change) => counter.tellings.beforeWrite(change),
    keepInMind: (redemption) => counter.tellings.keepInMind(redemption),
    onRenewed: (from, to) => counter.tellings.renewed(from, to),
    onNotWritten: onFault,
  })
  const outbox = createOutbox({
    ...all,
    attempter,
    breaker,
    perSecond: parts.perSecond ?? requestsPerSecond,
    probe,
    onSettled: ended,
    onFault,
  })
  const holds = new Holds({
    ...all,
    attempter,
    onReleased(redemption) {
      sayAnew(redemption)
      outbox.look()
      changed()
    },
  })
  const view = (of: Redemption): RedemptionView => viewOf(of, stocks.find(of.stockId))
  const counter: Counter = new Counter({
    ...all,
    attempter,
    holds,
    view,
    recorder: new Recorder({ ...all, attempter }),
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
    onChanged() {
      const now = counter.view()
      for (const listener of counterListeners) listener(now)
      changed()
    },
  })
  const personOrders = createPersonOrders({
    ...all,
    attempter,
    onChanged: orderDone,
    onCancelled: sayAnew,
    onTakenOver() {
      holds.adopt()
      orderDone()
    },
  })
  const counterOrders = createCounterOrders({
    ...all,
    attempter,
    counter,
    holds,
    findStock: (stockId) => stocks.find(stockId),
    onChanged: orderDone,
  })

  function ended(attempted: Attempted): void {
    // After the stop nothing is written: another till may be open on the same file.
    if (signal.aborted) return
    counter.tellings.afterAttempt(attempted)
    describeStock(attempted.redemption.stockId)
    changed()
  }

  function sayAnew(redemption: Redemption): void {
    const holder = counter.tellings.holderOf(redemption.useRequestNo)
    if (holder) counter.tellings.speak(holder, redemption)
  }

  function orderDone(): void {
    outbox.look()
    changed()
  }

  function changed(): void {
    for (const listener of listeners) listener()
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
    const startedAt = clock()
    const outcome = judgeReply(await gateway.probe({ signal }))
    if (signal.aborted) return false
    const reached = wasReached(outcome)
    // That a harmless request gets through says nothing of what stopped the queue.
    const blockedBy = reached ? connection.current.blockedBy : null
    connection.recordContact({ reached, blockedBy, latencyMs: Math.max(0, clock() - startedAt) })
    changed()
    return reached
  }

  return {
    ...personOrders,
    ...counterOrders,
    redeem: (scan) => counter.redeem(scan),
    counter: () => counter.view(),
    misread: (why, cashier) => counter.misread(why, cashier),
    setTotal: (totalFen) => counter.setTotal(totalFen),
    nextCustomer: () => counter.nextCustomer(),
    ageVerdict: () => counter.age(),
    chooseStock: (presentationNo, stockId) => counter.chooseStock(presentationNo, stockId),
    releaseHeld: (by) => holds.releaseAll('shift-ended', by),
    onCounter(listener) {
      counterListeners.add(listener)
      return () => {
        counterListeners.delete(listener)
      }
    },
    state() {
      const counts = open.counts()
      const queue = {
        ...counts,
        honouredFen: open.honoured(offlinePolicy.limits.singleFen).fen,
        paused: outbox.paused,
        progress: progress.of(counts.waiting),
      }
      return {
        connection: connection.current,
        queue,
        badge: badgeOf(connection.current, queue),
        recent: redemptions.recent(recentLength).map(view),
        counter: counter.view(),
        recordsRevision: audit.rows(),
      }
    },
    review: () =>
      open
        .inReview(reviewLength)
        .map((redemption) =>
          reviewEntryOf(redemption, view(redemption), attempter.canAsk(redemption)),
        ),
    show(useRequestNo) {
      const redemption = redemptions.find(useRequestNo)
      return redemption === undefined ? null : view(redemption)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    syncNow: () => outbox.wake(),
    networkHint: () => outbox.hint(),
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
    hearFromPeers(redeemed) {
      for (const redemption of redeemed) peers.save(redemption)
    },
    start() {
      counter.restore()
      resumeStop(open, connection)
      holds.adopt()
      outbox.start()
      for (const stockId of stocksOfSettings(parts)) describeStock(stockId)
    },
    stop() {
      stopping.abort()
      counter.stop()
      holds.stop()
      attempter.stop()
      outbox.stop()
    },
  }
}
