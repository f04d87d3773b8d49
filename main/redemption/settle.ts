import type { Remark } from '../contract/history.ts'
import type { Reason } from '../contract/reason.ts'
import { backOffMs, longestAskedMs, longestWaitMs } from './back-off.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { Random } from './ports.ts'
import { type Finding, withFinding } from './reconcile.ts'
import {
  isAboutReturn,
  isKnownRedeemed,
  mayHaveArrivedUnseen,
  move,
  type Redemption,
  wasGiven,
} from './redemption.ts'
import type { ReplayLesson } from './replay-lesson.ts'
import { ofNoCoupon } from './settings-faults.ts'
import { asFound, asLoss, asRedeemed, asReturned, type Settled, settled } from './settle-found.ts'

export type { Settled } from './settle-found.ts'

/** Attempts without a decision, and time waited between them, after which a person decides. */
export interface Caps {
  readonly undecidedAttempts: number
  readonly waitedMs: number
}

export const defaultCaps: Caps = { undecidedAttempts: 150, waitedMs: 24 * 3_600_000 }

/** A blocked entry is tried again after this, when the settings may have been mended. */
export const blockedWaitMs = 60_000

interface Circumstances {
  readonly at: number
  readonly random: Random
  readonly caps: Caps
  /** WeChat Pay was heard lately: what gets no answer now does not wait for the line alone. */
  readonly isLineUp: boolean
  /** What a query said about who holds the coupon; `null` when none was possible or needed. */
  readonly finding: Finding | null
  /** What is known of how replays are answered. */
  readonly lesson: ReplayLesson | null
  /** The records were put back: in the time that they lack a customer may have had the discount for it. */
  readonly mayHaveBeenGiven: boolean
}

/** What an outcome makes of a redemption, and the audit row that goes with it. Writes nothing. */
export function settle(
  redemption: Redemption,
  outcome: Outcome | ReturnOutcome,
  circumstances: Circumstances,
): Settled {
  const { at } = circumstances
  switch (outcome.kind) {
    case 'confirmed':
      return 'returnedAt' in outcome
        ? asReturned(redemption, at, outcome.evidence)
        : asRedeemed(redemption, at, outcome, outcome.evidence)
    case 'refused':
      return redemption.state === 'returning'
        ? returnRefused(redemption, outcome, circumstances)
        : refused(redemption, outcome, circumstances)
    case 'suspect':
      return suspect(redemption, outcome, circumstances)
    case 'unknown':
      return unknown(redemption, outcome, circumstances)
    case 'blocked':
      return blocked(redemption, outcome, circumstances)
  }
}

/** Whether one more attempt without a decision would be the last: the coupon is asked, where it can be, before a person is. */
export function isLastTry(
  { undecidedAttempts, waitedMs }: Redemption,
  outcome: Outcome | ReturnOutcome,
  caps: Caps,
): boolean {
  if (outcome.kind === 'blocked')
    return mayBeOfCoupons(outcome) && waitedMs + blockedWaitMs >= caps.waitedMs
  const isAnswered = outcome.kind === 'unknown' && outcome.reached
  return (
    isAnswered && (undecidedAttempts + 1 >= caps.undecidedAttempts || waitedMs >= caps.waitedMs)
  )
}

/** Said by WeChat Pay, and not before it looks at any coupon. */
function mayBeOfCoupons({ reason, evidence }: Of<'blocked'>): boolean {
  return evidence.httpStatus !== null && !ofNoCoupon.has(reason)
}

/** What the till concludes of an entry in review once replays are known to be answered with their first result. */
export function settleByLesson(redemption: Redemption, at: number): Settled | null {
  const isOpen = redemption.state === 'review' && redemption.couponReturn === null
  if (!isOpen || !mayHaveArrivedUnseen(redemption) || redemption.reason !== 'used-elsewhere')
    return null
  const evidence = { remark: 'not-ours' } as const
  if (wasGiven(redemption)) return asLoss(redemption, at, evidence)
  return settled(redemption, { state: 'refused', settledAt: at }, at, { evidence })
}

