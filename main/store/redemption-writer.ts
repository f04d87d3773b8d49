import { placesAhead } from '../redemption/send-order.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { bytes, orNull, rowOf, text } from './column-readers.ts'
import type { Database } from './database.ts'
import { indexFreshRows, isFresh } from './fresh-rows.ts'
import { changingColumns, fixedColumns, type RedemptionRow } from './redemption-row.ts'
import { redemptionInsertion, redemptionUpdate } from './redemption-statements.ts'

const macOrNull = orNull(bytes)

/**
 * Writes redemptions without audit rows: the caller adds those, in the same transaction of the audit chain, the first
 * with the digest of the row that was returned here.
 */
export class RedemptionWriter {
  readonly #insert
  readonly #indexFreshRows
  readonly #update
  readonly #replace
  readonly #select
  readonly #selectFresh
  readonly #setMac
  readonly #rows: RedemptionRow

  constructor(database: Database, rows: RedemptionRow) {
    this.#rows = rows
    this.#insert = database.prepare(redemptionInsertion((column) => (column === 'fresh' ? 0 : '?')))
    this.#indexFreshRows = database.prepare(indexFreshRows)
    // Without request number, code and body, which never change.
    this.#update = database.prepare(redemptionUpdate(changingColumns))
    // With the fixed columns: they may have been erased meanwhile, or encrypted under a key that is lost.
    this.#replace = database.prepare(redemptionUpdate([...fixedColumns, ...changingColumns]))
    this.#selectFresh = database.prepare(
      `SELECT * FROM redemption WHERE ${isFresh} AND mac IS NULL AND key_id = ?`,
    )
    this.#setMac = database.prepare('UPDATE redemption SET mac = ? WHERE use_request_no = ?')
    this.#select = database.prepare('SELECT * FROM redemption WHERE use_request_no = ?')
  }

  /** Gives their digest to fresh rows that have none. To be called before they enter the indexes. */
  bindFresh(): void {
    for (const found of this.#selectFresh.all(this.#rows.keyId)) {
      const row = rowOf(found)
      this.#setMac.run(this.#rows.macOf(row), text(row, 'use_request_no'))
    }
  }

  insert(redemption: Redemption): Uint8Array {
    // Otherwise fresh rows might no longer be among the newest.
    this.bindFresh()
    this.#indexFreshRows.run()
    const { fixed, changes, mac } = this.#valuesOf(redemption)
    this.#insert.run(fixed, changes, mac, placesAhead(redemption))
    return mac
  }

  /**
   * With `isAudited` false, no audit row follows, so that the trail goes on knowing the row as it was. A row that
   * something else than the till has changed keeps a digest that does not fit.
   */
  update(redemption: Redemption, isAudited = true): Uint8Array | null {
    const { useRequestNo } = redemption
    const found = this.#select.get(useRequestNo)
    if (found === undefined) throw new Error(`${useRequestNo}: no such redemption`)
    const row = rowOf(found)
    const audited = isAudited ? null : (macOrNull(row, 'mac_audited') ?? macOrNull(row, 'mac'))
    const changes = this.#rows.changes(redemption)
    const mac = this.#rows.isAsWritten(row)
      ? this.#rows.macAfter(row, changes, audited)
      : macOrNull(row, 'mac')
    this.#update.run(changes, mac, audited, placesAhead(redemption), useRequestNo)
    return mac
  }

  /** Overwrites the row of a redemption that was handed over and has come back from the other till. */
  replace(redemption: Redemption): Uint8Array {
    const { useRequestNo } = redemption
    const { fixed, changes, mac } = this.#valuesOf(redemption)
    const written = this.#replace.run(
      fixed,
      changes,
      mac,
      null,
      placesAhead(redemption),
      useRequestNo,
    )
    if (written.changes !== 1) throw new Error(`${useRequestNo}: no such redemption`)
    return mac
  }

  #valuesOf(redemption: Redemption) {
    const fixed = this.#rows.fixed(redemption)
    const changes = this.#rows.changes(redemption)
    const [useRequestNo, keyId, fingerprint, codeTail] = fixed
    const identity = [useRequestNo, keyId, fingerprint, codeTail] as const
    const values = { fixed: identity, isErased: false, changes, audited: null }
    return { fixed, changes, mac: this.#rows.mac(values) }
  }
}
