import type { Redemption } from '../redemption/redemption.ts'
import type { Database } from './database.ts'
import { indexAll } from './fresh-rows.ts'
import { redemptionInsertion, setChanging } from './redemption-columns.ts'
import type { RedemptionRow } from './redemption-row.ts'

/** Writes rows alone: their audit rows are the caller's, in one transaction of the audit chain. */
export class RedemptionWriter {
  readonly #insert
  readonly #indexAll
  readonly #update
  readonly #replace
  readonly #rows: RedemptionRow

  constructor(database: Database, rows: RedemptionRow) {
    this.#rows = rows
    this.#insert = database.prepare(
      redemptionInsertion((binding) => (binding === 'fresh' ? 0 : `@${binding}`)),
    )
    this.#indexAll = database.prepare(indexAll)
    // Number, code and body are not in it: they are fixed for ever. The place in the queue counts from the row's own.
    this.#update = database.prepare(`
      UPDATE redemption SET ${setChanging} WHERE use_request_no = @useRequestNo`)
    // With what is fixed otherwise: it may have been erased meanwhile, or sealed under a key that is lost.
    this.#replace = database.prepare(`
      UPDATE redemption SET key_id = @keyId, code_fingerprint = @codeFingerprint, code_tail = @codeTail,
        body_sealed = @bodySealed, ${setChanging} WHERE use_request_no = @useRequestNo`)
  }

  insert(redemption: Redemption): void {
    // Or fresh ones would not be among the newest any more.
    this.#indexAll.run()
    this.#insert.run(this.#rows.bindings(redemption))
  }

  update(redemption: Redemption): void {
    const { changes } = this.#update.run(this.#rows.changes(redemption))
    if (changes !== 1) throw new Error(`${redemption.useRequestNo}: no such redemption`)
  }

  /** Writes a row anew that another till hands back. */
  replace(redemption: Redemption): void {
    const { changes } = this.#replace.run(this.#rows.bindings(redemption))
    if (changes !== 1) throw new Error(`${redemption.useRequestNo}: no such redemption`)
  }
}