type Of<K extends Outcome['kind']> = Extract<Outcome | ReturnOutcome, { kind: K }>

function refused(
  redemption: Redemption,
  { reason, evidence }: Of<'refused'>,
  { at, finding, lesson, mayHaveBeenGiven }: Circumstances,
): Settled {
  const said = withFinding(evidence, finding)
  // The coupon's own request number decides who used it.
  if (finding?.says === 'redeemed') return asRedeemed(redemption, at, finding.facts, said)
  // Without it, an earlier attempt of ours may be what it is refused for.
  const isOpen = mayHaveArrivedUnseen(redemption) && finding === null
  const isNotOurs = isOpen && reason === 'used-elsewhere' && lesson === 'proven'
  const remark = isNotOurs ? 'not-ours' : 'perhaps-redeemed'
  const note = isOpen ? remarked(said, remark) : said
  if (wasGiven(redemption)) {
    // Nothing is left to find out, and nobody can change it.
    if (isNotOurs) return asLoss({ ...redemption, reason }, at, note)
    // What was given away and is refused now is a loss, which somebody must know of.
    return toReview(redemption, reason, at, said)
  }
  // Nobody but a person knows whether a customer had the discount for it. Whatever else it is refused for, their answer
  // would change nothing where no discount was given: the coupon cannot be used now.
  const isQuestion = isOpen && (reason === 'used-elsewhere' || mayHaveBeenGiven) && !isNotOurs
  if (isQuestion) return toReview(redemption, reason, at, said)
  return settled(redemption, { state: 'refused', reason, settledAt: at }, at, { evidence: note })
}

/** The coupon stays redeemed as it was, unless it says itself that it is not, or nobody can tell. */
function returnRefused(
  redemption: Redemption,
  { reason, evidence }: Of<'refused'>,
  { at, finding }: Circumstances,
): Settled {
  const said = withFinding(evidence, finding)
  const refusal = { ...redemption, ...sayOf(redemption, reason, at) }
  if (finding !== null) return asFound(refusal, finding, at, said)
  const isSure = !redemption.uncertain && isKnownRedeemed(redemption)
  const change = isSure ? ({ state: 'redeemed' } as const) : ({ state: 'review' } as const)
  return settled(refusal, change, at, { evidence: said, event: 'return-refused' })
}

/** Waits by itself, and nobody with it, until another coupon tells whose fault it is; at its cap it is its own. */
function suspect(
  redemption: Redemption,
  outcome: Pick<Of<'suspect'>, 'reason' | 'ifCoupon' | 'mayHaveTakenEffect' | 'evidence'>,
  circumstances: Circumstances,
): Settled {
  const { at, random, caps } = circumstances
  const { reason, ifCoupon, mayHaveTakenEffect, evidence } = outcome
  // The first time it may be everybody's, and does not count. A silence between two of them makes no second first time.
  const { undecidedAttempts: before, waitedMs } = redemption
  const isFirst = redemption.reason !== reason && before === 0 && waitedMs === 0
  const undecidedAttempts = before + (isFirst ? 0 : 1)
  const wait = backOffMs(undecidedAttempts + 1, random)
  const waiting = move(redemption, {
    inFlight: false,
    uncertain: redemption.uncertain || mayHaveTakenEffect,
    reason,
    undecidedAttempts,
    waitedMs: waitedMs + wait,
    nextAttemptAt: at + wait,
  })
  if (!isOverCap({ ...waiting, undecidedAttempts: undecidedAttempts + 1 }, caps))
    return { redemption: waiting, audit: { at, event: 'unknown', evidence } }
  // Somebody had the discount, or an attempt may have had its effect: that is for a person to look into.
  if (waiting.uncertain || wasGiven(waiting)) return toReview(waiting, ifCoupon, at, evidence)
  const refusal = { kind: 'refused', reason: ifCoupon, mayBeOurs: false, evidence } as const
  return settle(waiting, refusal, circumstances)
}

