import { familyOf } from '../contract/reason.ts'
import type { AuditEntry, AuditEvent } from './audit-entry.ts'
import type { Finding } from './reconcile.ts'
import {
  type CouponReturn,
  isAboutReturn,
  isKnownRedeemed,
  move,
  type Redemption,
  wasGiven,
} from './redemption.ts'

export interface Settled {
  readonly redemption: Redemption
  readonly audit: AuditEntry
}

type Evidence = AuditEntry['evidence']

/** Makes the change that ends a redemption or hands it to a person: nothing is under way or to be sent any more. */
export function settled(
  redemption: Redemption,
  change: Partial<Redemption> & Pick<Redemption, 'state'>,
  at: number,
  how: { readonly evidence: Evidence; readonly event?: AuditEvent },
): Settled {
  const done = move(redemption, { ...change, inFlight: false, nextAttemptAt: null })
  const event = how.event ?? eventOf[done.state]
  return { redemption: done, audit: { at, event, evidence: how.evidence } }
}

/** The audit event for each state that a redemption can end in. */
const eventOf = {
  pending: 'sent-again',
  returning: 'returning',
  redeemed: 'redeemed',
  refused: 'refused',
  review: 'review',
  returned: 'returned',
  cancelled: 'cancelled',
  resolved: 'resolved',
} as const satisfies Record<Redemption['state'], AuditEvent>

/** Settles as redeemed, and keeps the batch and owner that the reply or query named: a return needs both. */
export function asRedeemed(
  redemption: Redemption,
  at: number,
  named: { readonly stockId: string | null; readonly openid: string | null },
  evidence: Evidence,
): Settled {
  const change = {
    state: 'redeemed',
    reason: 'redeemed',
    settledAt: at,
    stockId: named.stockId ?? redemption.stockId,
    // A reply without an owner does not erase the owner that was known.
    openid: named.openid === '' ? redemption.openid : (named.openid ?? redemption.openid),
  } as const
  return settled(redemption, change, at, { evidence })
}

/** Settles as returned: the customer has the coupon back and may present it again. */
export function asReturned(redemption: Redemption, at: number, evidence: Evidence): Settled {
  return settled(redemption, { state: 'returned', reason: null, settledAt: at }, at, { evidence })
}

/** Settles as a loss, without a person: the discount was given and no coupon is redeemed for it. */
export function asLoss(redemption: Redemption, at: number, evidence: Evidence): Settled {
  const change = { state: 'resolved', resolution: 'loss', settledAt: at } as const
  return settled(redemption, change, at, { evidence: { ...evidence, how: 'loss' } })
}

/** Settles by what a query found about the coupon. */
export function asFound(
  redemption: Redemption,
  finding: Finding,
  at: number,
  evidence: Evidence,
): Settled {
  const isReturn = isAboutReturn(redemption)
  switch (finding.says) {
    case 'returned':
      return asReturned(redemption, at, evidence)
    case 'redeemed':
      return isReturn
        ? stillRedeemed(redemption, at, finding, evidence)
        : asRedeemed(redemption, at, finding.facts, evidence)
    case 'unused':
      if (wasGiven(redemption)) return stillOpen(redemption, at, evidence)
      return settled(
        redemption,
        { state: 'resolved', resolution: 'not-redeemed', settledAt: at },
        at,
        { evidence },
      )
    case 'held-by-another': {
      const other = { ...redemption, reason: 'used-elsewhere' } as const
      if (wasGiven(redemption)) return stillOpen(other, at, evidence)
      return settled(other, { state: 'refused', settledAt: at }, at, { evidence })
    }
  }
}

/** Settles as still redeemed, since the same time as before: the return had no effect. */
function stillRedeemed(
  redemption: Redemption,
  at: number,
  { facts }: Finding,
  evidence: Evidence,
): Settled {
  const refused = { ...redemption, couponReturn: notDone(redemption, at) }
  const event = 'return-refused'
  if (isKnownRedeemed(redemption))
    return settled(refused, { state: 'redeemed' }, at, { evidence, event })
  const done = asRedeemed(refused, at, facts, evidence)
  return { ...done, audit: { ...done.audit, event } }
}

/** Returns the last return, marked as having had no effect; `null` where there was none. */
export function notDone({ couponReturn }: Redemption, at: number): CouponReturn | null {
  if (couponReturn === null) return null
  const { reason, refusedAt } = couponReturn
  const isRefused = reason !== null && familyOf(reason) === 'return-refused'
  return {
    ...couponReturn,
    reason: isRefused ? reason : 'return-not-done',
    refusedAt: refusedAt ?? at,
  }
}

/** Leaves to a person a discount that was given without a redemption: they book it as a loss or send it again. */
function stillOpen(redemption: Redemption, at: number, evidence: Evidence): Settled {
  const change = { state: 'review', uncertain: false, settledAt: at } as const
  return settled(redemption, change, at, { evidence, event: 'looked-up' })
}
