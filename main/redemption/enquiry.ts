import type { Verdict } from '../contract/counter.ts'
import type { ScanSource, StockView } from '../contract/redemption-view.ts'
import type { Attempter } from './attempt.ts'
import type { ConnectionState } from './connection.ts'
import type { Classified } from './coupon-code.ts'
import type { Clock, Scheduler, StockChoices, TillStore } from './ports.ts'
import type { PeerRedemption } from './peers.ts'
import type { Presentation } from './presentation.ts'
import type { Recorder } from './recorder.ts'
import { begin, type Redemption } from './redemption.ts'
import type { CounterReport } from './redeem-at-counter-parts.ts'
import type { ShopClaims } from './shop-claims.ts'
import type { OrderAtHand } from './order-at-hand.ts'
import { noDetails } from './speaker.ts'
import { stockIn } from './sent-request.ts'
import { isOver, no, recall, say } from './telling.ts'
import type { Tellings } from './tellings.ts'
import type { TillLimits } from './till-parts.ts'

interface EnquiryParts {
  readonly store: Pick<TillStore, 'redemptions' | 'peers'>
  readonly attempter: Attempter
  readonly connection: ConnectionState
  readonly recorder: Recorder
  readonly tellings: Tellings
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly limits: Pick<TillLimits, 'patienceMs' | 'holdMs'>
  readonly order: Pick<OrderAtHand, 'remainingFor' | 'tradeOf'>
  /** Returns the batches that the coupon's code may belong to; empty unless there are several. */
  readonly stocksToChoose: (presentation: Presentation) => readonly StockView[]
  readonly claims: ShopClaims | null
  readonly report: CounterReport
}

export type Coupon = Extract<Classified, { kind: 'coupon' }>

/** While the line is known to be down, a cashier waits no longer than this. The request goes on all the same. */
const patienceOfflineMs = 1500

/**
 * A line that is down says so at once, and the shop's server answers within some milliseconds: so long the first word waits for it, so
 * that the cashier reads one verdict and not two. When it does not come, they read that it is being asked.
 */
const graceMs = 150

/** Finds the verdict for a presented coupon: from the records of this till, or by sending a redemption. */
export class Enquiry {
  readonly #parts: EnquiryParts

  constructor(parts: EnquiryParts) {
    this.#parts = parts
  }

  /** Returns the first verdict that tells the cashier what to do. `stockId`: the batch of a merchant's own code. */
  async ask(
    presentation: Presentation,
    source: ScanSource,
    coupon: Coupon,
    stockId: string | null,
  ): Promise<Verdict> {
    const { store, attempter, recorder, report } = this.#parts
    const { code, issued, stockIds } = coupon
    const batch = issued ? null : stockId
    const found = store.redemptions.findByCode(code, batch)
    const earlier = found && attempter.latest(found)
    if (earlier && !isOver(earlier)) return this.#again(presentation, earlier)
    const peer = this.#peerOf(code, batch, earlier)
    if (peer) {
      const given = { at: peer.at, by: peer.tillId, fen: null }
      const reason = peer.state === 'honoured' ? 'honoured-at-other-till' : 'redeemed-at-other-till'
      return this.#parts.tellings.sayFinal(presentation, { ...no(reason), given }, null)
    }
    if (!issued && stockId === null) {
      const stocks = recorder.stocksAmong(stockIds)
      const telling = say('amber', 'stock-not-chosen', 'not-yet', ['choose-stock'])
      return this.#parts.tellings.sayFinal(presentation, telling, null, { ...noDetails, stocks })
    }
    const totalFen = this.#parts.order.remainingFor(presentation)
    const refusal = recorder.refusedHere(batch, totalFen)
    if (refusal) return this.#parts.tellings.sayFinal(presentation, refusal, null)
    const trade = this.#parts.order.tradeOf(presentation)
    const scanned = { code, issued, stockId, totalFen, trade }
    const recorded = recorder.record(source, scanned, presentation)
    if (!recorded.ok) {
      report.onFault(recorded.error.cause)
      return this.#parts.tellings.sayFinal(presentation, no(recorded.error.code), null)
    }
    this.#parts.tellings.hold(presentation, recorded.value.useRequestNo)
    report.onRecorded()
    if (recorded.value.inFlight) return this.#answer(presentation, recorded.value)
    report.onKept()
    this.#parts.claims?.claim(recorded.value)
    this.#parts.tellings.speak(presentation, recorded.value)
    return this.#parts.tellings.verdictOf(presentation, recorded.value)
  }

