import type { Reason } from '../contract/reason.ts'
import { ok, type Result } from '../contract/result.ts'
import type { OfflineDecision, RedemptionView, ScanSource, Verdict } from '../contract/snapshot.ts'
import type { Attempted, Attempter } from './attempt.ts'
import { classifyPayload, type CodeRules } from './coupon-code.ts'
import type { ConnectionState } from './connection.ts'
import { decideOffline, offlineModeOf, type OfflinePolicy } from './offline-policy.ts'
import { useTimeNow } from './mint-anew.ts'
import { payableOf, valueOf } from './payable.ts'
import type { Clock, NotSaved, Random, RedemptionStore, Scheduler } from './ports.ts'
import { recall } from './recall.ts'
import { newRedemption, type Redemption } from './redemption.ts'
import { isOutsideWindow, type StockCatalogue } from './stock-catalogue.ts'
import { createRequestNumber, createUseBody } from './use-request.ts'

export interface Scan {
  readonly payload: string
  readonly source: ScanSource
  readonly cashier?: string
  /** The order's total in fen, for the threshold and what is to be paid. */
  readonly totalFen?: number
  /** The batch that the cashier chose for the merchant's own code. */
  readonly stockId?: string
}

interface CounterParts {
  readonly store: RedemptionStore
  readonly attempter: Attempter
  readonly connection: ConnectionState
  readonly stocks: StockCatalogue
  readonly clock: Clock
  readonly random: Random
  readonly scheduler: Scheduler
  readonly tillId: string
  readonly appid: string
  readonly codeRules: CodeRules
  readonly patienceMs: number
  readonly offlinePolicy: OfflinePolicy
  readonly onlyStockId: string | null
  readonly confirmedClock: () => number | null
  readonly correctedClock: Clock
  readonly view: (redemption: Redemption) => RedemptionView
  readonly onRecorded: () => void
  readonly onAttempted: (attempted: Attempted) => void
  readonly onFault: (cause: unknown) => void
  /** What came of it could not be written down; the entry still says that it is under way. */
  readonly onAttemptFailed: (cause: unknown) => void
}

/** With the line known to be down, nobody is made to wait for longer than this; the request goes on all the same. */
const patienceOfflineMs = 1500
const policyName = 'offline policy'

