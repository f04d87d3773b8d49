import { placesAhead } from '../redemption/send-order.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { bytes, orNull, type RawRow, rowOf, text } from './column-readers.ts'
import type { Database } from './database.ts'
import { indexFreshRows, isFresh } from './fresh-rows.ts'
import type { LateBookings } from './late-bookings.ts'
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
  readonly #late: LateBookings

  constructor(database: Database, rows: RedemptionRow, late: LateBookings) {
    this.#rows = rows
    this.#late = late
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
    this.#select = database.prepare(
      'SELECT rowid AS row_number, * FROM redemption WHERE use_request_no = ?',
    )
  }

  /** Gives their digest to fresh rows that have none. To be called before they enter the indexes. */
  bindFresh(): void {
    for (const found of this.#selectFresh.all(this.#rows.keyId)) {
      const row = rowOf(found)
      this.#setMac.run(this.#rows.macOf(row), text(row, 'use_request_no'))
    }
  }

  /** `at`: when it comes into these records, epoch milliseconds. */
  insert(redemption: Redemption, at: number): Uint8Array {
    // Otherwise fresh rows might no longer be among the newest.
    this.bindFresh()
    this.#indexFreshRows.run()
    const { fixed, changes, mac } = this.#valuesOf(redemption)
    this.#insert.run(fixed, changes, mac, placesAhead(redemption))
    this.#late.insert(rowWith({}, changes), at)
    return mac
  }

  /**
   * `at`: of the audit row that follows, epoch milliseconds; `null` when none does, so that the trail goes on knowing the row as
   * it was. A row that something else than the till has changed keeps a digest that does not fit.
   */
  update(redemption: Redemption, at: number | null): Uint8Array | null {
    const { useRequestNo } = redemption
    const row = this.#rowOf(useRequestNo)
    const audited = at === null ? (macOrNull(row, 'mac_audited') ?? macOrNull(row, 'mac')) : null
    const changes = this.#rows.changes(redemption)
    const mac = this.#rows.isAsWritten(row)
      ? this.#rows.macAfter(row, changes, audited)
      : macOrNull(row, 'mac')
    this.#update.run(changes, mac, audited, placesAhead(redemption), useRequestNo)
    this.#late.change(row, rowWith(row, changes), at)
    return mac
  }

  /** Overwrites the row of a redemption that was handed over and has come back from the other till at `at`. */
  replace(redemption: Redemption, at: number): Uint8Array {
    const { useRequestNo } = redemption
    const row = this.#rowOf(useRequestNo)
    const { fixed, changes, mac } = this.#valuesOf(redemption)
    this.#replace.run(fixed, changes, mac, null, placesAhead(redemption), useRequestNo)
    this.#late.change(row, rowWith(row, changes), at)
    return mac
  }

  #rowOf(useRequestNo: string): RawRow {
    const found = this.#select.get(useRequestNo)
    if (found === undefined) throw new Error(`${useRequestNo}: no such redemption`)
    return rowOf(found)
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

function rowWith(row: RawRow, changes: readonly unknown[]): RawRow {
  return {
    ...row,
    ...Object.fromEntries(changingColumns.map((column, at) => [column, changes[at]])),
  }
}
