import { timingSafeEqual } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { Database } from './database.ts'
import { firstHeadId } from './migrations/0001-create-redemptions.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({
  id: z.number(),
  use_request_no: z.string(),
  at: z.number(),
  event: z.string(),
  evidence: z.string().nullable(),
  link: z.instanceof(Uint8Array),
})
type Row = z.infer<typeof Row>
const Rows = z.array(Row)
const Inserted = z.object({ lastInsertRowid: z.number() })
/** In a head `at` is the number of rows. */
const HeadRow = z.object({ id: z.number(), at: z.number(), link: z.instanceof(Uint8Array) })

interface Head {
  readonly rows: number
  /** Of the last row. */
  readonly link: Uint8Array
  /** The half of the last row's digest that stands in no row. */
  readonly proof: Uint8Array
}

const linkBytes = 16
/** Before the first row. */
const start: Head = { rows: 0, link: new Uint8Array(linkBytes), proof: new Uint8Array(linkBytes) }

/** Rows checked in one go: some milliseconds. */
const slice = 2000

/**
 * The audit trail as a chain: a keyed digest over the link before it and the row itself gives each row's link (the first
 * half); the second half of the last row's stands in the head alone, beside the number of rows, so that nobody can make
 * a head for an earlier end. A row edited, deleted, put in, reordered or cut off at the end breaks the chain. What nobody
 * inside the file can see is the whole file put back to an older copy.
 */
export class AuditChain {
  readonly #sealing: Sealing
  readonly #insert
  readonly #rows
  readonly #anyRedemption
  readonly #selectHead
  readonly #insertHead
  readonly #writeHead
  #headId: number | undefined
  #head: Head

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#insert = database.prepare(`
      INSERT INTO audit_trail (id, key_id, use_request_no, at, event, evidence, link)
      VALUES ((SELECT ifnull(max(id), 0) + 1 FROM audit), ?, ?, ?, ?, ?, ?)`)
    this.#rows = database.prepare(
      'SELECT * FROM audit WHERE key_id = ? AND id > ? ORDER BY id LIMIT ?',
    )
    this.#anyRedemption = database.prepare('SELECT 1 FROM redemption WHERE key_id = ? LIMIT 1')
    this.#selectHead = database.prepare(
      `SELECT id, at, link FROM audit_trail WHERE id >= ${firstHeadId} AND key_id = ?`,
    )
    this.#insertHead = database.prepare(`
      INSERT INTO audit_trail (id, key_id, use_request_no, at, event, link)
      VALUES ((SELECT ifnull(max(id) + 1, ${firstHeadId}) FROM audit_trail WHERE id >= ${firstHeadId}),
        ?, '', ?, 'head', ?)`)
    this.#writeHead = database.prepare('UPDATE audit_trail SET at = ?, link = ? WHERE id = ?')
    this.#head = this.#readHead()
  }

  /** Inside the caller's transaction, which ends with `close`; `forget` when it is rolled back. */
  append(useRequestNo: string, entry: AuditEntry): void {
    const { keyId } = this.#sealing
    const evidence = entry.evidence && JSON.stringify(entry.evidence)
    const content = contentOf(useRequestNo, entry.at, entry.event, evidence)
    const { link, proof } = this.#digest(this.#head.link, content)
    this.#insert.run(keyId, useRequestNo, entry.at, entry.event, evidence, link)
    this.#head = { rows: this.#head.rows + 1, link, proof }
  }

  /** Writes the head, once for all rows of a transaction. */
  close(): void {
    const { keyId } = this.#sealing
    const { rows, link, proof } = this.#head
    const both = Buffer.concat([link, proof])
    if (this.#headId === undefined) {
      const { lastInsertRowid } = Inserted.parse(this.#insertHead.run(keyId, rows, both))
      this.#headId = lastInsertRowid
    } else this.#writeHead.run(rows, both, this.#headId)
  }

  /** Reads the head from the file again. */
  forget(): void {
    this.#head = this.#readHead()
  }

  /**
   * Whether the chain under this key, up to what was its end when this was asked, is as it was written. Works in slices,
   * so that a till with years behind it answers scans meanwhile.
   */
  async isIntact(): Promise<boolean> {
    const end = this.#head
    // Emptied together with its head: every redemption has at least the row of its recording.
    if (end.rows === 0) return this.#anyRedemption.get(this.#sealing.keyId) === undefined
    let last: { readonly link: Uint8Array; readonly proof: Uint8Array } = start
    let lastId = 0
    for (let count = 0; count < end.rows;) {
      const wanted = Math.min(slice, end.rows - count)
      const rows = Rows.parse(this.#rows.all(this.#sealing.keyId, lastId, wanted))
      if (rows.length < wanted) return false
      for (const row of rows) {
        last = this.#digest(last.link, contentOfRow(row))
        if (!isSame(last.link, row.link)) return false
        lastId = row.id
      }
      count += rows.length
      // One slice after the other, with the till's own work between them.
      await setImmediate()
    }
    // A row put in behind the end is none that the head counts.
    const behind = this.#rows.all(this.#sealing.keyId, lastId, slice).length
    const isEnd = isSame(last.link, end.link) && isSame(last.proof, end.proof)
    return isEnd && behind === this.#head.rows - end.rows
  }

  #digest(previous: Uint8Array, content: string): { link: Uint8Array; proof: Uint8Array } {
    const digest = this.#sealing.link(previous, content)
    return { link: digest.subarray(0, linkBytes), proof: digest.subarray(linkBytes) }
  }

  #readHead(): Head {
    const found = HeadRow.optional().parse(this.#selectHead.get(this.#sealing.keyId))
    this.#headId = found?.id
    if (found === undefined) return start
    const { at: rows, link: both } = found
    return { rows, link: both.subarray(0, linkBytes), proof: both.subarray(linkBytes) }
  }
}

function contentOfRow(row: Row): string {
  return contentOf(row.use_request_no, row.at, row.event, row.evidence)
}

function contentOf(
  useRequestNo: string,
  at: number,
  event: string,
  evidence: string | null,
): string {
  return JSON.stringify([useRequestNo, at, event, evidence])
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
