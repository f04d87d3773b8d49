import type { Remark } from '../contract/history.ts'
import type { Note, NoteKind, PersonOrder } from './note.ts'
import type { Evidence } from './outcome.ts'
import type { Told } from './told.ts'

/** One row of the audit trail, written in the same transaction as the change that it describes. */
export interface AuditEntry {
  readonly at: number
  readonly event: AuditEvent
  readonly evidence:
    | (Evidence & Findings)
    | (Note & Findings)
    | Findings
    | Told
    | OrderEnd
    | PersonOrder
    | null
}

/** What a query of the coupon returned and what the till concluded, alone or beside a reply or a person's order. */
export interface Findings {
  /** The person who had WeChat Pay asked. */
  readonly by?: string
  /** What the till decided without a person. */
  readonly how?: NoteKind
  readonly couponState?: string
  /** Number of the redemption that holds the coupon. */
  readonly heldBy?: string | null
  /** Number of the return that took effect last. */
  readonly returnedBy?: string | null
  readonly remark?: Remark
}

/** The customer's order that has ended. */
export interface OrderEnd {
  readonly orderNo: string
}

export type AuditEvent =
  /** Recorded, and being sent. */
  | 'recorded'
  /** Recorded, and not sent for now. */
  | 'recorded-not-sent'
  | 'sending'
  | 'redeemed'
  | 'refused'
  | 'unknown'
  | 'blocked'
  | 'review'
  /** What a cashier was told, word for word. */
  | 'told'
  /** The customer's order has ended: a restart shows nothing of it again. */
  | 'order-ended'
  /** Another total was typed for the order: a restart goes on with it, whatever was told before. */
  | 'order-total'
  /** Nothing happened in the order for too long: a restart does not use its total again. */
  | 'order-rested'
  /** Presented again while it was still open. */
  | 'presented'
  /** The customer keeps the coupon. */
  | 'released'
  /** Honoured without an answer, by the policy or by a supervisor. */
  | 'honoured'
  | 'returning'
  | 'returned'
  /** WeChat Pay refused the return: the coupon is redeemed as before. */
  | 'return-refused'
  /** WeChat Pay was asked, and a person still has to decide. */
  | 'looked-up'
  | 'cancelled'
  | 'resolved'
  | 'sent-again'
  | 'handed-over'
  | 'taken-over'
  /** The till began to hold its files against the keychain, or began anew: after a rescue, or with a backup. */
  | 'anchored'
  /** The files did not fit what the keychain knew of them, and an owner took them as they are. */
  | 'mismatch-accepted'
  /** Code, request bodies and openid were erased when their time was over; sums and the fingerprint stay. */
  | 'erased'
