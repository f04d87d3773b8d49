import type { Resolution } from '../contract/redemption-view.ts'
import type { Reason } from '../contract/reason.ts'
import type { PeerState } from './peers.ts'

/** What became of a coupon. Everything else in the audit trail concerns one till alone. */
export type JournalKind =
  /** Scanned, and a redemption recorded for it. */
  | 'recorded'
  /** The cashier was told to give the discount, of `discountFen`. A later one of the same number replaces the sum. */
  | 'given'
  /** Given without a reply of WeChat Pay's, by the offline policy or by a supervisor. */
  | 'honoured'
  | 'redeemed'
  | 'refused'
  /** It waits for a person, still or again. */
  | 'review'
  | 'returning'
  | 'returned'
  /** The return was refused: it is redeemed as before. */
  | 'return-refused'
  /** The customer keeps the coupon; what was sent may yet turn out to be redeemed, and is then returned. */
  | 'released'
  | 'cancelled'
  /** It goes on under another number, which is recorded next: its time or its appid was wrong. The claim stays. */
  | 'renewed'
  /** A person decided, as `resolution` says. */
  | 'resolved'
  /** A person has it sent again. */
  | 'sent-again'
  /** Another till goes on with it under the same number. */
  | 'handed-over'
  /** This till goes on with it. */
  | 'taken-over'

export interface JournalRecord {
  /** Grows from record to record of a till, with gaps. After a restore of the till it may begin again at an older one. */
  readonly sequence: number
  /**
   * 32 hexadecimal digits, the record's identity for ever: the same record has the same one however often it is read, also after
   * a restore, and no other record of any till has it. Duplicates are recognised by it, and never by `sequence`.
   */
  readonly id: string
  /** Epoch milliseconds, by the till's clock. */
  readonly at: number
  readonly kind: JournalKind
  /** In clear, in memory alone; `null` once it was erased because its time was over. */
  readonly couponCode: string | null
  /** As `CouponKey.stockId`: the batch of a merchant's own code, else `null`. */
  readonly stockId: string | null
  /** The batch as far as known, of any code. */
  readonly batch: string | null
  readonly useRequestNo: string
  /** Given without a reply of WeChat Pay's, as far as known when the record is read. */
  readonly honoured: boolean
  /** What was given, in fen; `null` where nothing was, or where it is not known. */
  readonly discountFen: number | null
  readonly reason: Reason | null
  /** What was decided about the redemption, or about its return where that waited. */
  readonly resolution: Resolution | null
}

/** What the shop's server has not acknowledged yet, oldest first: every transition once, in the order of the till. */
export interface JournalOutbox {
  /** Returns at most `limit` records that are not acknowledged, in the order of `sequence`. */
  next(limit: number): readonly JournalRecord[]
  /** Everything up to this sequence is at the server. On the disk when it returns. */
  acknowledge(upTo: number): void
  /** Calls the listener after records were added; it must return at once, because a cashier may be waiting. Returns how to stop it. */
  onAdded(listener: () => void): () => void
}

/** What a record tells the other tills of the shop about its coupon; `null` for nothing that they need. */
export function newsIn({ kind, resolution, honoured }: JournalRecord): PeerState | null {
  switch (kind) {
    case 'recorded':
      // It took the place of another number, which was honoured.
      return honoured ? 'honoured' : null
    case 'honoured':
      return 'honoured'
    case 'redeemed':
      return 'redeemed'
    case 'returned':
    case 'cancelled':
    case 'renewed':
    case 'refused':
      return 'returned'
    case 'resolved':
      if (resolution === 'not-redeemed') return 'returned'
      return resolution === 'confirmed' ? 'redeemed' : null
    default:
      return null
  }
}

/**
 * Whether the claim under this number is over, so that it is released before the record is acknowledged: then no release is lost
 * when the program ends between the change and the call of `ShopLock.release`.
 */
export function endsClaim(record: JournalRecord): boolean {
  return record.kind !== 'renewed' && newsIn(record) === 'returned'
}
