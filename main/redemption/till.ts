import type { Reason } from '../contract/reason.ts'
import type { RedemptionView, ScanSource, TillState, Verdict } from '../contract/snapshot.ts'
import { createAttempter } from './attempt.ts'
import { classifyPayload, type CodeRules } from './coupon-code.ts'
import { ConnectionState } from './connection.ts'
import type { GatewayReply, RedemptionGateway } from './gateway.ts'
import { createOutbox } from './outbox.ts'
import type { Outcome } from './outcome.ts'
import type { Clock, Random, RedemptionStore, Scheduler } from './ports.ts'
import type { Redemption } from './redemption.ts'
import { createStockCatalogue } from './stock-catalogue.ts'
import { createRequestNumber, createUseBody } from './use-request.ts'
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
  /** What background work threw, the store's full disk above all. The work is tried again by itself. */
  readonly onFault: (cause: unknown) => void
}

export interface Till {
  redeem(scan: { payload: string; source: ScanSource }): Promise<Verdict>
  state(): TillState
  subscribe(listener: () => void): () => void
  /** Tries everything that waits now. */
  syncNow(): void
  /** The operating system says that the network changed or that the PC woke up. */
  networkHint(): void
  start(): void
  stop(): void
}

/** The same code within this time is one scan read twice, and gets the same answer again. */
const doubleScanMs = 3000
const recentLength = 20

export function createTill(parts: TillParts): Till {
  const { gateway, judge, store, clock, random, scheduler } = parts
  const listeners = new Set<() => void>()
  const stopping = new AbortController()
  const connection = new ConnectionState(clock)
  const stocks = createStockCatalogue(parts)
  const attempter = createAttempter({ gateway, judge, store, connection, clock, random })
  const outbox = createOutbox({
    ...parts,
    attempter,
    connection,
    onProgress: changed,
    onFault: parts.onFault,
  })

  function changed(): void {
    for (const listener of listeners) listener()
  }

  function view(redemption: Redemption): RedemptionView {
    return viewOf(redemption, stocks.find(redemption.stockId))
  }

  function verdict(
    tone: Verdict['tone'],
    reason: Reason,
    redemption: Redemption | null = null,
  ): Verdict {
    const honour = tone === 'green' || (redemption?.honoured ?? false)
    return { tone, reason, honour, redemption: redemption && view(redemption), at: clock() }
  }

  function recall(earlier: Redemption): Verdict | undefined {
    switch (earlier.state) {
      case 'redeemed':
        return clock() - (earlier.settledAt ?? 0) < doubleScanMs
          ? verdict('green', 'redeemed', earlier)
          : verdict('red', 'redeemed-here-before', earlier)
      case 'pending':
      case 'returning':
        return verdict('amber', 'waiting-here-already', earlier)
      case 'review':
        return verdict('amber', 'in-review-here', earlier)
      case 'resolved':
        return verdict('red', 'redeemed-here-before', earlier)
      case 'refused':
      case 'returned':
      case 'cancelled':
        // Decided, and not redeemed: the coupon may be good by now, under a new number.
        return undefined
    }
  }

  function record(couponCode: string, source: ScanSource): Redemption {
    const at = clock()
    const useRequestNo = createRequestNumber(parts.tillId, clock, random)
    const redemption: Redemption = {
      useRequestNo,
      couponCode,
      state: 'pending',
      source,
      body: createUseBody({ couponCode, appid: parts.appid, useRequestNo, at }),
      attempts: 1,
      inFlight: true,
      uncertain: false,
      honoured: false,
      reason: null,
      recordedAt: at,
      settledAt: null,
      nextAttemptAt: at,
      stockId: null,
      openid: null,
    }
    store.insert(redemption, { at, event: 'recorded', evidence: null })
    return redemption
  }

  async function attempt(redemption: Redemption): Promise<Verdict> {
    // Whatever came of it, also when the answer could not be written down: the outbox looks after the entry from here.
    const { redemption: after, outcome } = await attempter
      .run(redemption)
      .finally(() => outbox.reschedule())
    changed()
    if (after.state === 'redeemed') outbox.wake()
    if (after.stockId !== null)
      stocks.learn(after.stockId, stopping.signal).then(changed).catch(parts.onFault)
    if (outcome.kind === 'confirmed') return verdict('green', 'redeemed', after)
    if (after.state === 'review') return verdict('amber', 'in-review-here', after)
    const tone = outcome.kind === 'refused' ? 'red' : 'amber'
    return verdict(tone, outcome.reason, after)
  }

  /** The cashier's patience ends; the request does not. Its late answer settles the entry and the screen follows. */
  function patienceEnds(redemption: Redemption): { verdict: Promise<Verdict>; cancel: () => void } {
    const ended = Promise.withResolvers<Verdict>()
    const cancel = scheduler.after(parts.patienceMs, () =>
      ended.resolve(verdict('amber', 'no-answer-in-time', redemption)),
    )
    return { verdict: ended.promise, cancel }
  }

  return {
    async redeem({ payload, source }) {
      const classified = classifyPayload(payload, parts.codeRules)
      if (classified.kind !== 'coupon') return verdict('red', classified.kind)
      const earlier = store.findByCode(classified.code)
      const recalled = earlier && recall(earlier)
      if (recalled) return recalled

      const redemption = record(classified.code, source)
      changed()
      const patience = patienceEnds(redemption)
      const attempted = attempt(redemption)
      const answer = await Promise.race([attempted, patience.verdict])
      patience.cancel()
      // After the patience nobody waits for it any more, and still it must not fail unheard.
      attempted.catch(parts.onFault)
      return answer
    },
    state: () => ({
      connection: connection.current,
      queue: { ...store.counts(), paused: false },
      recent: store.recent(recentLength).map(view),
    }),
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    syncNow: () => outbox.wake(),
    networkHint: () => outbox.wake(),
    start: () => outbox.start(),
    stop() {
      stopping.abort()
      attempter.stop()
      outbox.stop()
    },
  }
}
