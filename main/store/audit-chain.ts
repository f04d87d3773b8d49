import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { Result } from '../contract/result.ts'
import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { AuditTrail, WriteFault } from '../redemption/ports.ts'
import { AppendedRows } from './appended-rows.ts'
import { ApiWords, withoutWords } from './api-words.ts'
import { nameInFile } from './audit-names.ts'
import type { Database } from './database.ts'
import { firstHeadId } from './migrations/0001-create-redemptions.ts'
import { isSame } from './same-bytes.ts'
import type { Sealing } from './sealing.ts'
import { saving } from './store-fault.ts'

const Row = z.object({
  id: z.number(),
  use_request_no: z.string(),
  at: z.number(),
  event: z.string(),
  evidence: z.string().nullable(),
  link: z.instanceof(Uint8Array),
  row_mac: z.instanceof(Uint8Array).nullable(),
})
type Row = z.infer<typeof Row>
const Rows = z.array(Row)
const FreeId = z.object({ id: z.number() })
/** The head is stored in the same table; its column `at` holds the number of rows. */
const HeadRow = z.object({ id: z.number(), at: z.number(), link: z.instanceof(Uint8Array) })

/** A point of the chain, as it is kept outside the file. */
export interface ChainPoint {
  /** The id of its row; 0 before the first. */
  readonly id: number
  /** How many rows the chain has up to there. */
  readonly rows: number
  /** The whole digest of its row, base64. */
  readonly digest: string
}

/** Where the chain ends. */
interface Head {
  /** How many rows the chain has. */
  readonly rows: number
  /**
   * The whole digest of the last row: its first half is the row's link, its second half is stored in the head alone.
   */
  readonly digest: Uint8Array
}

const linkBytes = 16
/** The head of a chain without rows. */
const start: Head = { rows: 0, digest: new Uint8Array(2 * linkBytes) }

/** The SQL that adds an audit row; `values` are its key id, request number, time, event, evidence, link and row digest. */
export const auditInsertion = (values: string): string => `
  INSERT INTO audit_trail (id, key_id, use_request_no, at, event, evidence, link, row_mac)
  VALUES ((SELECT ifnull(max(id), 0) + 1 FROM audit), ${values})`
/** The SQL that writes the head of a key's chain; `values` are its id, key id, number of rows and digest. */
export const headUpsert = (values: string): string => `
  INSERT INTO audit_trail (id, key_id, at, link, use_request_no, event) VALUES (${values}, '', 'head')
  ON CONFLICT (id) DO UPDATE SET at = excluded.at, link = excluded.link`

const LastId = z.object({ id: z.number() }).optional()
const LinkRow = z.object({ link: z.instanceof(Uint8Array) }).optional()
const headSelection = `SELECT id, at, link FROM audit_trail WHERE id >= ${firstHeadId} AND key_id = ?`
const lastIdSelection = 'SELECT id FROM audit WHERE key_id = ? ORDER BY id DESC LIMIT 1'
/** What SQLite takes as no limit. */
const noLimit = -1
/** Rows that are checked in one go, which takes some milliseconds. */
const slice = 2000

/**
 * The audit trail as a hash chain. A keyed digest is computed over the previous row's link and the row itself, and its
 * first half is stored with the row as the row's link. The second half of the last digest is stored in the head alone,
 * beside the number of rows, so that nobody can make a head for an earlier end. The chain breaks when a row is edited,
 * deleted, inserted, reordered or cut off at the end. That the whole file was replaced by an older copy is shown by a
 * point of the chain that is kept elsewhere (`follows`).
 */
export class AuditChain implements AuditTrail {
  readonly #database: Database
  readonly #sealing: Sealing
  readonly #words: ApiWords
  readonly #insert
  readonly #rows
  readonly #anyRedemption
  readonly #lastId
  readonly #linkAt
  readonly #selectHead
  readonly #freeHeadId
  readonly #writeHead
  readonly #note
  readonly appended = new AppendedRows()
  #headId = 0
  #head: Head

