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
    | PersonAct
    | JoinedShop
    | null
}

/** With whom the journal began: an id of the shop that is the same at every till of it. */
type JoinedShop = Partial<PersonOrder> & { readonly shop: string }

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

/** What somebody did at the till that concerns no one redemption. */
export interface PersonAct {
  /** Their name; `-` on a till without staff. */
  readonly by: string
  /** The request of the page, or of the person that somebody approved it for. */
  readonly request?: string
  /** What they asked for: those fields of the request that say what changes. */
  readonly input?: Readonly<Record<string, unknown>>
  /** For whom somebody approved it. */
  readonly for?: string
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
  /** It was honoured, and another till of the shop has the coupon: its claim or its news came too late. */
  | 'claim-lost'
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
  | 'signed-in'
  /** A wrong PIN for somebody: `by` is whose it should have been. */
  | 'pin-refused'
  /** Somebody's PIN lets another person make one request. */
  | 'approved'
  /** A person's order that concerns no one redemption: staff, settings, set-up, backups, exports. Written before it is carried out. */
  | 'ordered'
  /** The till began to hold its files against the keychain, or began anew: after a rescue, or with a backup. */
  | 'anchored'
  /** The files did not fit what the keychain knew of them, and an owner took them as they are. */
  | 'mismatch-accepted'
  /** Code, request bodies and openid were erased when their time was over; sums and the fingerprint stay. */
  | 'erased'
  /** The till became one of a shop's tills: from here on its journal is kept at the shop's server. */
  | 'chain-joined'
  /** The till is a till alone again. */
  | 'chain-left'
  /** This computer became the shop's server, or stopped being it. */
  | 'shop-server-begun'
  | 'shop-server-ended'
  /** At the server: another till joined with a code, left by itself, or was removed by a person. */
  | 'shop-till-joined'
  | 'shop-till-left'
  | 'shop-till-removed'
  /** At the server: a person went on without the tills that were missing. */
  | 'shop-gate-opened'
  | 'shop-key-changed'
