import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { LostTime } from '../redemption/ports.ts'

const At = z.number().nullable()

/**
 * Why the newest part of a file is missing: a backup was restored, a damaged file was rescued, or its log was damaged.
 */
type LostTimeCause = 'restored' | 'rescued' | 'log-damaged'

/**
 * Marks a file whose newest part is missing. Its undecided redemptions may have been sent and replied to in the missing
 * time, and count as uncertain from now on. Call this in the transaction that makes the file the till's, or before the
 * file gets its final name: a crash must not leave it unmarked.
 */
export function markLostTime(database: Database, how: LostTimeCause): void {
  database.exec(
    "UPDATE redemption SET uncertain = 1 WHERE state IN ('pending', 'returning', 'review')",
  )
  database
    .prepare(
      "INSERT INTO lost_time (at, how) VALUES (CAST(unixepoch('subsec') * 1000 AS INTEGER), ?)",
    )
    .run(how)
}

/** Reads when the file was marked last, by this computer's clock. */
export class LostTimeQuery implements LostTime {
  readonly #lastAt

  constructor(database: Database) {
    this.#lastAt = database.prepare('SELECT max(at) FROM lost_time').pluck()
  }

  lastAt(): number | null {
    return At.parse(this.#lastAt.get())
  }
}