  constructor(database: Database, sealing: Sealing) {
    this.#database = database
    this.#sealing = sealing
    this.#words = new ApiWords(database, sealing)
    this.#insert = database.prepare(auditInsertion('?, ?, ?, ?, ?, ?, ?'))
    this.#rows = database.prepare(
      'SELECT * FROM audit WHERE key_id = ? AND id > ? ORDER BY id LIMIT ?',
    )
    this.#lastId = database.prepare(lastIdSelection)
    this.#linkAt = database.prepare('SELECT link FROM audit WHERE key_id = ? AND id = ?')
    this.#anyRedemption = database.prepare('SELECT 1 FROM redemption WHERE key_id = ? LIMIT 1')
    this.#selectHead = database.prepare(headSelection)
    this.#freeHeadId = database.prepare(
      `SELECT ifnull(max(id) + 1, ${firstHeadId}) AS id FROM audit_trail WHERE id >= ${firstHeadId}`,
    )
    this.#writeHead = database.prepare(headUpsert('?, ?, ?, ?'))
    this.#note = this.transaction(this.append.bind(this))
    this.#head = this.#readHead()
  }

  /**
   * Returns `work` as a transaction, in which `append` may be called. What it writes, the audit rows and the head of
   * the chain are saved together; nothing is saved when it throws. Call this once for each function: it costs as much
   * as writing a page.
   */
  transaction<P extends unknown[], R>(work: (...of: P) => R): (...of: P) => R {
    const run = this.#database.transaction((...of: P): R => {
      const before = this.#head
      const done = work(...of)
      // The head is written once, after all rows of the transaction.
      if (this.#head !== before) this.#close()
      return done
    })
    return (...of) => {
      const { rows } = this.#head
      try {
        const done = run.immediate(...of)
        if (this.#head.rows !== rows) this.appended.tell()
        return done
      } catch (cause) {
        this.reloadHead()
        throw cause
      }
    }
  }

  note(useRequestNo: string, audit: AuditEntry): Result<void, WriteFault> {
    return saving(() => this.#note(useRequestNo, audit))
  }

  rows(): number {
    return this.#head.rows
  }

  /**
   * Adds an audit row. May be called only inside a function that `transaction` returned. `rowMac` is the digest of the
   * redemption's row where that was written with it.
   */
  append(useRequestNo: string, entry: AuditEntry, rowMac: Uint8Array | null = null): void {
    const { entry: chained, words } = withoutWords(entry)
    const { event, evidence, link } = this.next(useRequestNo, chained, rowMac)
    const { keyId } = this.#sealing
    const { lastInsertRowid } = this.#insert.run(
      keyId,
      useRequestNo,
      entry.at,
      event,
      evidence,
      link,
      rowMac,
    )
    if (words !== null) this.#words.write(Number(lastInsertRowid), useRequestNo, words)
  }

  /**
   * Returns the columns of the next audit row and moves the head on, without writing either: the caller writes both,
   * and calls `reloadHead` when that fails.
   */
  next(
    useRequestNo: string,
    entry: AuditEntry,
    rowMac: Uint8Array | null,
  ): { readonly event: string; readonly evidence: string | null; readonly link: Uint8Array } {
    const event = nameInFile(entry.event)
    const evidence = entry.evidence && JSON.stringify(entry.evidence)
    const content = contentOf(useRequestNo, entry.at, event, evidence, rowMac)
    const digest = this.#sealing.link(linkOf(this.#head.digest), content)
    this.#head = { rows: this.#head.rows + 1, digest }
    return { event, evidence, link: linkOf(digest) }
  }

  /** The head to be written after `next`. */
  head(): Head & { readonly id: number } {
    return { ...this.#head, id: this.#headId }
  }

  /** Reads the head from the file again. */
  reloadHead(): void {
    this.#head = this.#readHead()
  }

  /** Returns the end of the chain. What was written so far is on the disk. */
  end(): ChainPoint {
    const last = LastId.parse(this.#lastId.get(this.#sealing.keyId))
    const { rows, digest } = this.#head
    return { id: last?.id ?? 0, rows, digest: Buffer.from(digest).toString('base64') }
  }

  /**
   * Whether the chain goes through this point and on from there, unbroken, to its end. Reads what was written after the
   * point, at once: a few minutes' rows.
   */
  follows(point: ChainPoint): boolean {
    const digest = Buffer.from(point.digest, 'base64')
    if (point.id > 0) {
      const row = LinkRow.parse(this.#linkAt.get(this.#sealing.keyId, point.id))
      if (row === undefined || !isSame(row.link, linkOf(digest))) return false
    }
    const rows = Rows.parse(this.#rows.all(this.#sealing.keyId, point.id, noLimit))
    if (rows.length !== this.#head.rows - point.rows) return false
    let last: Uint8Array = digest
    for (const row of rows) {
      last = this.#sealing.link(linkOf(last), contentOfRow(row))
      if (!isSame(linkOf(last), row.link)) return false
    }
    return isSame(last, this.#head.digest)
  }

  /**
   * Returns whether the chain of this key is as it was written, up to its end at the time of the call; with `from`, after
   * that point. Works in slices, so that a till with years of records still serves scans meanwhile.
   */
  async isIntact(from: ChainPoint | null = null): Promise<boolean> {
    const end = this.#head
    // Somebody who deletes all rows and the head leaves redemptions, each of which has at least one audit row.
    if (end.rows === 0 && from === null)
      return this.#anyRedemption.get(this.#sealing.keyId) === undefined
    let last: Uint8Array = from === null ? start.digest : Buffer.from(from.digest, 'base64')
    let lastId = from?.id ?? 0
    for (let count = from?.rows ?? 0; count < end.rows;) {
      const wanted = Math.min(slice, end.rows - count)
      const rows = Rows.parse(this.#rows.all(this.#sealing.keyId, lastId, wanted))
      if (rows.length < wanted) return false
      for (const row of rows) {
        last = this.#sealing.link(linkOf(last), contentOfRow(row))
        if (!isSame(linkOf(last), row.link)) return false
        lastId = row.id
      }
      count += rows.length
      // Between two slices the till does its own work.
      await setImmediate()
    }
    // Rows after that end must be as many as the head counts: an inserted one is not counted.
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

/** Returns where the chain of this key ends in a file, without checking it. */
export function endOfChain(database: Database, keyId: string): ChainPoint {
  const head = HeadRow.optional().parse(database.prepare(headSelection).get(keyId))
  const last = LastId.parse(database.prepare(lastIdSelection).get(keyId))
  const { rows, digest } = head ? { rows: head.at, digest: head.link } : start
  return { id: last?.id ?? 0, rows, digest: Buffer.from(digest).toString('base64') }
}

/** Returns a view of the same bytes, not a copy. */
function linkOf(digest: Uint8Array): Uint8Array {
  return digest.subarray(0, linkBytes)
}

function contentOfRow(row: Row): string {
  return contentOf(row.use_request_no, row.at, row.event, row.evidence, row.row_mac)
}

function contentOf(
  useRequestNo: string,
  at: number,
  event: string,
  evidence: string | null,
  rowMac: Uint8Array | null,
): string {
  const content = [useRequestNo, at, event, evidence]
  // A row without one has the content that it had before there were any.
  if (rowMac !== null) content.push(Buffer.from(rowMac).toString('base64'))
  return JSON.stringify(content)
}
