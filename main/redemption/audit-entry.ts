import type { Remark } from '../contract/history.ts'
import type { Note, NoteKind } from './note.ts'
import type { Evidence } from './outcome.ts'
import type { Told } from './told.ts'

/** One line of the audit trail, written in the same transaction as what it tells of. */
export interface AuditEntry {
  readonly at: number
  readonly event: AuditEvent
  readonly evidence: (Evidence & Findings) | (Note & Findings) | Findings | Told | OrderEnd | null
}

/** What the coupon itself said, and what the till concluded: alone, or beside a reply or a person's order. */
export interface Findings {
  /** Who asked; nobody decided anything. */
  readonly by?: string
  /** What the till decided in a person's place. */
  readonly how?: NoteKind
  readonly couponState?: string
  /** Number of the redemption that holds the coupon. */
  readonly heldBy?: string | null
  /** Number of the return that took effect last. */
  readonly returnedBy?: string | null
  readonly remark?: Remark
}

/** Whose turn is over. */
export interface OrderEnd {
  readonly orderNo: string
}

export type AuditEvent =
  /** And on its way. */
  | 'recorded'
  /** And kept from being sent. */
  | 'recorded-not-sent'
  | 'sending'
  | 'redeemed'
  | 'refused'
  | 'unknown'
  | 'blocked'
  | 'review'
  /** What a cashier was told, word for word. */
  | 'told'
  /** "Next customer", or another order: after a restart nothing of it is told again. */
  | 'order-ended'
  /** It was left for too long: after a restart its total is nobody's. */
  | 'order-rested'
  /** Presented again while it was still open. */
  | 'presented'
  /** The customer keeps the coupon. */
  | 'released'
  /** Honoured without an answer, by the policy or by a supervisor. */
  | 'honoured'
  | 'returning'
  | 'returned'
  /** WeChat Pay did not take the coupon back: it is redeemed as before. */
  | 'return-refused'
  /** Asked about, and still for a person to decide. */
  | 'looked-up'
  | 'cancelled'
  | 'resolved'
  | 'sent-again'
  | 'handed-over'
  | 'taken-over'
  /** Code, request bodies and openid are gone after their time; sums and the fingerprint stay. */
  | 'erased'
