import { timingSafeEqual } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { AuditEntry } from '../redemption/ports.ts'
import type { Database } from './database.ts'
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
const Head = z.object({ rows: z.number(), link: z.instanceof(Uint8Array) }).optional()

/** Link before the first row. */
const start = new Uint8Array(32)

/** Rows checked in one go: some milliseconds. */
const slice = 2000

/**
 * The audit trail as a chain: each row's link is keyed over the link before it and the row itself, and the head keeps
 * count and last link. A row edited, deleted, put in, reordered or cut off at the end breaks it. What nobody inside the
 * file can see is the whole file put back to an older copy.
 */
export class AuditChain {
  readonly #sealing: Sealing
  readonly #insert
  readonly #rows
  readonly #anyRedemption
  readonly #selectHead
  readonly #writeHead
  #head: { rows: number; link: Uint8Array }

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#insert = database.prepare(`
      INSERT INTO audit (key_id, use_request_no, at, event, evidence, link) VALUES (?, ?, ?, ?, ?, ?)`)
    this.#rows = database.prepare(
      'SELECT * FROM audit WHERE key_id = ? AND id > ? ORDER BY id LIMIT ?',
    )
    this.#anyRedemption = database.prepare('SELECT 1 FROM redemption WHERE key_id = ? LIMIT 1')
    this.#selectHead = database.prepare('SELECT rows, link FROM audit_head WHERE key_id = ?')
    // In place: to replace the row would write its index as well.
    this.#writeHead = database.prepare(`
      INSERT INTO audit_head VALUES (?, ?, ?)
      ON CONFLICT (key_id) DO UPDATE SET rows = excluded.rows, link = excluded.link`)
    this.#head = this.#readHead()
  }

  /** Inside the caller's transaction, which ends with `close`; `forget` when it is rolled back. */
  append(useRequestNo: string, entry: AuditEntry): void {
    const { keyId } = this.#sealing
    const evidence = entry.evidence && JSON.stringify(entry.evidence)
    const content = contentOf(useRequestNo, entry.at, entry.event, evidence)
    const link = this.#sealing.link(this.#head.link, content)
    this.#insert.run(keyId, useRequestNo, entry.at, entry.event, evidence, link)
    this.#head = { rows: this.#head.rows + 1, link }
  }

  /** Writes the head, once for all rows of a transaction. */
  close(): void {
    this.#writeHead.run(this.#sealing.keyId, this.#head.rows, this.#head.link)
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
    let link: Uint8Array = start
    let lastId = 0
    for (let count = 0; count < end.rows;) {
      const wanted = Math.min(slice, end.rows - count)
      const rows = Rows.parse(this.#rows.all(this.#sealing.keyId, lastId, wanted))
      if (rows.length < wanted) return false
      for (const row of rows) {
        if (!isSame(this.#sealing.link(link, contentOfRow(row)), row.link)) return false
        link = row.link
        lastId = row.id
      }
      count += rows.length
      // One slice after the other, with the till's own work between them.
      await setImmediate()
    }
    // A row put in behind the end is none that the head counts.
    const behind = this.#rows.all(this.#sealing.keyId, lastId, slice).length
    return isSame(link, end.link) && behind === this.#head.rows - end.rows
  }

  #readHead(): { rows: number; link: Uint8Array } {
    return Head.parse(this.#selectHead.get(this.#sealing.keyId)) ?? { rows: 0, link: start }
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