  /** What another till told of a coupon that it gave the discount for; `null` where none did, or where that is over. */
  #peerOf(code: string, batch: string | null, earlier: Redemption | null): PeerRedemption | null {
    const peer = this.#parts.store.peers.find(code, batch)
    // It was returned here after another till had redeemed it.
    const isGone = earlier?.state === 'returned' && (earlier.settledAt ?? 0) >= (peer?.at ?? 0)
    return isGone ? null : peer
  }

  /** The coupon is recorded here already. If it is not settled, this presentation shows its verdict from now on. */
  #again(presentation: Presentation, earlier: Redemption): Promise<Verdict> | Verdict {
    const telling = recall(earlier)
    if (telling !== null) {
      if (earlier.state === 'returning') {
        presentation.isRecall = earlier.given !== null
        this.#parts.tellings.hold(presentation, earlier.useRequestNo)
      }
      // The same code in another batch of the merchant is another coupon.
      const stocks =
        earlier.state === 'returning'
          ? []
          : this.#parts
              .stocksToChoose(presentation)
              .filter(({ stockId }) => stockId !== earlier.stockId)
      presentation.wasGivenBefore = earlier.given !== null
      return this.#parts.tellings.sayFinal(presentation, telling, earlier, { ...noDetails, stocks })
    }
    const { attempter, recorder, clock, limits } = this.#parts
    this.#parts.tellings.hold(presentation, earlier.useRequestNo)
    // It was presented for another order before, with another total.
    const totalFen = this.#parts.order.remainingFor(presentation)
    const taken = { totalFen, released: null, orderNo: presentation.orderNo }
    if (earlier.state === 'redeemed') {
      this.#parts.tellings.speak(presentation, earlier, taken)
      return this.#parts.tellings.verdictOf(presentation, earlier)
    }
    const at = clock()
    const isUnderWay = attempter.isUnderWay(earlier.useRequestNo)
    // Another till told that it gave the discount: it is not asked for here any more.
    const { couponCode, body } = earlier
    const isElsewhere = this.#peerOf(couponCode, stockIn(body), earlier) !== null
    const mayAsk = mayAskNow(earlier, at) && !recorder.isToBeKept() && !isElsewhere
    const isAsked = isUnderWay || mayAsk
    const next = { ...earlier, ...taken, heldUntil: at + limits.holdMs }
    const begun = isAsked && !isUnderWay ? begin(next, at) : next
    const audits = [
      { at, event: 'presented', evidence: null },
      ...(begun === next ? [] : [{ at, event: 'sending', evidence: null } as const]),
    ] as const
    const saved = attempter.tryAmend(earlier, begun, ...audits)
    if (saved.ok && isAsked) return this.#answer(presentation, saved.value)
    this.#parts.claims?.claim(earlier)
    this.#parts.tellings.speak(presentation, earlier)
    return this.#parts.tellings.verdictOf(presentation, earlier)
  }

  /** Waits for the reply until the cashier's patience ends. The request goes on: a late reply settles the entry and the screen follows. */
  async #answer(presentation: Presentation, redemption: Redemption): Promise<Verdict> {
    const { attempter, scheduler, connection, limits, report } = this.#parts
    const { patienceMs } = limits
    const isOffline = connection.current.state === 'offline'
    const { promise: patience, resolve } = Promise.withResolvers<void>()
    const cancel = scheduler.after(
      isOffline ? Math.min(patienceOfflineMs, patienceMs) : patienceMs,
      () => {
        const latest = attempter.latest(redemption)
        // Settled in this same turn of the event loop: the reply gives the verdict.
        if (latest.state !== 'pending') return
        // If it was presented again meanwhile, that presentation shows the verdict.
        const isSpokenFor = this.#parts.tellings.holderOf(latest.useRequestNo) !== presentation
        if (presentation.verdict === null && !isSpokenFor)
          this.#parts.tellings.speak(presentation, latest)
        resolve()
      },
    )
    const isJoined = attempter.isUnderWay(redemption.useRequestNo)
    const running = attempter.run(redemption)
    // Claimed after the request is on its way. Nobody waits for it whom WeChat Pay answers.
    this.#parts.claims?.claim(redemption)
    const answered = running.then(
      async (attempted) => {
        const { useRequestNo, state } = attempted.redemption
        const claimed =
          state === 'pending' ? this.#parts.claims?.answer(useRequestNo, graceMs) : null
        if (claimed) await claimed
        if (!isJoined) report.onAttempted(attempted)
        return attempted.redemption
      },
      (cause: unknown) => {
        report.onAttemptFailed(cause)
        throw cause
      },
    )
    await Promise.race([answered, patience])
    cancel()
    return this.#parts.tellings.verdictOf(presentation, redemption)
  }
}

/** Whether a cashier may send it now: waiting for the line is cut short, waiting that WeChat Pay asked for is not. */
function mayAskNow({ reason, nextAttemptAt }: Redemption, now: number): boolean {
  return reason === 'no-connection' || (nextAttemptAt !== null && nextAttemptAt <= now)
}

/** Returns the batch of a merchant's own code: the only one, or the one that was chosen before; `null` when not known. */
export function stockOf(
  { issued, stockIds }: Coupon,
  choices: Pick<StockChoices, 'find'>,
): string | null {
  if (issued) return null
  const [only, ...others] = stockIds
  return only !== undefined && others.length === 0 ? only : choices.find(stockIds)
}
