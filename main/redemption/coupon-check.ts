import type { RedemptionGateway, StockFacts } from './gateway.ts'
import { notFinal, type Outcome, type ReturnOutcome } from './outcome.ts'
import type { LostTime } from './ports.ts'
import {
  canAsk,
  type Finding,
  mayBeOurs,
  mayBeOwn,
  type Reconciled,
  reconcile,
} from './reconcile.ts'
import type { Redemption } from './redemption.ts'
import { noEvidence } from './judge-error.ts'
import { type Caps, isLastTry } from './settle.ts'

interface CouponCheckParts {
  readonly gateway: Pick<RedemptionGateway, 'queryCoupon' | 'queryPrestoredCode'>
  readonly lostTime: LostTime
  readonly caps: Caps
  readonly appid: string
  readonly findStock: (stockId: string | null) => StockFacts | null
  readonly signal: AbortSignal
}

/** The outcome of an attempt, and what a query of the coupon found; `null` if there was none. */
export interface Checked {
  readonly outcome: Outcome | ReturnOutcome
  readonly finding: Finding | null
}

/** Asks WeChat Pay who holds a coupon, where a reply alone does not prove it. Writes nothing. */
export interface CouponCheck {
  /** Whether a query can show who holds the coupon. */
  canAsk(redemption: Redemption): boolean
  ask(redemption: Redemption): Promise<Reconciled>
  /**
   * Before a return is sent: returns what ends it without sending, or `null` if it may be sent. A return names only the
   * coupon, so that it would undo any redemption that holds the coupon by then.
   */
  beforeReturn(redemption: Redemption, isLineUp: boolean): Promise<Checked | null>
  /**
   * After a reply: queries the coupon if a refusal may be about an earlier attempt, or if this was the last try before a
   * person decides.
   */
  afterReply(redemption: Redemption, outcome: Outcome | ReturnOutcome): Promise<Checked>
}

export function createCouponCheck(parts: CouponCheckParts): CouponCheck {
  const { gateway, lostTime, appid, caps, signal } = parts
  const codeModeOf = (of: Redemption) => parts.findStock(of.stockId)?.couponCodeMode ?? null
  const ask = (redemption: Redemption) =>
    reconcile(redemption, appid, gateway, codeModeOf(redemption), signal)

  return {
    canAsk: (redemption) => canAsk(redemption, codeModeOf(redemption)),
    ask,
    async beforeReturn(redemption, isLineUp) {
      if (redemption.state !== 'returning') return null
      if (isOwnForCertain(redemption) && lostTime.lastAt() === null) return null
      const asked = await ask(redemption)
      if (!asked.ok && asked.error.code === 'undecided') return null
      if (!asked.ok) return { outcome: askedInVain(isLineUp), finding: null }
      const finding = asked.value
      return finding.says === 'redeemed' ? null : { outcome: askedInVain(true), finding }
    },
    async afterReply(redemption, outcome) {
      const isGivenUp = isLastTry(redemption, outcome, caps)
      if (!isGivenUp && !mayBeOurs(redemption, outcome)) return { outcome, finding: null }
      const asked = await ask(redemption)
      if (asked.ok) return { outcome, finding: asked.value }
      // A refusal that cannot be about an earlier attempt counts, also when the query brought no reply.
      const isOpen = outcome.kind === 'refused' && mayBeOwn(redemption, outcome)
      if (asked.error.code === 'undecided' || !isOpen) return { outcome, finding: null }
      return { outcome: notFinal(outcome), finding: null }
    },
  }
}

/**
 * Whether this number certainly holds the coupon: WeChat Pay confirmed the redemption. After a hand-over or a restore the
 * confirmation may be the repeated result of an earlier one, and what a person confirmed may be another redemption.
 */
function isOwnForCertain({ reason, handOvers }: Redemption): boolean {
  return reason === 'redeemed' && handOvers === 0
}

/** The outcome when the query brought no reply and nothing was sent. While the line is up it counts as a try. */
function askedInVain(isLineUp: boolean): Extract<Outcome, { kind: 'unknown' }> {
  return {
    kind: 'unknown',
    reason: isLineUp ? 'answer-not-final' : 'no-connection',
    retryAfterMs: null,
    reached: isLineUp,
    mayHaveTakenEffect: false,
    evidence: noEvidence,
  }
}
