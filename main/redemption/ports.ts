import type { StockView } from '../contract/snapshot.ts'
import type { Evidence } from './outcome.ts'
import type { Redemption } from './redemption.ts'

/** One line of the audit trail, written in the same transaction as what it tells of. */
export interface AuditEntry {
  readonly at: number
  readonly event: 'recorded' | 'sending' | 'redeemed' | 'refused' | 'unknown' | 'blocked' | 'review'
  readonly evidence: Evidence | null
}

export interface RedemptionStore {
  /** Durable when it returns. Throws on a number that is already there. */
  insert(redemption: Redemption, audit: AuditEntry): void
  /** Durable when it returns. */
  update(redemption: Redemption, audit: AuditEntry): void
  /** The same of several at once: all of them or none. */
  updateAll(changes: readonly { redemption: Redemption; audit: AuditEntry }[]): void
  /** The newest redemption of this code. */
  findByCode(couponCode: string): Redemption | undefined
  /**
   * Pending ones whose next attempt is due, earliest first. Also those that lie farther ahead than any wait reaches:
   * the clock was wrong when they were written, and has been set back since.
   */
  due(now: number, limit: number): Redemption[]
  /** Makes every pending one due at `now`, but for those that WeChat Pay told to wait. */
  hasten(now: number): void
  /** When the earliest pending one is due. */
  nextDueAt(): number | undefined
  recent(limit: number): Redemption[]
  findStock(stockId: string): StockView | undefined
  saveStock(stock: StockView, at: number): void
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
