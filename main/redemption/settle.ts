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

/** After so many attempts without a result, or so much time waited between them, a person decides. */
export interface Caps {
  readonly undecidedAttempts: number
  readonly waitedMs: number
}

export const defaultCaps: Caps = { undecidedAttempts: 150, waitedMs: 24 * 3_600_000 }

/** A blocked entry is tried again after this time, because the settings may have been mended. */
export const blockedWaitMs = 60_000

interface Circumstances {
  readonly at: number
  readonly random: Random
  readonly caps: Caps
  /** WeChat Pay replied lately, so that a silence now does not mean that the line is down. */
  readonly isLineUp: boolean
  /** What a query found about who holds the coupon; `null` when none was possible or needed. */
  readonly finding: Finding | null
  /** What is known about replies to repeated requests; `null` while nothing is. */
  readonly lesson: ReplayLesson | null
  /** The records were restored: the customer may have got the discount in the time that they lack. */
  readonly mayHaveBeenGiven: boolean
}

/** Returns the redemption after an outcome, and the audit row for it. Writes nothing. */
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

/** Whether this attempt without a result is the last before a person decides, so that the coupon is queried first. */
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

/** Whether the fault came in a reply, and is one that WeChat Pay checks together with the coupon. */
function mayBeOfCoupons({ reason, evidence }: Of<'blocked'>): boolean {
  return evidence.httpStatus !== null && !ofNoCoupon.has(reason)
}

/** Settles an entry in review, once it is proven that a repeated request gets its first result again; `null` if that does not help. */
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
  // The request number that holds the coupon shows who used it.
  if (finding?.says === 'redeemed') return asRedeemed(redemption, at, finding.facts, said)
  // Without a query, the refusal may be about an earlier attempt of this till.
  const isOpen = mayHaveArrivedUnseen(redemption) && finding === null
  const isNotOurs = isOpen && reason === 'used-elsewhere' && lesson === 'proven'
  const remark = isNotOurs ? 'not-ours' : 'perhaps-redeemed'
  const note = isOpen ? remarked(said, remark) : said
  if (wasGiven(redemption)) {
    // Nothing is left to find out, and nobody can change it.
    if (isNotOurs) return asLoss({ ...redemption, reason }, at, note)
    // The discount was given and the coupon is refused: a loss, which a person must see.
    return toReview(redemption, reason, at, said)
  }
  // Only a person can know whether the customer got the discount. For other refusals without a discount given their answer
  // would change nothing: the coupon cannot be used now.
  const isQuestion = isOpen && (reason === 'used-elsewhere' || mayHaveBeenGiven) && !isNotOurs
  if (isQuestion) return toReview(redemption, reason, at, said)
  return settled(redemption, { state: 'refused', reason, settledAt: at }, at, { evidence: note })
}

/** Settles a refused return: the coupon stays redeemed, unless a query says otherwise, or it is not certain that it was. */
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

/** The entry waits alone until replies to other coupons show whose fault it is. At its cap the fault counts as its own. */
function suspect(
  redemption: Redemption,
  outcome: Pick<Of<'suspect'>, 'reason' | 'ifCoupon' | 'mayHaveTakenEffect' | 'evidence'>,
  circumstances: Circumstances,
): Settled {
  const { at, random, caps } = circumstances
  const { reason, ifCoupon, mayHaveTakenEffect, evidence } = outcome
  // The first time does not count, because it may be a fault of the settings. A silence in between starts no new first time.
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
  // The discount was given, or an attempt may have redeemed the coupon: a person has to decide.
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
  // An attempt that did not reach WeChat Pay does not count, so that an outage of days ends no redemption.
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
 * The settings hold up every entry: this one is kept for as long as that lasts, and its attempts do not count. A fault that
 * only two coupons have looks the same, so that the entry which finds out for all also ends at its cap, before a person
 * who can send it again.
 */
function blocked(
  redemption: Redemption,
  outcome: Of<'blocked'>,
  circumstances: Circumstances,
): Settled {
  const { at, caps, finding } = circumstances
  // No other coupon got it, so that it may be this one's own fault. It is not tried for ever.
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
  // A return does not change when the redemption was settled.
  const settledAt = isAboutReturn(redemption) ? redemption.settledAt : at
  const change = { state: 'review', ...sayOf(redemption, reason), settledAt } as const
  return settled(redemption, change, at, { evidence })
}

/** Puts a reason where it belongs: to the redemption, or to its return. */
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
