import type { AuditEntry } from './audit-entry.ts'
import type { Result } from '../contract/result.ts'
import type { StockFacts } from './gateway.ts'
import type { Peers } from './peers.ts'
import type { Redemption } from './redemption.ts'
import type { Told } from './told.ts'
import type { Sibling, TakenOver } from './take-over.ts'
import type { ReplayLesson } from './replay-lesson.ts'

/** A redemption after a change, and the audit rows that describe the change. */
export interface Change {
  readonly redemption: Redemption
  readonly audits: readonly AuditEntry[]
}

/** Why redemptions were not handed over or taken over. */
export interface HandOverFault {
  readonly code:
    /** The file is not a hand-over file. */
    | 'no-hand-over'
    | 'wrong-password'
    /** A later version of this program wrote it, with fields that this one does not know. */
    | 'newer-version'
    /** It can be opened, but its content is not what a till writes. */
    | 'unreadable'
    /** Its requests belong to another merchant, or to training. */
    | 'other-merchant'
    /** A request is under way, and its result must be written first. */
    | 'busy'
    | 'nothing-open'
}

/** A hand-over that can be written to a file again. */
export interface ExportedHandOver {
  readonly id: number
  readonly at: number
  readonly count: number
}

/** What a cashier was told last about one redemption. */
export interface LastTold {
  readonly useRequestNo: string
  readonly told: Told
  /** Nothing happened in its order for too long. */
  readonly isRested: boolean
}

/** Why the till's file could not be written. `cause` is what SQLite or the file system threw. */
export interface WriteFault {
  readonly code: 'not-saved-disk-full' | 'not-saved-file-locked' | 'not-saved'
  readonly cause: unknown
}

/**
 * What a pass of the outbox tries: `due` what is due; `settings` also what waits for the settings to be mended; `all`
 * everything except what waits because of WeChat Pay's rate limit.
 */
export type Reach = 'due' | 'settings' | 'all'

/** Every redemption, found by its number or its coupon. A change is always written together with its audit rows. */
export interface Redemptions {
  /**
   * Records a redemption; it is on the disk when this returns. Fails when the disk or another program prevents writing:
   * then nothing is recorded. Throws when the number is recorded already.
   */
  insert(redemption: Redemption, audit: AuditEntry): Result<void, WriteFault>
  /** Writes all changes or none. Fails like `insert`. Throws on a number that is not recorded. */
  update(changes: readonly Change[]): Result<void, WriteFault>
  /** Ends one redemption and records the one that replaces it: both or neither. Fails like `insert`. */
  replace(ended: Change, fresh: Change): Result<void, WriteFault>
  find(useRequestNo: string): Redemption | null
  /**
   * Returns the redemption that decides about this code: one that holds the coupon before the newest. `stockId`: looks
   * in this batch alone, because a merchant's own code may be in several.
   */
  findByCode(couponCode: string, stockId?: string | null): Redemption | null
  /** Returns the other redemptions of the same code, in any state. */
  siblings(redemption: Pick<Redemption, 'useRequestNo' | 'couponCode'>): Sibling[]
  recent(limit: number): Redemption[]
  /** Returns the coupons that were presented for this order last, in the order of recording. */
  ofOrder(orderNo: string): Redemption[]
}

/** Redemptions that are not settled, and coupons that are held for a customer. */
export interface OpenRedemptions {
  /**
   * Returns what is due, in the order in which it should be sent. Includes entries that are due later than any wait lasts:
   * they were written under a wrong clock that was set back since.
   */
  due(now: number, limit: number, except?: readonly string[], reach?: Reach): Redemption[]
  /** When the first waiting entry is due, in epoch milliseconds; `null` when none waits. */
  nextDueAt(): number | null
  /** Everything that is not settled, oldest first. */
  undecided(): Redemption[]
  /** What waits for a person: the highest value first, then the oldest. */
  inReview(limit: number): Redemption[]
  /** Sums up what was honoured without a reply and is not settled. A coupon of unknown value counts as `unknownFen`. */
  honoured(unknownFen: number, except?: string): HonouredSum
  /** Coupons held for their customers (`heldUntil`), oldest first. */
  held(limit: number): Redemption[]
  /** When the first of them goes back to its customer by itself, in epoch milliseconds; `null` when none is held. */
  nextHeldUntil(): number | null
  counts(): OpenCounts
}