/** What happens between a scan and its verdict. */
export function createCounter(parts: CounterParts): { redeem(scan: Scan): Promise<Verdict> } {
  const { store, attempter, stocks, connection, clock, random, scheduler, offlinePolicy } = parts
  /** Scans under way: the same code read twice is one of them. */
  const asked = new Map<string, Promise<Verdict>>()

  function verdict(
    tone: Verdict['tone'],
    reason: Reason,
    redemption: Redemption | null = null,
    offline?: OfflineDecision,
  ): Verdict {
    return {
      tone,
      reason,
      honour: tone === 'green' || (redemption?.honoured ?? false),
      redemption: redemption && parts.view(redemption),
      ...(offline && { offline }),
      ...payableIn(redemption),
      at: clock(),
    }
  }

  function payableIn(redemption: Redemption | null): Pick<Verdict, 'payable'> {
    const stock = stocks.find(redemption?.stockId ?? null)
    if (stock === null || redemption?.totalFen == null) return {}
    const payable = payableOf(stock, redemption.totalFen)
    return payable === null || payable === 'below-threshold' ? {} : { payable }
  }

  function known(code: string): Verdict | undefined {
    const earlier = store.findByCode(code)
    const recalled = earlier && recall(earlier, clock())
    if (earlier && recalled) return verdict(recalled.tone, recalled.reason, earlier)
    // Another till may have told of it, and it may have been given back since: ours is then the newer one.
    const isPeers = earlier?.state !== 'returned' && store.findPeer(code) !== undefined
    return isPeers ? verdict('red', 'redeemed-at-other-till') : undefined
  }

  /** What the till can say without asking anybody. Nothing is recorded. */
  function refusedHere(stockId: string | null, totalFen: number | null): Verdict | undefined {
    const stock = stocks.find(stockId)
    if (isOutsideWindow(stock, parts.confirmedClock()))
      return verdict('red', 'outside-known-window')
    if (stock && totalFen !== null && payableOf(stock, totalFen) === 'below-threshold')
      return verdict('red', 'below-threshold')
    if (isOffline() && offlineModeOf(offlinePolicy, stockId) === 'refuse')
      return verdict('red', 'offline-not-accepted', null, { mode: 'refuse', limit: null })
    return undefined
  }

  function isOffline(): boolean {
    return connection.current.state === 'offline'
  }

  function record(
    couponCode: string,
    scan: Scan,
    stockId: string | null,
    sendStock: boolean,
  ): Result<Redemption, NotSaved> {
    const at = clock()
    const useRequestNo = createRequestNumber(parts.tillId, clock, random)
    const bodyOf = { couponCode, appid: parts.appid, useRequestNo, at: useTimeNow(parts) }
    const redemption = newRedemption({
      useRequestNo,
      couponCode,
      source: scan.source,
      cashier: scan.cashier ?? null,
      totalFen: scan.totalFen ?? null,
      body: createUseBody({ ...bodyOf, stockId: sendStock ? stockId : null }),
      recordedAt: at,
      stockId,
      // Known when this till redeemed it before: queries need it.
      openid: store.findByCode(couponCode)?.openid ?? null,
      expiresAt: stocks.find(stockId)?.availableUntil ?? null,
    })
    const saved = store.insert(redemption, { at, event: 'recorded', evidence: null })
    return saved.ok ? ok(redemption) : saved
  }

  /** Amber: the offline policy says what the cashier may do, and what it allows is written down. */
  function undecided(redemption: Redemption, reason: Reason): Verdict {
    const stock = stocks.find(redemption.stockId)
    const valueFen = valueOf(stock, redemption.totalFen)
    const decision = decideOffline(offlinePolicy, {
      stockId: redemption.stockId,
      stock,
      valueFen,
      open: store.openHonoured(),
      lastContactAt: connection.current.lastContactAt,
      now: clock(),
    })
    if (decision.mode !== 'honour') return verdict('amber', reason, redemption, decision)
    const honoured = attempter.amend(
      redemption,
      { honoured: true, stakeFen: valueFen },
      { at: clock(), event: 'honoured', evidence: { by: policyName, how: 'policy', why: reason } },
    )
    return verdict('amber', reason, honoured, decision)
  }

  /** What there is to say of it now; `reason` where it is not decided. */
  function tell(redemption: Redemption, reason: Reason): Verdict {
    const now = attempter.latest(redemption)
    switch (now.state) {
      case 'redeemed':
        return verdict('green', 'redeemed', now)
      case 'refused':
        return verdict('red', now.reason ?? reason, now)
      case 'pending':
        return undecided(now, reason)
      default: {
        const recalled = recall(now, clock())
        return verdict(recalled?.tone ?? 'red', recalled?.reason ?? reason, now)
      }
    }
  }

  async function attempt(redemption: Redemption): Promise<() => Verdict> {
    const attempted = await attempter.run(redemption).catch((cause: unknown) => {
      parts.onAttemptFailed(cause)
      throw cause
    })
    parts.onAttempted(attempted)
    const { redemption: after, outcome } = attempted
    return () => tell(after, outcome.kind === 'confirmed' ? 'redeemed' : outcome.reason)
  }

  /** The cashier's patience ends; the request does not. Its late answer settles the entry and the screen follows. */
  async function answerWithin(redemption: Redemption): Promise<Verdict> {
    const patience = Promise.withResolvers<() => Verdict>()
    const ms = isOffline() ? Math.min(patienceOfflineMs, parts.patienceMs) : parts.patienceMs
    const cancel = scheduler.after(ms, () =>
      patience.resolve(() => tell(redemption, 'no-answer-in-time')),
    )
    const answer = await Promise.race([attempt(redemption), patience.promise])
    cancel()
    return answer()
  }

  async function redeemNew(
    code: string,
    scan: Scan,
    batch: { stockId: string | null; send: boolean },
  ): Promise<Verdict> {
    const recorded = record(code, scan, batch.stockId, batch.send)
    if (!recorded.ok) {
      parts.onFault(recorded.error.cause)
      return verdict('red', recorded.error.reason)
    }
    parts.onRecorded()
    return answerWithin(recorded.value)
  }

  return {
    async redeem(scan) {
      const classified = classifyPayload(scan.payload, parts.codeRules)
      if (classified.kind !== 'coupon') return verdict('red', classified.kind)
      const { code, issued } = classified
      const underWay = asked.get(code)
      if (underWay) return underWay
      const recalled = known(code)
      if (recalled) return recalled
      const stockId = scan.stockId ?? classified.stockId ?? parts.onlyStockId
      if (stockId === null && classified.stockId === null && !issued && needsStock(parts.codeRules))
        return verdict('red', 'stock-not-chosen')
      const refusal = refusedHere(stockId, scan.totalFen ?? null)
      if (refusal) return refusal

      // WeChat Pay knows the batch of its own codes, and a wrong guess of ours would cost the customer his coupon.
      const answer = redeemNew(code, scan, { stockId, send: !issued })
      asked.set(code, answer)
      try {
        return await answer
      } finally {
        asked.delete(code)
      }
    },
  }
}

/** A merchant's own codes cannot be redeemed without their batch. */
function needsStock(rules: CodeRules): boolean {
  return rules.merchantPatterns.length > 0 || (rules.merchantCodes?.length ?? 0) > 0
}
