import type { Reason } from '../contract/reason.ts'
import { backOffMs, longestAskedMs, longestWaitMs } from './back-off.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { AuditEntry, Random } from './ports.ts'
import type { Verified } from './reconcile.ts'
import { move, type Redemption } from './redemption.ts'

export interface Settled {
  readonly redemption: Redemption
  readonly audit: AuditEntry
}

/** Attempts without a decision, and time waited between them, after which a person decides. */
export interface Caps {
  readonly spent: number
  readonly waitedMs: number
}

export const defaultCaps: Caps = { spent: 150, waitedMs: 24 * 3_600_000 }

/** A blocked entry is tried again after this, when the settings may have been mended. */
export const blockedWaitMs = 60_000

interface Circumstances {
  readonly at: number
  readonly random: Random
  readonly caps: Caps
  /** WeChat Pay was heard lately: what gets no answer now does not wait for the line alone. */
  readonly isLineUp: boolean
  /** What a query said about who holds the coupon; `null` when none was possible or needed. */
  readonly verified: Verified | null
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
        ? decide(redemption, at, 'returned', null, outcome.evidence)
        : redeemed(redemption, at, outcome)
    case 'refused':
      return redemption.state === 'returning'
        ? returnRefused(redemption, at, outcome)
        : refused(redemption, outcome, circumstances)
    case 'suspect':
      return suspect(redemption, outcome, circumstances)
    case 'unknown':
      return unknown(redemption, outcome, circumstances)
    case 'blocked':
      return blocked(redemption, outcome, circumstances)
  }
}

type Of<K extends Outcome['kind']> = Extract<Outcome, { kind: K }>

function decide(
  redemption: Redemption,
  at: number,
  state: 'refused' | 'review' | 'returned' | 'redeemed',
  reason: Reason | null,
  evidence: AuditEntry['evidence'],
): Settled {
  const done = move(redemption, {
    state,
    inFlight: false,
    reason,
    settledAt: at,
    nextAttemptAt: null,
  })
  return { redemption: done, audit: { at, event: state, evidence } }
}

function redeemed(redemption: Redemption, at: number, outcome: Of<'confirmed'>): Settled {
  const { redemption: done, audit } = decide(
    redemption,
    at,
    'redeemed',
    'redeemed',
    outcome.evidence,
  )
  return { redemption: { ...done, stockId: outcome.stockId, openid: outcome.openid }, audit }
}

function refused(
  redemption: Redemption,
  { reason, evidence }: Of<'refused'>,
  { at, verified }: Circumstances,
): Settled {
  const note = verified && { couponState: verified.state, heldBy: verified.useRequestNo }
  const said = evidence && { ...evidence, ...note }
  // The coupon's own request number decides who used it.
  if (verified?.holder === 'this') return decide(redemption, at, 'redeemed', 'redeemed', said)
  // Without it, an earlier attempt of ours may be what it is refused for: a person compares.
  const isOpen = redemption.uncertain && verified === null
  // What was given away and is refused now is a loss, which somebody must know of.
  const state = isOpen || redemption.honoured ? 'review' : 'refused'
  return decide(redemption, at, state, reason, said)
}

/** The coupon stays redeemed, unless an earlier attempt may have given it back. */
function returnRefused(redemption: Redemption, at: number, outcome: Of<'refused'>): Settled {
  const state = redemption.uncertain ? 'review' : 'redeemed'
  return decide(redemption, at, state, outcome.reason, outcome.evidence)
}

/** Waits by itself, and nobody with it, until another coupon tells whose fault it is; at its cap it is its own. */
function suspect(
  redemption: Redemption,
  outcome: Pick<Of<'suspect'>, 'reason' | 'ifCoupon' | 'mayHaveTakenEffect' | 'evidence'>,
  circumstances: Circumstances,
): Settled {
  const { at, random, caps } = circumstances
  const { reason, ifCoupon, mayHaveTakenEffect, evidence } = outcome
  // The first time it may be everybody's, which spends nothing.
  const spent = redemption.spent + (redemption.reason === reason ? 1 : 0)
  const wait = backOffMs(spent + 1, random)
  const waiting = move(redemption, {
    inFlight: false,
    uncertain: redemption.uncertain || mayHaveTakenEffect,
    reason,
    spent,
    waitedMs: redemption.waitedMs + wait,
    nextAttemptAt: at + wait,
  })
  if (!isOverCap({ ...waiting, spent: spent + 1 }, caps))
    return { redemption: waiting, audit: { at, event: 'unknown', evidence } }
  const refusal = { kind: 'refused', reason: ifCoupon, mayBeOurs: false, evidence } as const
  return settle(waiting, refusal, circumstances)
}

function unknown(
  redemption: Redemption,
  outcome: Of<'unknown'>,
  { at, random, caps, isLineUp }: Circumstances,
): Settled {
  // Where nobody was reached nothing is spent: an outage of days ends no redemption.
  const isSpent = outcome.reached || outcome.mayHaveTakenEffect
  const longest = outcome.reached ? longestAskedMs : longestWaitMs
  const asked = Math.min(outcome.retryAfterMs ?? 0, longest)
  const failures = isSpent ? redemption.spent + 1 : 1
  const wait = Math.max(asked, backOffMs(failures, random))
  const waiting = move(redemption, {
    inFlight: false,
    uncertain: redemption.uncertain || outcome.mayHaveTakenEffect,
    reason: outcome.reason,
    spent: redemption.spent + (isSpent ? 1 : 0),
    waitedMs: redemption.waitedMs + (isSpent ? wait : 0),
    nextAttemptAt: at + wait,
  })
  if ((outcome.reached || isLineUp) && isOverCap(waiting, caps))
    return decide(waiting, at, 'review', outcome.reason, outcome.evidence)
  return { redemption: waiting, audit: { at, event: 'unknown', evidence: outcome.evidence } }
}

/** The settings hold up everybody: this entry is kept for as long as that lasts, and nothing is spent on it. */
function blocked(
  redemption: Redemption,
  outcome: Of<'blocked'>,
  circumstances: Circumstances,
): Settled {
  const { at } = circumstances
  // No other has got it: it may be this one's own, and is not asked about for ever.
  if (outcome.isAlone === true)
    return suspect(redemption, { ...outcome, ifCoupon: 'refused-otherwise' }, circumstances)
  const waiting = move(redemption, {
    inFlight: false,
    uncertain: redemption.uncertain || outcome.mayHaveTakenEffect,
    reason: outcome.reason,
    nextAttemptAt: at + blockedWaitMs,
  })
  return { redemption: waiting, audit: { at, event: 'blocked', evidence: outcome.evidence } }
}

function isOverCap({ spent, waitedMs }: Caps, caps: Caps): boolean {
  return spent >= caps.spent || waitedMs >= caps.waitedMs
}
