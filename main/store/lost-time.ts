import type { Database } from 'better-sqlite3'
import { z } from 'zod'

/** How a file came to lack what happened last. */
type LostTime = 'restored' | 'rescued' | 'log-damaged'

/**
 * Marks a file whose newest part is missing: a backup that was put back, a file or a log that was damaged. Whatever is
 * open in it may have been sent, and answered, in the time that it lacks. Belongs into the transaction, or the file
 * without a name, that makes it the till's: no end of the process may leave it unmarked.
 */
export function markLostTime(database: Database, how: LostTime): void {
  database.exec(
    "UPDATE redemption SET uncertain = 1 WHERE state IN ('pending', 'returning', 'review')",
  )
  database
    .prepare(
      "INSERT INTO lost_time (at, how) VALUES (CAST(unixepoch('subsec') * 1000 AS INTEGER), ?)",
    )
    .run(how)
}

/**
 * When the file was marked last, in epoch milliseconds by this computer's clock; `null` if never. What the till did
 * shortly before is in no file.
 */
export function lostTimeAt(database: Database): number | null {
  return z
    .number()
    .nullable()
    .parse(database.prepare('SELECT max(at) FROM lost_time').pluck().get())
}
