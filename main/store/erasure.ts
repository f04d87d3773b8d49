import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { AuditChain } from './audit-chain.ts'
import type { Database } from './database.ts'
import { type RedemptionRow, sealedColumns } from './redemption-row.ts'
import type { Sealing } from './sealing.ts'

const Slice = z.array(
  z.looseObject({
    rowid: z.number(),
    use_request_no: z.string(),
    isDue: z.union([z.literal(0), z.literal(1)]),
  }),
)

/** What an erased row has in these columns. */
const erasedColumns = {
  body_sealed: new Uint8Array(0),
  mac_audited: null,
  ...Object.fromEntries(sealedColumns.map((column) => [column, null])),
}

/** Rows that are examined in one go, which takes some milliseconds. */
const slice = 1000

/**
 * Erases the personal data of redemptions that were decided long ago: coupon code, request bodies and openid, and what
 * WeChat Pay said of them in its own words. The
 * request number, the sums, the last characters of the code and its fingerprint stay, so that the coupon is still
 * recognised. Nothing is erased of redemptions that are undecided or held for their customer: a return of them needs
 * the code.
 */
export class Erasure {
  readonly #database: Database
  readonly #sealing: Sealing
  readonly #eraseAll
  readonly #look
  readonly #forgetHandOvers
  readonly #isAsWritten: RedemptionRow['isAsWritten']

  constructor(database: Database, sealing: Sealing, chain: AuditChain, rowsOf: RedemptionRow) {
    const isAsWritten = rowsOf.isAsWritten.bind(rowsOf)
    this.#isAsWritten = isAsWritten
    this.#database = database
    this.#sealing = sealing
    this.#look = database.prepare(`
      SELECT rowid, *, settled_at < @before AND length(body_sealed) > 0 AND key_id = @keyId
        AND state IN ('redeemed', 'refused', 'returned', 'cancelled', 'resolved') IS TRUE
        AND (held_until IS NULL OR released_at IS NOT NULL) AS isDue
      FROM redemption WHERE rowid > @after ORDER BY rowid LIMIT @slice`)
    const erase = database.prepare(`
      UPDATE redemption SET body_sealed = zeroblob(0), ${sealedColumns.map((column) => `${column} = NULL`).join()}, mac = ?, mac_audited = NULL
      WHERE rowid = ?`)
    const eraseWords = database.prepare('DELETE FROM api_words WHERE use_request_no = ?')
    this.#eraseAll = chain.transaction((rows: z.infer<typeof Slice>, at: number) => {
      for (const row of rows) {
        const mac = rowsOf.macOf({ ...row, ...erasedColumns })
        erase.run(mac, row.rowid)
        eraseWords.run(row.use_request_no)
        chain.append(row.use_request_no, { at, event: 'erased', evidence: null }, mac)
      }
    })
    this.#forgetHandOvers = database.prepare('DELETE FROM hand_over WHERE at < ?')
  }

  /**
   * Erases what was decided before `before` and returns the number of redemptions. `at` is the time of their audit
   * rows. Both are epoch milliseconds by a clock that WeChat Pay has confirmed: a PC whose clock is years ahead must
   * erase nothing. Works in slices, so that the till goes on working.
   */
  async settledBefore(before: number, at: number): Promise<number> {
    let erased = 0
    let after = 0
    for (;;) {
      const bindings = { before, after, slice, keyId: this.#sealing.keyId }
      const rows = Slice.parse(this.#look.all(bindings))
      // A row that something else has changed stays as it is, for a person to look at.
      const due = rows.filter((row) => row.isDue === 1 && this.#isAsWritten(row))
      if (due.length > 0) this.#overwriting(() => this.#eraseAll(due, at))
      erased += due.length
      const last = rows.at(-1)
      if (last === undefined || rows.length < slice) break
      after = last.rowid
      // The till's own work goes on between slices.
      await setImmediate()
    }
    this.#overwriting(() => this.#forgetHandOvers.run(before))
    // Older pages in the write-ahead log still contain the erased data.
    if (erased > 0) this.#database.pragma('wal_checkpoint(TRUNCATE)')
    return erased
  }

  /** Runs `work` so that SQLite overwrites the bytes that it frees with zeros. */
  #overwriting(work: () => void): void {
    this.#database.pragma('secure_delete = ON')
    try {
      work()
    } finally {
      this.#database.pragma('secure_delete = OFF')
    }
  }
}
