import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { LostTime } from '../redemption/ports.ts'

const At = z.number().nullable()

/** How a file came to lack what happened last. */
type LostHow = 'restored' | 'rescued' | 'log-damaged'

/**
 * Marks a file whose newest part is missing: a backup that was put back, a file or a log that was damaged. Whatever is
 * open in it may have been sent, and answered, in the time that it lacks. Belongs into the transaction, or the file
 * without a name, that makes it the till's: no end of the process may leave it unmarked.
 */
export function markLostTime(database: Database, how: LostHow): void {
  database.exec(
    "UPDATE redemption SET uncertain = 1 WHERE state IN ('pending', 'returning', 'review')",
  )
  database
    .prepare(
      "INSERT INTO lost_time (at, how) VALUES (CAST(unixepoch('subsec') * 1000 AS INTEGER), ?)",
    )
    .run(how)
}

/** When the file was marked last, by this computer's clock. */
export class LostTimeQuery implements LostTime {
  readonly #lastAt

  constructor(database: Database) {
    this.#lastAt = database.prepare('SELECT max(at) FROM lost_time').pluck()
  }

  lastAt(): number | null {
    return At.parse(this.#lastAt.get())
  }
}
