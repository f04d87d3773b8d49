import type { Result } from '../contract/result.ts'
import type { StockFacts } from './gateway.ts'
import type { Evidence } from './outcome.ts'
import type { Redemption } from './redemption.ts'

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
    /** A request is under way: its answer must be written down first. */
    | 'busy'
}

/** Why nothing could be written. */
export interface NotSaved {
  readonly reason: 'not-saved-disk-full' | 'not-saved-file-locked' | 'not-saved'
  readonly cause: unknown
}

/**
 * How far an order to try what waits reaches: to what is due; also to what waits for the settings, which may be mended;
 * or to all, but for what waits for a limit of WeChat Pay's.
 */
export type Reach = 'due' | 'settings' | 'all'

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
  /** Ends one and records the one that goes on in its place: both, with their audit rows, or neither. Durable when it returns. */
  replace(ended: Change, fresh: Change): void
  /** The newest redemption of this code. */
  findByCode(couponCode: string): Redemption | undefined
  find(useRequestNo: string): Redemption | undefined
  /**
   * What waits and is due, in the order it should be sent. Also those that lie farther ahead than any wait reaches: the
   * clock was wrong when they were written, and has been set back since.
   */
  due(now: number, limit: number, except?: readonly string[], reach?: Reach): Redemption[]
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
  handOver(password: string, audit: AuditEntry): Uint8Array
  /** The last bytes that `handOver` returned. */
  lastHandOver(): Uint8Array | undefined
  /** What another till handed over; what is here already is left alone. Says how many are new. */
  takeOver(sealed: Uint8Array, password: string, audit: AuditEntry): Result<number, HandOverError>
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
