import { type Reason, familyOf } from '../contract/reason.ts'
import type { RedemptionState, ScanSource, Resolution } from '../contract/redemption-view.ts'
import type { NoteKind } from './note.ts'

/** One coupon to be redeemed, under one request number that never changes. */
export interface Redemption {
  readonly useRequestNo: string
  readonly couponCode: string
  readonly state: RedemptionState
  readonly source: ScanSource
  /** Who scanned it; `null` where nobody is signed in. */
  readonly cashier: string | null
  /** The JSON bytes of the request. They never change. */
  readonly body: Uint8Array
  /** Attempts begun. The first counts from the recording on, because after a crash it may have been sent. */
  readonly attempts: number
  /** Attempts that reached, or may have reached, WeChat Pay and brought no result. */
  readonly undecidedAttempts: number
  /** Time waited between those attempts, in milliseconds. A sum of waits, so that setting the clock does not change it. */
  readonly waitedMs: number
  /** An attempt is under way. If this is set when the till starts, the till ended during the attempt. */
  readonly inFlight: boolean
  /**
   * An earlier attempt without a known result may have redeemed the coupon. A refusal of the same number ("used by another
   * order", "no longer valid") may then be about that attempt, and is not final.
   */
  readonly uncertain: boolean
  readonly honoured: boolean
  /** What was given for it when it was honoured without a reply, in fen; `null` when its value is not known. */
  readonly honouredValueFen: number | null
  /** When the cashier was told to give the discount, and how much; `null` while they were not. */
  readonly given: Given | null
  /** The customer's order (`order.ts`) for which the coupon was presented last. */
  readonly orderNo: string | null
  /** When the coupon goes back to the customer by itself, unless it is honoured or given before. */
  readonly heldUntil: number | null
  /** Set when the customer keeps the coupon: if it turns out to be redeemed, it is returned. */
  readonly released: Released | null
  /** The order's total, in fen, when the cashier gave it. */
  readonly totalFen: number | null
  /** Reason for the state of the redemption itself. The reason of a return is in `couponReturn`. */
  readonly reason: Reason | null
  readonly recordedAt: number
  readonly settledAt: number | null
  /** How it was ended in review; `null` if it was not. Whether the coupon can be presented again depends on it. */
  readonly resolution: Resolution | null
  /** When the outbox tries next; `null` when nothing is to be sent. */
  readonly nextAttemptAt: number | null
  /** When the batch's validity ends, as far as known. */
  readonly expiresAt: number | null
  /** The batch, from the settings or the cashier, and certain once a reply has named it; `null` when not known. */
  readonly stockId: string | null
  /** The coupon's owner, from a reply; queries need it. */
  readonly openid: string | null
  /** The last request to return the coupon; `null` when there was none. */
  readonly couponReturn: CouponReturn | null
  /** How often it was handed over. Of two tills that know it, the one with the higher count has it now. */
  readonly handOvers: number
}

/** The moment when a cashier was told to give the discount. */
export interface Given {
  readonly at: number
  /** Who was told; `null` where nobody is signed in. */
  readonly by: string | null
  /** What was to be deducted, in fen; `null` where the till cannot know. */
  readonly fen: number | null
}

export interface Released {
  readonly at: number
  readonly how: ReleaseKind
}

/** Why a coupon went back to its customer. */
export const releaseKinds = [
  'customer-keeps',
  'hold-ended',
  'shift-ended',
  'offline-not-accepted',
  'at-other-till',
] as const satisfies readonly NoteKind[]
export type ReleaseKind = (typeof releaseKinds)[number]

export interface CouponReturn {
  readonly returnRequestNo: string
  /** The exact JSON bytes, as with a redemption. */
  readonly body: Uint8Array
  /** Reason of the last reply; `null` before one came. */
  readonly reason: Reason | null
  /** When it was refused, or found to have had no effect: the coupon is still redeemed. */
  readonly refusedAt: number | null
}

type Recorded = Pick<Redemption, 'useRequestNo' | 'couponCode' | 'source' | 'body' | 'recordedAt'> &
  Partial<
    Pick<
      Redemption,
      'cashier' | 'totalFen' | 'stockId' | 'openid' | 'expiresAt' | 'orderNo' | 'heldUntil'
    >
  >