function unknown(
  redemption: Redemption,
  outcome: Of<'unknown'>,
  { at, random, caps, isLineUp, finding }: Circumstances,
): Settled {
  if (finding !== null)
    return asFound(redemption, finding, at, withFinding(outcome.evidence, finding))
  // Where nobody was reached the attempt does not count: an outage of days ends no redemption.
  const isCounted = outcome.reached || outcome.mayHaveTakenEffect
  const longest = outcome.reached ? longestAskedMs : longestWaitMs
  const asked = Math.min(outcome.retryAfterMs ?? 0, longest)
  const failures = isCounted ? redemption.undecidedAttempts + 1 : 1
  const wait = Math.max(asked, backOffMs(failures, random))
  const waiting = move(redemption, {
    inFlight: false,
    uncertain: redemption.uncertain || outcome.mayHaveTakenEffect,
    ...sayOf(redemption, outcome.reason),
    undecidedAttempts: redemption.undecidedAttempts + (isCounted ? 1 : 0),
    waitedMs: redemption.waitedMs + (isCounted ? wait : 0),
    nextAttemptAt: at + wait,
  })
  if ((outcome.reached || isLineUp) && isOverCap(waiting, caps))
    return toReview(waiting, outcome.reason, at, outcome.evidence)
  return { redemption: waiting, audit: { at, event: 'unknown', evidence: outcome.evidence } }
}

/**
 * The settings hold up everybody: this entry is kept for as long as that lasts, and no attempt of it counts. What two coupons
 * alone have got looks the same: the one that finds out for all is not asked about for longer than any other either, and goes
 * to a person, who can have it sent again.
 */
function blocked(
  redemption: Redemption,
  outcome: Of<'blocked'>,
  circumstances: Circumstances,
): Settled {
  const { at, caps, finding } = circumstances
  // No other has got it: it may be this one's own, and is not asked about for ever.
  if (outcome.isAlone === true)
    return suspect(redemption, { ...outcome, ifCoupon: 'refused-otherwise' }, circumstances)
  if (finding !== null)
    return asFound(redemption, finding, at, withFinding(outcome.evidence, finding))
  const isTrial = mayBeOfCoupons(outcome)
  const waiting = move(redemption, {
    inFlight: false,
    uncertain: redemption.uncertain || outcome.mayHaveTakenEffect,
    ...sayOf(redemption, outcome.reason),
    waitedMs: redemption.waitedMs + (isTrial ? blockedWaitMs : 0),
    nextAttemptAt: at + blockedWaitMs,
  })
  if (isTrial && waiting.waitedMs >= caps.waitedMs)
    return toReview(waiting, outcome.reason, at, outcome.evidence)
  return { redemption: waiting, audit: { at, event: 'blocked', evidence: outcome.evidence } }
}

function toReview(
  redemption: Redemption,
  reason: Reason,
  at: number,
  evidence: AuditEntry['evidence'],
): Settled {
  // When a redemption was settled is no matter of its return.
  const settledAt = isAboutReturn(redemption) ? redemption.settledAt : at
  const change = { state: 'review', ...sayOf(redemption, reason), settledAt } as const
  return settled(redemption, change, at, { evidence })
}

/** What was said belongs to the request that it was said of: the redemption, or its return. */
function sayOf(
  redemption: Redemption,
  reason: Reason,
  refusedAt: number | null = null,
): Pick<Redemption, 'reason'> | Pick<Redemption, 'couponReturn'> {
  const { couponReturn } = redemption
  if (!isAboutReturn(redemption) || couponReturn === null) return { reason }
  return { couponReturn: { ...couponReturn, reason, refusedAt } }
}

function remarked(evidence: AuditEntry['evidence'], remark: Remark): AuditEntry['evidence'] {
  return evidence && { ...evidence, remark }
}

function isOverCap({ undecidedAttempts, waitedMs }: Caps, caps: Caps): boolean {
  return undecidedAttempts >= caps.undecidedAttempts || waitedMs >= caps.waitedMs
}
