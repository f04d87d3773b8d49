/** What a person, or a rule in a person's place, decided. */
export const noteKinds = [
  /** Honoured without an answer: by the offline policy, or by a supervisor against it. */
  'policy',
  'supervisor',
  /** Released: the customer keeps the coupon. */
  'customer-keeps',
  'hold-ended',
  'shift-ended',
  'offline-not-accepted',
  /** Another till of the shop has the coupon. */
  'at-other-till',
  /** Returned, cancelled or sent again on a person's order. */
  'ordered',
  /** How what waited in review was ended. */
  'confirmed',
  'loss',
  'not-redeemed',
  /** Carried over to another till. */
  'hand-over',
] as const
export type NoteKind = (typeof noteKinds)[number]

/** Who orders something, and why in their own words. */
export interface PersonOrder {
  readonly by: string
  readonly why: string
}

/** An order about a coupon whose worth the till may not know. */
export interface PricedOrder extends PersonOrder {
  /** What the person read off the coupon, in fen; `null` where they named nothing. */
  readonly worthFen?: number | null
}

/** Who decided it, what it was, and why. */
export interface Note extends PersonOrder {
  readonly how: NoteKind
}

export function noteOf({ by, why }: PersonOrder, how: NoteKind): Note {
  return { by, how, why }
}
