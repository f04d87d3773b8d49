import type { RedemptionGateway, StockFacts } from './gateway.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { LostTime } from './ports.ts'
import {
  askedLater,
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

/** A reply, and what the coupon itself says where it was asked. */
export interface Checked {
  readonly outcome: Outcome | ReturnOutcome
  readonly finding: Finding | null
}

/** Where a reply is not to be believed by itself, the coupon is asked who holds it. Writes nothing. */
export interface CouponCheck {
  /** Whether a query can say who holds the coupon. */
  canAsk(redemption: Redemption): boolean
  ask(redemption: Redemption): Promise<Reconciled>
  /**
   * Before a return is sent: what ends it unsent, or `null` if it may be sent. A return names the coupon alone, so that it
   * would undo whatever redemption holds the coupon by then.
   */
  beforeReturn(redemption: Redemption, isLineUp: boolean): Promise<Checked | null>
  /**
   * After a reply: a refusal after an attempt that may have had its effect, and the last try before a person is asked. The
   * coupon itself knows better.
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
      // A refusal that nothing can speak against is one, also while nobody answers.
      const isOpen = outcome.kind === 'refused' && mayBeOwn(redemption, outcome)
      if (asked.error.code === 'undecided' || !isOpen) return { outcome, finding: null }
      return { outcome: askedLater(outcome), finding: null }
    },
  }
}

/**
 * Redeemed under this number by WeChat Pay's own word, and returned by nobody since. Of one that was handed over, or is in
 * records that were put back, the word may be a replay's first result; a person's word may be of another redemption.
 */
function isOwnForCertain({ reason, handOvers }: Redemption): boolean {
  return reason === 'redeemed' && handOvers === 0
}

/** Nothing was sent. While the line is up, a query that never brings anything ends before a person like any other try. */
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
