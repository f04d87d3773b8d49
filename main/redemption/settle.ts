import type { Reason } from '../contract/reason.ts'
import { backOffMs, longestBackOffMs, longestWaitMs } from './back-off.ts'
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
  /** Others got through under the same settings since this entry was last refused for them: the fault is its own. */
  readonly othersGotThrough: boolean
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

function unknown(
  redemption: Redemption,
  outcome: Of<'unknown'>,
  { at, random, caps }: Circumstances,
): Settled {
  // Where nobody was reached nothing is spent: an outage of days ends no redemption.
  const isSpent = outcome.reached || outcome.mayHaveTakenEffect
  const asked = Math.min(outcome.retryAfterMs ?? 0, longestWaitMs)
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
  if (outcome.reached && isOverCap(waiting, caps))
    return decide(waiting, at, 'review', outcome.reason, outcome.evidence)
  return { redemption: waiting, audit: { at, event: 'unknown', evidence: outcome.evidence } }
}

function blocked(
  redemption: Redemption,
  outcome: Of<'blocked'>,
  { at, random, caps, othersGotThrough }: Circumstances,
): Settled {
  const spent = redemption.spent + (othersGotThrough ? 1 : 0)
  const wait = othersGotThrough ? backOffMs(spent, random, longestBackOffMs) : blockedWaitMs
  const waiting = move(redemption, {
    inFlight: false,
    reason: outcome.reason,
    spent,
    waitedMs: redemption.waitedMs + (othersGotThrough ? wait : 0),
    nextAttemptAt: at + wait,
  })
  if (othersGotThrough && isOverCap(waiting, caps))
    return decide(waiting, at, 'review', outcome.reason, outcome.evidence)
  return { redemption: waiting, audit: { at, event: 'blocked', evidence: outcome.evidence } }
}

function isOverCap({ spent, waitedMs }: Redemption, caps: Caps): boolean {
  return spent >= caps.spent || waitedMs >= caps.waitedMs
}
