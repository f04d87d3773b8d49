import type { Reason } from '../contract/reason.ts'
import type { RedemptionState, ScanSource } from '../contract/snapshot.ts'

/** One coupon to be redeemed, under one number for ever. */
export interface Redemption {
  readonly useRequestNo: string
  readonly couponCode: string
  readonly state: RedemptionState
  readonly source: ScanSource
  /** The exact JSON bytes that are sent, each time the same. */
  readonly body: Uint8Array
  /** Requests begun. The first is counted when the redemption is recorded: after a crash it may have been sent. */
  readonly attempts: number
  /** An attempt is under way. Still set when the row is read at a start: the till ended in the middle of it. */
  readonly inFlight: boolean
  /**
   * An earlier attempt, whose answer is not known, may have redeemed the coupon. A refusal of the same number may then
   * speak of ourselves ("used by another order", "no longer valid") and is not the last word.
   */
  readonly uncertain: boolean
  readonly honoured: boolean
  readonly reason: Reason | null
  readonly recordedAt: number
  readonly settledAt: number | null
  /** When the outbox tries next; `null` when nothing is to be sent. */
  readonly nextAttemptAt: number | null
  /** The batch, once a reply has named it. */
  readonly stockId: string | null
  /** From the reply; queries need it. */
  readonly openid: string | null
}

const legal: Readonly<Record<RedemptionState, readonly RedemptionState[]>> = {
  pending: ['pending', 'redeemed', 'refused', 'review', 'cancelled'],
  redeemed: ['returning'],
  returning: ['returned', 'redeemed', 'review'],
  review: ['resolved'],
  refused: [],
  returned: [],
  cancelled: [],
  resolved: [],
}

/** The only way a redemption changes its state. Throws on a step that the design does not know: that is a bug. */
export function move(redemption: Redemption, change: Partial<Redemption>): Redemption {
  const next = { ...redemption, ...change }
  if (!legal[redemption.state].includes(next.state))
    throw new Error(`${redemption.useRequestNo}: ${redemption.state} cannot become ${next.state}`)
  return next
}

/** An attempt more, to be written down before its request leaves. One that never ended makes the rest uncertain. */
export function begin(redemption: Redemption, now: number): Redemption {
  return move(redemption, {
    attempts: redemption.attempts + 1,
    uncertain: redemption.uncertain || redemption.inFlight,
    inFlight: true,
    nextAttemptAt: now,
  })
}
