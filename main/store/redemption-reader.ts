import type { Redemption } from '../redemption/redemption.ts'
import type { Database } from './database.ts'
import type { RedemptionRow } from './redemption-row.ts'

/**
 * Decrypts rows. A row that cannot be decrypted is left out of the result; it stays in the file, is counted as
 * unreadable and is not selected again.
 */
export class RedemptionReader {
  readonly #rows: RedemptionRow
  readonly #setAside

  constructor(database: Database, rows: RedemptionRow) {
    this.#rows = rows
    this.#setAside = database.prepare(
      "UPDATE redemption SET key_id = 'damaged' WHERE use_request_no = ?",
    )
  }

  one(row: unknown): Redemption | null {
    return row === undefined ? null : (this.all([row])[0] ?? null)
  }

  all(rows: readonly unknown[]): Redemption[] {
    return rows.flatMap((row) => {
      const read = this.#rows.read(row)
      if (read.ok) return [read.value]
      this.#setAside.run(read.error.useRequestNo)
      return []
    })
  }
}
