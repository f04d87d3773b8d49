import { placesAhead } from '../redemption/send-order.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { Database } from './database.ts'
import { indexAll } from './fresh-rows.ts'
import { changingColumns, fixedColumns, type RedemptionRow } from './redemption-row.ts'
import { redemptionInsertion, redemptionUpdate } from './redemption-statements.ts'

/** Writes rows alone: their audit rows are the caller's, in one transaction of the audit chain. */
export class RedemptionWriter {
  readonly #insert
  readonly #indexAll
  readonly #update
  readonly #replace
  readonly #rows: RedemptionRow

  constructor(database: Database, rows: RedemptionRow) {
    this.#rows = rows
    this.#insert = database.prepare(redemptionInsertion((column) => (column === 'fresh' ? 0 : '?')))
    this.#indexAll = database.prepare(indexAll)
    // Number, code and body are not in it: they are fixed for ever.
    this.#update = database.prepare(redemptionUpdate(changingColumns))
    // With what is fixed otherwise: it may have been erased meanwhile, or sealed under a key that is lost.
    this.#replace = database.prepare(redemptionUpdate([...fixedColumns, ...changingColumns]))
  }

  insert(redemption: Redemption): void {
    // Or fresh ones would not be among the newest any more.
    this.#indexAll.run()
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

  /** Writes a row anew that another till hands back. */
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
