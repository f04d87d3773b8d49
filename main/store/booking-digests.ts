import { setImmediate } from 'node:timers/promises'
import { number, type RawRow, rowOf } from './column-readers.ts'
import type { Database } from './database.ts'
import { isSame } from './same-bytes.ts'
import type { Sealing } from './sealing.ts'

/** The columns of a late booking, in the order in which they are written and digested. */
export const bookingColumns = [
  'id',
  'redemption',
  'recorded_at',
  'booked_at',
  'last_shift',
  'in_shift',
  'sign',
  'stock_id',
  'cashier',
  'state',
  'resolution',
  'honoured',
  'given',
  'released',
  'return_refused',
  'given_fen',
  'honoured_fen',
] as const

/** Rows that are looked at in one go, which takes some milliseconds. */
const slice = 1000

/**
 * The digests of late bookings. Each row has one over all its columns, so that none can be edited or made up. That none
 * was deleted or put back is vouched for by `ShopSeal`: it knows how many there are, and the newest.
 */
export class BookingDigests {
  readonly #sealing: Sealing
  readonly #select
  readonly #setMac

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#select = database.prepare(
      `SELECT * FROM late_booking WHERE id > ? ORDER BY id LIMIT ${slice}`,
    )
    this.#setMac = database.prepare('UPDATE late_booking SET mac = ? WHERE id = ?')
  }

  /** Returns the digest (16 bytes) that a row with these columns should have. */
  macOf(row: RawRow): Buffer {
    const content = bookingColumns.map((column) => row[column])
    return this.#sealing.mac(`late-booking ${JSON.stringify(content)}`)
  }

  /** Gives a digest to rows that have none; with `all`, takes also the others as they are. */
  bind(all: boolean): void {
    for (let last = 0, found = this.#after(last); found.length > 0; found = this.#after(last))
      for (const row of found) {
        last = number(row, 'id')
        if (all || row['mac'] === null) this.#setMac.run(this.macOf(row), last)
      }
  }

  /** Whether every row is as the till wrote it. Works in slices, so that the till goes on working. */
  async fit(): Promise<boolean> {
    for (let last = 0, found = this.#after(last); found.length > 0; found = this.#after(last)) {
      for (const row of found) {
        last = number(row, 'id')
        const { mac } = row
        if (!(mac instanceof Uint8Array) || !isSame(mac, this.macOf(row))) return false
      }
      await setImmediate()
    }
    return true
  }

  #after(id: number): RawRow[] {
    return this.#select.all(id).map(rowOf)
  }
}
