import type { RedemptionView, ReviewEntry, TillState, Verdict } from '../contract/snapshot.ts'
import { createAttempter } from './attempt.ts'
import { badgeOf } from './badge.ts'
import { Breaker } from './breaker.ts'
import type { CodeRules } from './coupon-code.ts'
import { ConnectionState } from './connection.ts'
import { createCounter, type Scan } from './counter.ts'
import { type Desk, createDesk } from './desk.ts'
import type { GatewayReply, RedemptionGateway } from './gateway.ts'
import { holdAll, type OfflinePolicy } from './offline-policy.ts'
import { createOutbox } from './outbox.ts'
import { type Outcome, wasReached } from './outcome.ts'
import type { Clock, PeerRedemption, Random, RedemptionStore, Scheduler } from './ports.ts'
import { Progress } from './progress.ts'
import { recommend } from './recommendation.ts'
import { type Caps, defaultCaps } from './settle.ts'
import { createStockCatalogue } from './stock-catalogue.ts'
import { checkTillId } from './use-request.ts'
import { viewOf } from './view.ts'

export interface TillParts {
  readonly gateway: RedemptionGateway
  readonly judge: (reply: GatewayReply) => Outcome
  readonly store: RedemptionStore
  readonly clock: Clock
  readonly random: Random
  readonly scheduler: Scheduler
  readonly tillId: string
  readonly appid: string
  readonly codeRules: CodeRules
  /** How long a cashier waits for an answer before "saved, will be settled", in milliseconds. */
  readonly patienceMs: number
  /** Absent: everything is recorded and nothing honoured. */
  readonly offlinePolicy?: OfflinePolicy
  /** The one batch of a shop that has one; `null` when codes may be of several. */
  readonly onlyStockId?: string | null
  /** The time as WeChat Pay has confirmed it; `null` while it has not. Coupons are refused by their dates under it alone. */
  readonly confirmedClock?: () => number | null
  /** WeChat Pay's time as far as replies have told it, confirmed or not; the PC's when absent. */
  readonly correctedClock?: Clock
  /** The PC's own clock, and milliseconds that pass whoever sets it; the clock itself when absent. */
  readonly pcClock?: Clock
  readonly elapsed?: Clock
  readonly caps?: Caps
  /** Requests a second that the outbox sends at most; 50 when absent. */
  readonly perSecond?: number
  /** What background work threw, the store's full disk above all. The work is tried again by itself. */
  readonly onFault: (cause: unknown) => void
}

export interface Till extends Desk {
  redeem(scan: Scan): Promise<Verdict>
  state(): TillState
  /** What waits for a person, dearest and then oldest first. */
  review(): ReviewEntry[]
  /** One redemption as a screen may see it. */
  show(useRequestNo: string): RedemptionView | null
  subscribe(listener: () => void): () => void
  /** Tries everything that waits now. */
  syncNow(): void
  /** The operating system says that the network changed or that the PC woke up. */
  networkHint(): void
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

export function createTill(parts: TillParts): Till {
  checkTillId(parts.tillId)
  const { gateway, judge, store, clock, onFault } = parts
  const listeners = new Set<() => void>()
  const stopping = new AbortController()
  const { signal } = stopping
  const connection = new ConnectionState(clock)
  const breaker = new Breaker()
  const progress = new Progress()
  const stocks = createStockCatalogue(parts)
  const times = {
    correctedClock: parts.correctedClock ?? clock,
    confirmedClock: parts.confirmedClock ?? (() => null),
    pcClock: parts.pcClock ?? clock,
    elapsed: parts.elapsed ?? clock,
  }
  const attempter = createAttempter({
    ...parts,
    ...times,
    connection,
    breaker,
    caps: parts.caps ?? defaultCaps,
    codeModeOf: (stockId) => stocks.find(stockId)?.couponCodeMode ?? null,
  })
  const outbox = createOutbox({
    ...parts,
    attempter,
    breaker,
    connection,
    perSecond: parts.perSecond ?? requestsPerSecond,
    probe,
    onSettled: ({ redemption }) => {
      learnStock(redemption.stockId)
      changed()
    },
    onFault,
  })
  const counter = createCounter({
    ...parts,
    ...times,
    offlinePolicy: parts.offlinePolicy ?? holdAll,
    onlyStockId: parts.onlyStockId ?? null,
    attempter,
    connection,
    stocks,
    view,
    onRecorded: changed,
    onAttempted(attempted) {
      outbox.heard(attempted)
      learnStock(attempted.redemption.stockId)
      changed()
    },
    onAttemptFailed(cause) {
      outbox.reschedule()
      onFault(cause)
    },
  })
  const desk = createDesk({
    ...parts,
    attempter,
    onChanged() {
      outbox.look()
      changed()
    },
  })

  function changed(): void {
    for (const listener of listeners) listener()
  }

  function view(redemption: Parameters<typeof viewOf>[0]): RedemptionView {
    return viewOf(redemption, stocks.find(redemption.stockId))
  }

  function learnStock(stockId: string | null): void {
    if (stockId === null || signal.aborted) return
    stocks
      .learn(stockId, signal)
      .then((isNew) => {
        if (isNew) changed()
      })
      .catch(onFault)
  }

  async function probe(): Promise<boolean> {
    const startedAt = clock()
    const outcome = judge(await gateway.probe({ signal }))
    if (signal.aborted) return false
    const reached = wasReached(outcome)
    // That a harmless request gets through says nothing of what stopped the queue.
    const blockedBy = reached ? connection.current.blockedBy : null
    connection.learn({ reached, blockedBy, latencyMs: Math.max(0, clock() - startedAt) })
    changed()
    return reached
  }

  return {
    ...desk,
    redeem: (scan) => counter.redeem(scan),
    state() {
      const counts = store.counts()
      const queue = {
        ...counts,
        honouredFen: store.openHonoured().fen,
        paused: outbox.paused,
        progress: progress.of(counts.waiting),
      }
      return {
        connection: connection.current,
        queue,
        badge: badgeOf(connection.current, queue),
        recent: store.recent(recentLength).map(view),
      }
    },
    review: () =>
      store.inReview(reviewLength).map((redemption) => ({
        redemption: view(redemption),
        recommendation: recommend(redemption),
        uncertain: redemption.uncertain,
        isReturn: redemption.giveBack !== null,
      })),
    show(useRequestNo) {
      const redemption = store.find(useRequestNo)
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
    pause() {
      outbox.pause()
      changed()
    },
    resume() {
      outbox.resume()
      changed()
    },
    hearFromPeers(redemptions) {
      for (const redemption of redemptions) store.savePeer(redemption)
    },
    start() {
      outbox.start()
      for (const stockId of stocksOfSettings(parts)) learnStock(stockId)
    },
    stop() {
      stopping.abort()
      attempter.stop()
      outbox.stop()
    },
  }
}

/** The batches that the settings name: what they are worth is to be known before the first outage. */
function stocksOfSettings({ onlyStockId, codeRules, offlinePolicy }: TillParts): Set<string> {
  return new Set([
    ...(onlyStockId == null ? [] : [onlyStockId]),
    ...(codeRules.merchantCodes ?? []).map(({ stockId }) => stockId),
    ...Object.keys(offlinePolicy?.byStock ?? {}),
  ])
}
