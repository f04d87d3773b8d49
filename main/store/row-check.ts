import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { BookingDigests } from './booking-digests.ts'
import { number, rowOf } from './column-readers.ts'
import type { Database } from './database.ts'
import { maxFreshRows } from './fresh-rows.ts'
import type { RedemptionRow } from './redemption-row.ts'
import { isSame } from './same-bytes.ts'
import type { Sealing } from './sealing.ts'

const Audits = z.array(
  z.object({
    id: z.number(),
    use_request_no: z.string(),
    event: z.string(),
    row_mac: z.instanceof(Uint8Array).nullable(),
  }),
)
const Mac = z.object({ mac: z.instanceof(Uint8Array).nullable() }).optional()
/** Events with which a row comes into being. */
const recordings: readonly string[] = ['recorded', 'recorded-not-sent', 'taken-over']
/** Rows that are looked at in one go, which takes some milliseconds. */
const slice = 1000

interface RowCheckParts {
  readonly sealing: Sealing
  readonly rows: RedemptionRow
  readonly bookings: BookingDigests
}

/** Holds every redemption's row against its digest and against the audit trail, and every late booking against its digest. */
export class RowCheck {
  readonly #bookings: BookingDigests
  readonly #rows: RedemptionRow
  readonly #keyId: string
  readonly #select
  readonly #audits
  readonly #macOf
  readonly #newest
  readonly #setMac
  readonly #indexAll

  constructor(database: Database, { sealing, rows, bookings }: RowCheckParts) {
    this.#bookings = bookings
    this.#rows = rows
    this.#keyId = sealing.keyId
    this.#select = database.prepare(`
      SELECT rowid AS row, * FROM redemption WHERE rowid > ? AND key_id = ? ORDER BY rowid LIMIT ${slice}`)
    this.#audits = database.prepare(`
      SELECT id, use_request_no, event, row_mac FROM audit WHERE id > ? AND key_id = ? ORDER BY id LIMIT ${slice}`)
    this.#macOf = database.prepare(
      'SELECT ifnull(mac_audited, mac) AS mac FROM redemption WHERE use_request_no = ? AND key_id = ?',
    )
    this.#newest = database.prepare('SELECT ifnull(max(rowid), 0) FROM redemption').pluck()
    this.#indexAll = database.prepare('UPDATE redemption SET fresh = 0 WHERE fresh <> 0')
    this.#setMac = database.prepare(
      'UPDATE redemption SET mac = ?, mac_audited = NULL WHERE rowid = ?',
    )
  }

  /**
   * Whether no row was changed, put back from an older copy or deleted by something else than the till. Of the audit
   * trail only rows after the id `after` are asked. Works in slices, so that the till goes on working.
   */
  async fits(after: number): Promise<boolean> {
    return (await this.#areAsWritten()) && (await this.#bookings.fit()) && this.#fitTrail(after)
  }

  /** Gives a digest to rows that have none; with `all`, takes also the others as they are. */
  bind(all: boolean): void {
    this.#bookings.bind(all)
    if (all) this.#indexAll.run()
    for (let last = 0, found = this.#after(last); found.length > 0; found = this.#after(last))
      for (const row of found) {
        last = number(row, 'row')
        const isBound = row['mac'] !== null && (!all || this.#rows.isAsWritten(row))
        if (!isBound) this.#setMac.run(this.#rows.macOf({ ...row, mac_audited: null }), last)
      }
  }

  async #areAsWritten(): Promise<boolean> {
    for (let last = 0, found = this.#after(last); found.length > 0; found = this.#after(last)) {
      // A row that claims to be fresh is looked for among the newest alone, and so would not be found again.
      const oldestFresh = z.number().parse(this.#newest.get()) - maxFreshRows
      for (const row of found) {
        last = number(row, 'row')
        if (!this.#rows.isAsWritten(row)) return false
        if (row['fresh'] !== 0 && last <= oldestFresh) return false
      }
      await setImmediate()
    }
    return true
  }

  #after(row: number) {
    return this.#select.all(row, this.#keyId).map(rowOf)
  }

  async #fitTrail(after: number): Promise<boolean> {
    /** Numbers whose row is not as this audit row says; a later audit row may explain it. */
    const differing = new Set<string>()
    for (let last = after; ;) {
      const audits = Audits.parse(this.#audits.all(last, this.#keyId))
      for (const { id, use_request_no: useRequestNo, event, row_mac: mac } of audits) {
        last = id
        if (mac === null && !recordings.includes(event)) continue
        const row = Mac.parse(this.#macOf.get(useRequestNo, this.#keyId))
        const fits =
          row !== undefined && (mac === null || (row.mac !== null && isSame(row.mac, mac)))
        if (fits) differing.delete(useRequestNo)
        else differing.add(useRequestNo)
      }
      // The last rows are looked at in one go with the verdict, so that no scan comes in between.
      if (audits.length < slice) return differing.size === 0
      await setImmediate()
    }
  }
}
