import { type Reason, familyOf } from '../contract/reason.ts'
import type { RedemptionState, ScanSource, Resolution } from '../contract/redemption-view.ts'
import type { NoteKind } from './note.ts'

/** One coupon to be redeemed, under one number for ever. */
export interface Redemption {
  readonly useRequestNo: string
  readonly couponCode: string
  readonly state: RedemptionState
  readonly source: ScanSource
  /** Who scanned it; `null` where nobody is signed in. */
  readonly cashier: string | null
  /** The exact JSON bytes that are sent, each time the same. */
  readonly body: Uint8Array
  /** Requests begun. The first is counted when the redemption is recorded: after a crash it may have been sent. */
  readonly attempts: number
  /** Of these, the ones that WeChat Pay was reached with, or may have been, and that decided nothing. */
  readonly undecidedAttempts: number
  /** Time waited between those, in milliseconds: an age that no clock step changes. */
  readonly waitedMs: number
  /** An attempt is under way. Still set when the row is read at a start: the till ended in the middle of it. */
  readonly inFlight: boolean
  /**
   * An earlier attempt, whose answer is not known, may have redeemed the coupon. A refusal of the same number may then
   * speak of ourselves ("used by another order", "no longer valid") and is not the last word.
   */
  readonly uncertain: boolean
  readonly honoured: boolean
  /** What was given for it, in fen, when it was honoured without an answer; `null` when its value is not known. */
  readonly honouredValueFen: number | null
  /** That the cashier was told to give the discount, once; `null` while nobody was told. */
  readonly given: Given | null
  /** The order (of a customer, see `order.ts`) that it was presented for last. */
  readonly orderNo: string | null
  /** When the coupon goes back to the customer by itself, unless it was honoured or given before. */
  readonly heldUntil: number | null
  /** The customer keeps the coupon: what turns out redeemed is returned. */
  readonly released: Released | null
  /** The order's total, in fen, when the cashier gave it. */
  readonly totalFen: number | null
  /** Of the redemption itself. What was said of its return is in `couponReturn`, and changes nothing here. */
  readonly reason: Reason | null
  readonly recordedAt: number
  readonly settledAt: number | null
  /** How it was ended in review; `null` where nobody had to. Presenting the coupon anew depends on it. */
  readonly resolution: Resolution | null
  /** When the outbox tries next; `null` when nothing is to be sent. */
  readonly nextAttemptAt: number | null
  /** When the batch's validity ends, as far as known. */
  readonly expiresAt: number | null
  /** The batch: said by the shop's settings or the cashier, and for certain once a reply has named it. */
  readonly stockId: string | null
  /** From the reply; queries need it. */
  readonly openid: string | null
  /** The request that returns the coupon, once there is one: the last, when there were several. */
  readonly couponReturn: CouponReturn | null
  /** How often it was handed over: of two tills that know it, the one with the higher count was given it last. */
  readonly handOvers: number
}

/** The one telling to give the discount. */
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
] as const satisfies readonly NoteKind[]
export type ReleaseKind = (typeof releaseKinds)[number]

export interface CouponReturn {
  readonly returnRequestNo: string
  /** The exact JSON bytes, as with a redemption. */
  readonly body: Uint8Array
  /** What was said of it last; `null` while nothing was. */
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

/** As it is recorded: its first attempt counted and under way. */
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

/** What is told of a redemption, and what it is worth: it may be written in any state, and changes nothing about the coupon. */
export type Tellable = Pick<
  Redemption,
  'given' | 'orderNo' | 'heldUntil' | 'released' | 'totalFen' | 'honoured' | 'honouredValueFen'
>

export function tellableOf(redemption: Redemption): Tellable {
  const { given, orderNo, heldUntil, released, totalFen, honoured, honouredValueFen } = redemption
  return { given, orderNo, heldUntil, released, totalFen, honoured, honouredValueFen }
}

/** The only way a redemption changes its state. Throws on a step that the design does not know: that is a bug. */
export function move(redemption: Redemption, change: Partial<Redemption>): Redemption {
  const next = { ...redemption, ...change }
  const told = tellableOf(redemption)
  const isOnlyTold = Object.keys(change).every((field) => field in told)
  if (!isOnlyTold && !mayBecome(redemption.state, next.state))
    throw new Error(`${redemption.useRequestNo}: ${redemption.state} cannot become ${next.state}`)
  return isDecided(next) ? { ...next, heldUntil: null } : next
}

/** Ended, or before a person: nobody waits at the counter for a word about it. */
function isDecided({ state }: Redemption): boolean {
  return state !== 'pending' && state !== 'redeemed' && state !== 'returning'
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

/** Ended here: another till goes on with it, under the same numbers. */
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

/** The customer had the discount: told by the till, or honoured without an answer. */
export function wasGiven({ honoured, given }: Redemption): boolean {
  return honoured || given !== null
}

/** Somebody who can know says that this number redeemed the coupon, also while it is being returned. */
export function isKnownRedeemed({ reason }: Redemption): boolean {
  return reason !== null && familyOf(reason) === 'confirmed'
}

/** It is the return that is under way or waits for a person, and not the redemption. */
export function isAboutReturn({ state, couponReturn }: Redemption): boolean {
  return state === 'returning' || (state === 'review' && couponReturn !== null)
}

/** What was said last of the request that is under way: the redemption, or its return. */
export function lastReason(redemption: Redemption): Reason | null {
  return isAboutReturn(redemption) ? (redemption.couponReturn?.reason ?? null) : redemption.reason
}

/**
 * Whether a request of this number may have redeemed the coupon although no reply of it was seen: an attempt of this till's
 * own, or one of another till's that it was handed over by. That till's own records may say "never sent" and be older than
 * what it sent: its file was put back to a backup, and it went on with what it had handed over since.
 */
export function mayHaveArrivedUnseen({ uncertain, handOvers }: Redemption): boolean {
  return uncertain || handOvers > 0
}

/** Whether no attempt can have redeemed the coupon: none arrived, or none was processed. */
export function hadNoEffect({ uncertain, inFlight }: Redemption): boolean {
  return !uncertain && !inFlight
}
