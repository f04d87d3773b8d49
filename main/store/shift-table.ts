import { z } from 'zod'
import { KeptFigures } from '../contract/shift-report.ts'
import { Shift } from '../contract/shift.ts'
import type { ShiftStore } from '../shop/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

/**
 * Which redemptions belong to a shift: those whose row is after the first number and not after the second. Rows are
 * numbered as they are recorded, so that each belongs to one shift or to none, whatever was done to the clock.
 */
const Span = z.object({ after: z.number(), upTo: z.number().nullable() })
type ShiftSpan = z.infer<typeof Span>

const Row = z.object({ id: z.number(), record: z.string() })
const Rows = z.array(Row)
const Record = Shift.omit({ id: true })
/** Shifts of earlier versions have no span. */
const WithSpan = z.object({ span: Span.nullish() })
const Kept = z.object({
  ...KeptFigures.shape,
  /** The last audit row before the closing: what came after it is a later change. */
  lastAudit: z.number(),
})
type KeptReport = z.infer<typeof Kept>
const Sealed = z.object({ sealed: z.instanceof(Uint8Array) }).optional()

/** The shifts of this till, and what is kept of each when it is closed. The id grows with each. */
export class ShiftTable implements ShiftStore {
  readonly #sealing: Sealing
  readonly #list
  readonly #add
  readonly #save
  readonly #newest
  readonly #lastAudit
  readonly #kept
  readonly #keep

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#list = database.prepare(
      'SELECT id, record FROM shift WHERE id < coalesce(?, 9e15) ORDER BY id DESC LIMIT ?',
    )
    this.#add = database.prepare('INSERT INTO shift (record) VALUES (?)')
    this.#save = database.prepare('UPDATE shift SET record = ? WHERE id = ?')
    this.#newest = database.prepare('SELECT ifnull(max(rowid), 0) FROM redemption').pluck()
    this.#lastAudit = database.prepare('SELECT ifnull(max(id), 0) FROM audit').pluck()
    // Not in the shift's own row: it is read with every snapshot, and vouched for with all others.
    this.#kept = database.prepare('SELECT sealed FROM setting WHERE name = ?')
    this.#keep = database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)')
  }

  last(): Shift | null {
    return this.list(1, null)[0] ?? null
  }

  list(limit: number, beforeId: number | null): Shift[] {
    return this.#rows(limit, beforeId).map(({ id, record }) => ({
      id,
      ...Record.parse(JSON.parse(record)),
    }))
  }

  find(id: number): Shift | null {
    return this.list(1, id + 1).find((shift) => shift.id === id) ?? null
  }

  /** `null` for a shift of an earlier version. */
  span(id: number): ShiftSpan | null {
    const [row] = this.#rows(1, id + 1)
    return row?.id === id ? (WithSpan.parse(JSON.parse(row.record)).span ?? null) : null
  }

  /** `null` where nothing was kept, or it can no longer be decrypted. */
  kept(id: number): KeptReport | null {
    const row = Sealed.parse(this.#kept.get(nameOf(id)))
    if (row === undefined) return null
    try {
      const text = this.#sealing.open(placeOf(id), row.sealed).toString()
      return Kept.safeParse(JSON.parse(text)).data ?? null
    } catch {
      return null
    }
  }

  add(shift: Omit<Shift, 'id'>): Shift {
    const span: ShiftSpan = { after: this.#newestRow(), upTo: null }
    const { lastInsertRowid } = this.#add.run(JSON.stringify({ ...shift, span }))
    return { id: Number(lastInsertRowid), ...shift }
  }

  save({ id, ...record }: Shift): void {
    this.#save.run(JSON.stringify({ ...record, span: this.span(id) }), id)
  }

  close({ id, ...record }: Shift, figures: KeptFigures): void {
    const span = this.span(id)
    const closed = span && { ...span, upTo: this.#newestRow() }
    this.#save.run(JSON.stringify({ ...record, span: closed }), id)
    const lastAudit = z.number().parse(this.#lastAudit.get())
    const kept: KeptReport = { ...figures, lastAudit }
    const sealed = this.#sealing.seal(placeOf(id), Buffer.from(JSON.stringify(kept)))
    this.#keep.run(nameOf(id), sealed)
  }

  #rows(limit: number, beforeId: number | null): z.infer<typeof Rows> {
    return Rows.parse(this.#list.all(beforeId, limit))
  }

  #newestRow(): number {
    return z.number().parse(this.#newest.get())
  }
}

function nameOf(id: number): string {
  return `shift-report ${id}`
}

/** What a sealed report is bound to, so that none can be put in another's place. */
function placeOf(id: number): string {
  return `setting ${nameOf(id)}`
}
