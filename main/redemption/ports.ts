import type { AuditEntry } from './audit-entry.ts'
import type { Result } from '../contract/result.ts'
import type { StockFacts } from './gateway.ts'
import type { Redemption } from './redemption.ts'
import type { Told } from './told.ts'
import type { Sibling, TakenOver } from './take-over.ts'
import type { ReplayLesson } from './replay-lesson.ts'

/** A redemption as it is now, and the audit rows that tell how it came to that. */
export interface Change {
  readonly redemption: Redemption
  readonly audits: readonly AuditEntry[]
}

/** A coupon that another till of the shop says it redeemed. */
export interface PeerRedemption {
  readonly couponCode: string
  /** Of a merchant's own code, which is one of a kind within its batch alone; `null` of one that WeChat Pay issued. */
  readonly stockId: string | null
  readonly tillId: string
  readonly useRequestNo: string
  readonly at: number
}

export interface HandOverFault {
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

export interface LastTold {
  readonly useRequestNo: string
  readonly told: Told
  /** Its order was left for too long. */
  readonly isRested: boolean
}

/** Why the till's file could not be written. `cause` is what SQLite or the file system threw. */
export interface WriteFault {
  readonly code: 'not-saved-disk-full' | 'not-saved-file-locked' | 'not-saved'
  readonly cause: unknown
}

/**
 * How far an order to try what waits reaches: to what is due; also to what waits for the settings, which may be mended;
 * or to all, but for what waits for a limit of WeChat Pay's.
 */
export type Reach = 'due' | 'settings' | 'all'

/** Every redemption, by its number or its coupon, and the only way to change one: together with its audit rows. */
export interface Redemptions {
  /**
   * Durable when it returns. Fails when the disk or another program does not let it write: then nothing is recorded.
   * Throws on a number that is already there.
   */
  insert(redemption: Redemption, audit: AuditEntry): Result<void, WriteFault>
  /** All of them or none; fails like `insert`. Throws on a number that is not there. */
  update(changes: readonly Change[]): Result<void, WriteFault>
  /** Ends one and records the one that goes on in its place: both or neither; fails like `insert`. */
  replace(ended: Change, fresh: Change): Result<void, WriteFault>
  find(useRequestNo: string): Redemption | null
  /** The newest redemption of this code; with a batch, of this code in it: a merchant's own codes may be in several. */
  findByCode(couponCode: string, stockId?: string | null): Redemption | null
  /** Under the same code, whatever became of them; without the number itself. */
  siblings(redemption: Pick<Redemption, 'useRequestNo' | 'couponCode'>): Sibling[]
  recent(limit: number): Redemption[]
}

/** Redemptions that are not decided, and those whose customers are owed a word. */
export interface OpenRedemptions {
  /**
   * What waits and is due, in the order it should be sent. Also those that lie farther ahead than any wait reaches: the
   * clock was wrong when they were written, and has been set back since.
   */
  due(now: number, limit: number, except?: readonly string[], reach?: Reach): Redemption[]
  /** When the earliest waiting one is due. */
  nextDueAt(): number | null
  /** Everything that is not decided, oldest first. */
  undecided(): Redemption[]
  /** What waits for a person, dearest and then oldest first. */
  inReview(limit: number): Redemption[]
  /** Honoured without an answer and not decided; what nobody knows the value of counts as `unknownFen`. */
  honoured(unknownFen: number, except?: string): HonouredSum
  /** Whose customers are still owed a word (`heldUntil`), oldest first. */
  held(limit: number): Redemption[]
  /** When the first of them goes back to its customer by itself. */
  nextHeldUntil(): number | null
  counts(): { waiting: number; oldestAt: number | null; review: number; unreadable: number }
}

export interface HonouredSum {
  readonly count: number
  readonly fen: number
  readonly oldestAt: number | null
}

/** Batches as WeChat Pay last described them. */
export interface Stocks {
  find(stockId: string): StockFacts | null
  /** Every batch that was ever described. */
  all(): StockFacts[]
  fetchedAt(stockId: string): number | null
  save(stock: StockFacts, at: number): void
}

/** The batch that was chosen last among several for a merchant's own code. */
export interface StockChoices {
  find(among: readonly string[]): string | null
  save(among: readonly string[], stockId: string): void
}

export interface HandOvers {
  /**
   * Ends everything that is open here with the audit row given and returns it sealed, all in one transaction. The sealed
   * bytes stay in the store: a file that was lost can be written out again.
   */
  give(password: string, audit: AuditEntry): Result<Uint8Array, HandOverFault>
  /** What another till of the merchant handed over; see `take-over.ts`. Numbers of `running` are not written over. */
  take(
    sealed: Uint8Array,
    password: string,
    audit: AuditEntry,
    here: { readonly appid: string; readonly running: ReadonlySet<string> },
  ): Result<TakenOver, HandOverFault>
  /** Every export there was, the newest first. */
  list(): ExportedHandOver[]
  /** The bytes that `give` returned then. */
  again(id: number): Uint8Array | null
}

export interface AuditTrail {
  /** An audit row that changes no redemption; of what is no coupon the number is empty. Fails like `Redemptions.insert`. */
  note(useRequestNo: string, audit: AuditEntry): Result<void, WriteFault>
  /** Grows with each row. */
  rows(): number
}

export interface ToldLog {
  /**
   * What a cashier was told last, and of which redemption (empty for none); behind it what else was told last of the
   * same order. Nothing of an order that somebody ended.
   */
  last(): readonly LastTold[]
}

export interface LostTime {
  /**
   * When the till's records were restored or rescued last, in epoch milliseconds; `null` if never. What the till did in
   * the time that they lack is in no file.
   */
  lastAt(): number | null
}

/** What replies have taught about replays. */
export interface KeptReplayLesson {
  /** The lesson that was written last, unchecked; `null` when none was written. */
  read(): unknown
  /** Durable when it returns. */
  write(lesson: ReplayLesson): void
}

export interface Peers {
  save(peer: PeerRedemption): void
  /** `stockId` as in `PeerRedemption`. */
  find(couponCode: string, stockId: string | null): PeerRedemption | null
}

/** What a till keeps, by subject. Each part of the till takes the subjects that it needs, and of these what it calls. */
export interface TillStore {
  readonly redemptions: Redemptions
  readonly open: OpenRedemptions
  readonly stocks: Stocks
  readonly stockChoices: StockChoices
  readonly handOvers: HandOvers
  readonly audit: AuditTrail
  readonly told: ToldLog
  readonly lostTime: LostTime
  readonly replayLesson: KeptReplayLesson
  readonly peers: Peers
}

/** Timers, so that a simulation can drive them. */
export interface Scheduler {
  after(ms: number, task: () => void): () => void
}

/** The clocks of a till. All but `elapsed` return epoch milliseconds. */
export interface Clocks {
  /** The time that records are written with. */
  readonly now: Clock
  /** This PC's own time. It may be wrong, and people set it. */
  readonly pc: Clock
  /** WeChat Pay's time as far as any reply has shown it, verified or not; this PC's while none has. */
  readonly corrected: Clock
  /** WeChat Pay's time while a verified reply confirms it; `null` otherwise. Coupons are refused by their dates under it alone. */
  readonly confirmed: () => number | null
  /** Milliseconds since some fixed moment. Nobody can set it, so that it measures how long something takes. */
  readonly elapsed: Clock
}

/** 0 <= x < 1. */
export type Random = () => number
/** Epoch milliseconds. */
export type Clock = () => number