/** Returns a redemption as it is recorded first: its first attempt counts and is under way. */
export function newRedemption(of: Recorded): Redemption {
  return {
    cashier: null,
    totalFen: null,
    stockId: null,
    openid: null,
    expiresAt: null,
    orderNo: null,
    heldUntil: null,
    ...of,
    state: 'pending',
    attempts: 1,
    undecidedAttempts: 0,
    waitedMs: 0,
    inFlight: true,
    uncertain: false,
    honoured: false,
    honouredValueFen: null,
    given: null,
    released: null,
    reason: null,
    settledAt: null,
    resolution: null,
    nextAttemptAt: of.recordedAt,
    couponReturn: null,
    handOvers: 0,
  }
}

const legal: Readonly<Record<RedemptionState, readonly RedemptionState[]>> = {
  // `resolved`: handed over to another till, which goes on under the same number.
  pending: ['pending', 'redeemed', 'refused', 'review', 'cancelled', 'resolved'],
  redeemed: ['redeemed', 'returning'],
  returning: ['returning', 'returned', 'redeemed', 'refused', 'review', 'resolved'],
  // A person decides, has it sent again or returned; or a query says what happened.
  review: ['review', 'resolved', 'pending', 'returning', 'redeemed', 'refused', 'returned'],
  refused: [],
  returned: [],
  cancelled: [],
  resolved: [],
}

export function mayBecome(from: RedemptionState, to: RedemptionState): boolean {
  return legal[from].includes(to)
}

/** The fields about what the cashier was told and what the coupon is worth. They may change in any state. */
export type Tellable = Pick<
  Redemption,
  'given' | 'orderNo' | 'heldUntil' | 'released' | 'totalFen' | 'honoured' | 'honouredValueFen'
>

export function tellableOf(redemption: Redemption): Tellable {
  const { given, orderNo, heldUntil, released, totalFen, honoured, honouredValueFen } = redemption
  return { given, orderNo, heldUntil, released, totalFen, honoured, honouredValueFen }
}

/** Returns the redemption with a change. Throws when the state may not change like that, which is a bug. */
export function move(redemption: Redemption, change: Partial<Redemption>): Redemption {
  const next = { ...redemption, ...change }
  const told = tellableOf(redemption)
  const isOnlyTold = Object.keys(change).every((field) => field in told)
  if (!isOnlyTold && !mayBecome(redemption.state, next.state))
    throw new Error(`${redemption.useRequestNo}: ${redemption.state} cannot become ${next.state}`)
  return isDecided(next) ? { ...next, heldUntil: null } : next
}

/** Ended, or waiting for a person: no customer waits at the counter for it. */
function isDecided({ state }: Redemption): boolean {
  return state !== 'pending' && state !== 'redeemed' && state !== 'returning'
}

/** Begins one more attempt; to be written before the request leaves. An attempt that never ended makes the rest uncertain. */
export function begin(redemption: Redemption, now: number): Redemption {
  return move(redemption, {
    attempts: redemption.attempts + 1,
    uncertain: redemption.uncertain || redemption.inFlight,
    inFlight: true,
    nextAttemptAt: now,
  })
}

/** Ends a redemption here, because another till goes on with it under the same numbers. */
export function handedOver(redemption: Redemption, at: number): Redemption {
  return move(redemption, {
    state: 'resolved',
    reason: 'handed-over',
    settledAt: at,
    nextAttemptAt: null,
    heldUntil: null,
    handOvers: redemption.handOvers + 1,
  })
}

/** Whether the customer got the discount, after a reply or without one. */
export function wasGiven({ honoured, given }: Redemption): boolean {
  return honoured || given !== null
}

/** Whether WeChat Pay or a person has confirmed that this number redeemed the coupon; also while it is being returned. */
export function isKnownRedeemed({ reason }: Redemption): boolean {
  return reason !== null && familyOf(reason) === 'confirmed'
}

/** Whether the return is under way or waits for a person, and not the redemption. */
export function isAboutReturn({ state, couponReturn }: Redemption): boolean {
  return state === 'returning' || (state === 'review' && couponReturn !== null)
}

/** Returns the last reason of the request that is under way: the redemption, or its return. */
export function lastReason(redemption: Redemption): Reason | null {
  return isAboutReturn(redemption) ? (redemption.couponReturn?.reason ?? null) : redemption.reason
}

/**
 * Whether a request of this number may have redeemed the coupon although no reply of it was seen: an attempt of this till's
 * own, or one of a till that handed it over. That till's records may wrongly say "never sent", if they were restored from a
 * backup that is older than the attempt.
 */
export function mayHaveArrivedUnseen({ uncertain, handOvers }: Redemption): boolean {
  return uncertain || handOvers > 0
}

/** Whether no attempt can have redeemed the coupon: none arrived, or none was processed. */
export function hadNoEffect({ uncertain, inFlight }: Redemption): boolean {
  return !uncertain && !inFlight
}
