import { timingSafeEqual } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { Result } from '../contract/result.ts'
import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { AuditTrail, NotSaved } from '../redemption/ports.ts'
import { nameInFile } from './audit-names.ts'
import type { Database } from './database.ts'
import { firstHeadId } from './migrations/0001-create-redemptions.ts'
import type { Sealing } from './sealing.ts'
import { saving } from './store-fault.ts'

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
const FreeId = z.object({ id: z.number() })
/** In a head `at` is the number of rows. */
const HeadRow = z.object({ id: z.number(), at: z.number(), link: z.instanceof(Uint8Array) })

interface Head {
  readonly rows: number
  /** Of the last row, whole: the first half is the row's link, the second stands in no row. */
  readonly digest: Uint8Array
}

const linkBytes = 16
/** Before the first row. */
const start: Head = { rows: 0, digest: new Uint8Array(2 * linkBytes) }

/** Writes a row: key, number, time, event, evidence and link are the values. */
export const auditInsertion = (values: string): string => `
  INSERT INTO audit_trail (id, key_id, use_request_no, at, event, evidence, link)
  VALUES ((SELECT ifnull(max(id), 0) + 1 FROM audit), ${values})`
/** Writes a key's head anew: id, key, number of rows and the digest of the last are the values. */
export const headUpsert = (values: string): string => `
  INSERT INTO audit_trail (id, key_id, at, link, use_request_no, event) VALUES (${values}, '', 'head')
  ON CONFLICT (id) DO UPDATE SET at = excluded.at, link = excluded.link`

/** Rows checked in one go: some milliseconds. */
const slice = 2000

/**
 * The audit trail as a chain: a keyed digest over the link before it and the row itself gives each row's link (the first
 * half); the second half of the last row's stands in the head alone, beside the number of rows, so that nobody can make
 * a head for an earlier end. A row edited, deleted, put in, reordered or cut off at the end breaks the chain. What nobody
 * inside the file can see is the whole file put back to an older copy.
 */
export class AuditChain implements AuditTrail {
  readonly #database: Database
  readonly #sealing: Sealing
  readonly #insert
  readonly #rows
  readonly #anyRedemption
  readonly #selectHead
  readonly #freeHeadId
  readonly #writeHead
  readonly #note
  #headId = 0
  #head: Head

  constructor(database: Database, sealing: Sealing) {
    this.#database = database
    this.#sealing = sealing
    this.#insert = database.prepare(auditInsertion('?, ?, ?, ?, ?, ?'))
    this.#rows = database.prepare(
      'SELECT * FROM audit WHERE key_id = ? AND id > ? ORDER BY id LIMIT ?',
    )
    this.#anyRedemption = database.prepare('SELECT 1 FROM redemption WHERE key_id = ? LIMIT 1')
    this.#selectHead = database.prepare(
      `SELECT id, at, link FROM audit_trail WHERE id >= ${firstHeadId} AND key_id = ?`,
    )
    this.#freeHeadId = database.prepare(
      `SELECT ifnull(max(id) + 1, ${firstHeadId}) AS id FROM audit_trail WHERE id >= ${firstHeadId}`,
    )
    this.#writeHead = database.prepare(headUpsert('?, ?, ?, ?'))
    this.#note = this.transaction(this.append.bind(this))
    this.#head = this.#readHead()
  }

  /**
   * Makes a function a transaction, in which `append` may be called: its rows, the audit rows and the head of the chain
   * are written together, or nothing is, when it throws. To be called once for each function, for it costs as much as to
   * write a page.
   */
  transaction<P extends unknown[], R>(work: (...of: P) => R): (...of: P) => R {
    const run = this.#database.transaction((...of: P): R => {
      const before = this.#head
      const done = work(...of)
      // Once for all rows.
      if (this.#head !== before) this.#close()
      return done
    })
    return (...of) => {
      try {
        return run.immediate(...of)
      } catch (cause) {
        this.forget()
        throw cause
      }
    }
  }

  note(useRequestNo: string, audit: AuditEntry): Result<void, NotSaved> {
    return saving(() => this.#note(useRequestNo, audit))
  }

  rows(): number {
    return this.#head.rows
  }

  /** Inside a function that `transaction` made. */
  append(useRequestNo: string, entry: AuditEntry): void {
    const { event, evidence, link } = this.next(useRequestNo, entry)
    this.#insert.run(this.#sealing.keyId, useRequestNo, entry.at, event, evidence, link)
  }

  /** Like `append`, for a caller that writes the row and the head by itself, and calls `forget` when that fails. */
  next(
    useRequestNo: string,
    entry: AuditEntry,
  ): { readonly event: string; readonly evidence: string | null; readonly link: Uint8Array } {
    const event = nameInFile(entry.event)
    const evidence = entry.evidence && JSON.stringify(entry.evidence)
    const content = contentOf(useRequestNo, entry.at, event, evidence)
    const digest = this.#sealing.link(linkOf(this.#head.digest), content)
    this.#head = { rows: this.#head.rows + 1, digest }
    return { event, evidence, link: linkOf(digest) }
  }

  /** What such a caller writes as the head. */
  head(): Head & { readonly id: number } {
    return { ...this.#head, id: this.#headId }
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
    let last = start.digest
    let lastId = 0
    for (let count = 0; count < end.rows;) {
      const wanted = Math.min(slice, end.rows - count)
      const rows = Rows.parse(this.#rows.all(this.#sealing.keyId, lastId, wanted))
      if (rows.length < wanted) return false
      for (const row of rows) {
        last = this.#sealing.link(linkOf(last), contentOfRow(row))
        if (!isSame(linkOf(last), row.link)) return false
        lastId = row.id
      }
      count += rows.length
      // One slice after the other, with the till's own work between them.
      await setImmediate()
    }
    // A row put in behind the end is none that the head counts.
    const behind = this.#rows.all(this.#sealing.keyId, lastId, slice).length
    return isSame(last, end.digest) && behind === this.#head.rows - end.rows
  }

  #close(): void {
    const { rows, digest } = this.#head
    this.#writeHead.run(this.#headId, this.#sealing.keyId, rows, digest)
  }

  #readHead(): Head {
    const found = HeadRow.optional().parse(this.#selectHead.get(this.#sealing.keyId))
    this.#headId = found?.id ?? FreeId.parse(this.#freeHeadId.get()).id
    if (found === undefined) return start
    return { rows: found.at, digest: found.link }
  }
}

/** A view, of the same bytes. */
function linkOf(digest: Uint8Array): Uint8Array {
  return digest.subarray(0, linkBytes)
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
