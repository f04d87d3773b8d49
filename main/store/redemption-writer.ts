import { placesAhead } from '../redemption/send-order.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { Database } from './database.ts'
import { indexFreshRows } from './fresh-rows.ts'
import { changingColumns, fixedColumns, type RedemptionRow } from './redemption-row.ts'
import { redemptionInsertion, redemptionUpdate } from './redemption-statements.ts'

/** Writes redemptions without audit rows: the caller adds those, in the same transaction of the audit chain. */
export class RedemptionWriter {
  readonly #insert
  readonly #indexFreshRows
  readonly #update
  readonly #replace
  readonly #rows: RedemptionRow

  constructor(database: Database, rows: RedemptionRow) {
    this.#rows = rows
    this.#insert = database.prepare(redemptionInsertion((column) => (column === 'fresh' ? 0 : '?')))
    this.#indexFreshRows = database.prepare(indexFreshRows)
    // Without request number, code and body, which never change.
    this.#update = database.prepare(redemptionUpdate(changingColumns))
    // With the fixed columns: they may have been erased meanwhile, or encrypted under a key that is lost.
    this.#replace = database.prepare(redemptionUpdate([...fixedColumns, ...changingColumns]))
  }

  insert(redemption: Redemption): void {
    // Otherwise fresh rows might no longer be among the newest.
    this.#indexFreshRows.run()
    this.#insert.run(
      this.#rows.fixed(redemption),
      this.#rows.changes(redemption),
      placesAhead(redemption),
    )
  }

  update(redemption: Redemption): void {
    const { useRequestNo } = redemption
    const written = this.#update.run(
      this.#rows.changes(redemption),
      placesAhead(redemption),
      useRequestNo,
    )
    if (written.changes !== 1) throw new Error(`${useRequestNo}: no such redemption`)
  }

  /** Overwrites the row of a redemption that was handed over and has come back from the other till. */
  replace(redemption: Redemption): void {
    const { useRequestNo } = redemption
    const written = this.#replace.run(
      this.#rows.fixed(redemption),
      this.#rows.changes(redemption),
      placesAhead(redemption),
      useRequestNo,
    )
    if (written.changes !== 1) throw new Error(`${useRequestNo}: no such redemption`)
  }
}