export interface OpenCounts {
  readonly waiting: number
  readonly oldestAt: number | null
  readonly review: number
  readonly unreadable: number
  /** Of those, what a person has to answer for: not what goes back to its customer by itself. */
  readonly toHandOn: number
}

export interface HonouredSum {
  readonly count: number
  readonly fen: number
  /** How many of them are of unknown value. */
  readonly unknown: number
  readonly oldestAt: number | null
}

/** Batches as WeChat Pay last described them. */
export interface Stocks {
  find(stockId: string): StockFacts | null
  /** Every batch that was ever described. */
  all(): StockFacts[]
  /** When the batch was described last, in epoch milliseconds; `null` if never. */
  fetchedAt(stockId: string): number | null
  save(stock: StockFacts, at: number): void
}

/** Which of several batches a cashier chose last for a merchant's own code. */
export interface StockChoices {
  find(among: readonly string[]): string | null
  save(among: readonly string[], stockId: string): void
}

export interface HandOvers {
  /**
   * Ends everything that is not settled here and returns it encrypted, all in one transaction with an audit row each. The
   * encrypted bytes stay in the store, so that a lost file can be written again.
   */
  give(password: string, audit: AuditEntry): Result<Uint8Array, HandOverFault>
  /** Takes over what another till of the merchant handed over; see `take-over.ts`. Fails with `busy` if an entry is in `running`. */
  take(
    entries: readonly Redemption[],
    audit: AuditEntry,
    here: { readonly appid: string; readonly running: ReadonlySet<string> },
  ): Result<TakenOver, HandOverFault>
  /** All hand-overs, newest first. */
  list(): ExportedHandOver[]
  /** Returns the bytes that `give` returned then; `null` for an unknown id. */
  again(id: number): Uint8Array | null
}

export interface AuditTrail {
  /** Writes an audit row without changing a redemption. The number is empty for what is no coupon. Fails like `Redemptions.insert`. */
  note(useRequestNo: string, audit: AuditEntry): Result<void, WriteFault>
  /** A number that grows with each row. */
  rows(): number
}

export interface ToldLog {
  /**
   * What a cashier was told last, and about which redemption (empty for none), followed by what was told last about the
   * other coupons of the same order. Empty when that order was ended.
   */
  last(): readonly LastTold[]
  /** The numbers of which a cashier was told last that they are held for this shop, as far back as an outage lasts. */
  heldForShop(): ReadonlySet<string>
}

export interface LostTime {
  /**
   * When the till's records were last restored from a backup or rescued, in epoch milliseconds; `null` if never. What the
   * till did since that backup is in no file.
   */
  lastAt(): number | null
}

/** Where the lesson about replays is kept (`replay-lesson.ts`). */
export interface KeptReplayLesson {
  /** The lesson that was written last, unchecked; `null` when none was written. */
  read(): unknown
  /** On the disk when it returns. */
  write(lesson: ReplayLesson): void
}

/** Where the time of the last contact is kept (`kept-contact.ts`). */
export interface KeptInstant {
  /** What was written last, unchecked; `null` when nothing was. */
  read(): unknown
  /** On the disk when it returns. */
  write(at: number): void
}

/** What a till keeps, by subject. Each part of the till takes the subjects that it needs. */
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
  readonly lastContact: KeptInstant
  readonly peers: Peers
}

/** Timers, handed in so that a simulation can drive them. */
export interface Scheduler {
  /** Runs the task after `ms`; the returned function cancels it. */
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
