import type { Result } from '../contract/result.ts'
import type { StockFacts } from './gateway.ts'
import type { Evidence } from './outcome.ts'
import type { Redemption } from './redemption.ts'
import type { Sibling, TakenOver } from './take-over.ts'

/** One line of the audit trail, written in the same transaction as what it tells of. */
export interface AuditEntry {
  readonly at: number
  readonly event: AuditEvent
  readonly evidence: Evidence | Note | null
}

export type AuditEvent =
  | 'recorded'
  | 'sending'
  | 'redeemed'
  | 'refused'
  | 'unknown'
  | 'blocked'
  | 'review'
  /** Honoured without an answer, by the policy or by a supervisor. */
  | 'honoured'
  | 'giving-back'
  | 'returned'
  | 'cancelled'
  | 'resolved'
  | 'sent-again'
  | 'handed-over'
  | 'taken-over'
  /** Code, request bodies and openid are gone after their time; sums and the fingerprint stay. */
  | 'erased'

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

/** An order of a person: their name and their reason, in their own words. */
export interface Order {
  readonly by: string
  readonly why: string
}

/** Who decided it, what it was, and why. */
export interface Note extends Order {
  readonly how: NoteKind
}

export interface Change {
  readonly redemption: Redemption
  readonly audit: AuditEntry
}

/** A coupon that another till of the shop says it redeemed. */
export interface PeerRedemption {
  readonly couponCode: string
  readonly tillId: string
  readonly useRequestNo: string
  readonly at: number
}

export interface HandOverError {
  readonly code:
    /** The file is none of ours. */
    | 'no-hand-over'
    | 'wrong-password'
    /** A later version of this program wrote it, with something in it that this one does not know. */
    | 'newer-version'
    /** It opens, and what is in it is not what a till writes. */
    | 'unreadable'
    /** Its requests are another merchant's, or practice. */
    | 'other-merchant'
    /** A request is under way: its answer must be written down first. */
    | 'busy'
    | 'nothing-open'
}

/** An export that can be written out again. */
export interface ExportedHandOver {
  readonly id: number
  readonly at: number
  readonly count: number
}

/** Why nothing could be written. */
export interface NotSaved {
  readonly reason: 'not-saved-disk-full' | 'not-saved-file-locked' | 'not-saved'
  readonly cause: unknown
}

export interface RedemptionStore {
  /**
   * Durable when it returns. Fails when the disk or another program does not let it write: then nothing is recorded.
   * Throws on a number that is already there.
   */
  insert(redemption: Redemption, audit: AuditEntry): Result<void, NotSaved>
  /** Durable when it returns. */
  update(redemption: Redemption, audit: AuditEntry): void
  /** The same of several at once: all of them or none. */
  updateAll(changes: readonly Change[]): void
  /** The newest redemption of this code. */
  findByCode(couponCode: string): Redemption | undefined
  find(useRequestNo: string): Redemption | undefined
  /**
   * What waits and is due, in the order it should be sent. Also those that lie farther ahead than any wait reaches: the
   * clock was wrong when they were written, and has been set back since.
   */
  due(now: number, limit: number, except?: readonly string[]): Redemption[]
  /** When the earliest waiting one is due. */
  nextDueAt(): number | undefined
  recent(limit: number): Redemption[]
  /** Everything that is not decided, oldest first. */
  unsettled(): Redemption[]
  /** What waits for a person, dearest and then oldest first. */
  inReview(limit: number): Redemption[]
  /** Honoured without an answer and still waiting. */
  openHonoured(): { count: number; fen: number; oldestAt: number | null }
  findStock(stockId: string): StockFacts | undefined
  /** Every batch that was ever described. */
  stocks(): StockFacts[]
  stockFetchedAt(stockId: string): number | undefined
  saveStock(stock: StockFacts, at: number): void
  /**
   * Ends everything that is open here with the audit row given and returns it sealed, all in one transaction. The sealed
   * bytes stay in the store: a file that was lost can be written out again.
   */
  handOver(password: string, audit: AuditEntry): Result<Uint8Array, HandOverError>
  /** Every export there was, the newest first. */
  handOvers(): ExportedHandOver[]
  /** The bytes that `handOver` returned then. */
  handOverAgain(id: number): Uint8Array | undefined
  /** What another till of the merchant handed over; see `take-over.ts`. Numbers of `running` are not written over. */
  takeOver(
    sealed: Uint8Array,
    password: string,
    audit: AuditEntry,
    here: { readonly appid: string; readonly running: ReadonlySet<string> },
  ): Result<TakenOver, HandOverError>
  /** Under the same code, whatever became of them; without the number itself. */
  siblings(redemption: Pick<Redemption, 'useRequestNo' | 'couponCode'>): Sibling[]
  savePeer(peer: PeerRedemption): void
  findPeer(couponCode: string): PeerRedemption | undefined
  counts(): { waiting: number; oldestAt: number | null; review: number; unreadable: number }
}

/** Timers, so that a simulation can drive them. */
export interface Scheduler {
  after(ms: number, task: () => void): () => void
}

/** 0 <= x < 1. */
export type Random = () => number
/** Epoch milliseconds. */
export type Clock = () => number
