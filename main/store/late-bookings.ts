import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { beijingDay } from '../contract/beijing-day.ts'
import type { StockView } from '../contract/redemption-view.ts'
import { bookingColumns, type BookingDigests } from './booking-digests.ts'
import { number, type RawRow, rowOf } from './column-readers.ts'
import { type Counted, countedOf, type FindStock } from './counted.ts'
import type { Database } from './database.ts'
import type { ShopSeal } from './shop-seal.ts'

const ShiftRow = z
  .object({
    id: z.number(),
    isOpen: z.number(),
    /** The rows in question, as in `shift-table.ts`; `null` in a shift of an earlier version. */
    after: z.number().nullable(),
    upTo: z.number().nullable(),
  })
  .optional()
const Instant = z.number()
const RowNumber = z.number()

/** What a redemption counts for under the time of its recording, taken away (-1) or added (1). */
interface Side {
  readonly counted: Counted
  readonly recordedAt: number
  readonly sign: -1 | 1
}

/** What a booking has in each column, but for its id and digest. */
type Booking = Readonly<Record<string, unknown>>

interface LateBookingParts {
  readonly findStock: FindStock
  readonly digests: Pick<BookingDigests, 'macOf'>
  readonly seal: Pick<ShopSeal, 'covering'>
}

/**
 * Books what changes about coupons of an earlier day or a closed shift: the day and the shift in which it changes get the
 * difference, and the earlier ones stay as they were. Everything else needs no booking: it counts with what it is now, under the day
 * and the shift that recorded it. All of it is written in the transaction of the change.
 */
export class LateBookings {
  readonly #findStock: FindStock
  readonly #lastShift
  readonly #shiftBefore
  readonly #lastAudit
  readonly #newest
  readonly #unpriced
  readonly #book

  constructor(database: Database, { findStock, digests, seal }: LateBookingParts) {
    this.#findStock = findStock
    const span = `id, json_extract(record, '$.closedAt') IS NULL AS isOpen,
      json_extract(record, '$.span.after') AS after, json_extract(record, '$.span.upTo') AS upTo`
    this.#lastShift = database.prepare(`SELECT ${span} FROM shift ORDER BY id DESC LIMIT 1`)
    this.#shiftBefore = database.prepare(
      `SELECT ${span} FROM shift WHERE id < ? ORDER BY id DESC LIMIT 1`,
    )
    this.#lastAudit = database.prepare('SELECT at FROM audit ORDER BY id DESC LIMIT 1').pluck()
    this.#newest = database.prepare('SELECT ifnull(max(rowid), 0) FROM redemption').pluck()
    this.#unpriced = database.prepare(`
      SELECT rowid AS row_number, * FROM redemption INDEXED BY redemption_unpriced
      WHERE stock_id = ? AND given_at IS NOT NULL AND given_fen IS NULL AND stake_fen IS NULL`)
    const newestBooking = database.prepare('SELECT ifnull(max(id), 0) FROM late_booking').pluck()
    const insert = database.prepare(
      `INSERT INTO late_booking (${bookingColumns.join()}, mac) VALUES (${bookingColumns.map(() => '?').join()}, ?)`,
    )
    this.#book = seal.covering('bookings', (bookings: readonly Booking[]) => {
      let id = RowNumber.parse(newestBooking.get())
      for (const booking of bookings) {
        id += 1
        const row: Booking = { ...booking, id }
        insert.run(
          bookingColumns.map((column) => row[column]),
          digests.macOf(row),
        )
      }
    })
  }

  /** A row changes at `at`, epoch milliseconds; `null`: when the newest audit row was written. */
  change(before: RawRow, after: RawRow, at: number | null): void {
    const was = this.#sideOf(before, -1)
    this.#write(this.#bookingsOf(number(before, 'row_number'), at, [was, this.#sideOf(after, 1)]))
  }

  /** A row was just inserted that may have been recorded on an earlier day, by another till. */
  insert(row: RawRow, at: number): void {
    this.#write(this.#bookingsOf(RowNumber.parse(this.#newest.get()), at, [this.#sideOf(row, 1)]))
  }

  /** What is known of a batch changes, and with it what discounts were worth whose sum is not on record. */
  describe(stock: StockView, at: number): void {
    const bookings = this.#unpriced.all(stock.stockId).flatMap((found) => {
      const row = rowOf(found)
      const is = this.#sideOf(row, 1, () => stock)
      return this.#bookingsOf(number(row, 'row_number'), at, [this.#sideOf(row, -1), is])
    })
    this.#write(bookings)
  }

  #sideOf(row: RawRow, sign: Side['sign'], findStock = this.#findStock): Side {
    return { counted: countedOf(row, findStock), recordedAt: number(row, 'recorded_at'), sign }
  }

  #write(bookings: readonly Booking[]): void {
    if (bookings.length > 0) this.#book(bookings)
  }

  #bookingsOf(redemption: number, at: number | null, sides: readonly Side[]): Booking[] {
    const [was, is] = sides
    if (is !== undefined && isDeepStrictEqual({ ...was, sign: 1 }, is)) return []
    const bookedAt = at ?? Instant.parse(this.#lastAudit.get())
    const { isClosed, place } = this.#placeOf(redemption)
    const isOtherDay = sides.some(
      ({ recordedAt }) => beijingDay(recordedAt) !== beijingDay(bookedAt),
    )
    if (!isOtherDay && !isClosed) return []
    return sides.map(({ counted, recordedAt, sign }) => ({
      redemption,
      recorded_at: recordedAt,
      booked_at: bookedAt,
      last_shift: place.lastShift,
      in_shift: place.inShift,
      sign,
      stock_id: counted.stockId,
      cashier: counted.cashier,
      state: counted.state,
      resolution: counted.resolution,
      honoured: counted.honoured,
      given: counted.given,
      released: counted.released,
      return_refused: counted.returnRefused,
      given_fen: counted.givenFen,
      honoured_fen: counted.honouredFen,
    }))
  }

  /**
   * Returns whether the figures that a row is in are closed, and where a change of it is booked: there, while they are not.
   * What lies outside of shifts is closed with the shift that follows. Earlier versions did not keep which rows a shift has: theirs
   * may be closed.
   */
  #placeOf(redemption: number): {
    isClosed: boolean
    place: { lastShift: number; inShift: number }
  } {
    const last = ShiftRow.parse(this.#lastShift.get())
    const isOpen = last?.isOpen === 1
    const closed = isOpen ? ShiftRow.parse(this.#shiftBefore.get(last.id)) : last
    const isClosed = closed !== undefined && (closed.upTo === null || redemption <= closed.upTo)
    const isOutside = isOpen && !isClosed && last.after !== null && redemption <= last.after
    if (isOpen && !isOutside) return { isClosed, place: { lastShift: last.id, inShift: 1 } }
    return { isClosed, place: { lastShift: closed?.id ?? 0, inShift: 0 } }
  }
}
