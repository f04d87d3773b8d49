import { z } from 'zod'
import { type LaterChange, LaterChange as Change } from '../contract/shift-report.ts'
import type { Shift } from '../contract/shift.ts'
import { nameInFile, nameInProgram } from './audit-names.ts'
import type { Database } from './database.ts'
import type { HistoryIndex } from './history-index.ts'
import type { Scope, Stretch } from './ledger-query.ts'
import type { ShiftTable } from './shift-table.ts'

const RowNumber = z.number()
const Range = z.object({ first: RowNumber.nullable(), last: RowNumber.nullable() })
const Changes = z.array(
  z.object({
    at: z.number(),
    codeTail: z.string(),
    event: z.string(),
    by: z.string().nullable(),
  }),
)

/** Which rows of the records are in a shift, and which are between the shift before it and its beginning. */
export interface ShiftStretches {
  readonly own: Stretch
  readonly outside: Stretch
}

/** Events that may change the figures of a shift. */
const changing = [
  ...(['redeemed', 'refused', 'review', 'returning', 'returned', 'return-refused'] as const),
  ...(['honoured', 'released', 'cancelled', 'resolved', 'handed-over', 'taken-over'] as const),
]
const changingList = changing.map((event) => `'${nameInFile(event)}'`).join()
/** More would not be read on paper. */
const changesListed = 100

/** Finds which rows a till recorded in each shift, and what became of them afterwards. */
export class ShiftQuery {
  readonly #index: HistoryIndex
  readonly #shifts: Pick<ShiftTable, 'span' | 'list'>
  readonly #newest
  readonly #firstSince
  readonly #lastUntil
  readonly #range
  readonly #changes
  readonly #changeCount

  constructor(database: Database, index: HistoryIndex, shifts: Pick<ShiftTable, 'span' | 'list'>) {
    this.#index = index
    this.#shifts = shifts
    this.#newest = database.prepare('SELECT ifnull(max(rowid), 0) FROM redemption').pluck()
    this.#firstSince = database
      .prepare('SELECT min(id) FROM history_entry WHERE recorded_at >= ?')
      .pluck()
    this.#lastUntil = database
      .prepare('SELECT ifnull(max(id), 0) FROM history_entry WHERE recorded_at <= ?')
      .pluck()
    this.#range = database.prepare(`
      SELECT min(id) AS first, max(id) AS last FROM history_entry WHERE recorded_at >= ? AND recorded_at < ?`)
    const changes = `
      FROM redemption JOIN history_step USING (use_request_no)
      JOIN audit ON audit.id = history_step.audit_id
      WHERE redemption.rowid > @after AND redemption.rowid <= @upTo AND history_step.audit_id > @lastAudit
        AND (audit.event IN (${changingList})
          OR audit.event = 'told' AND json_extract(audit.evidence, '$.verdict.instruction') = 'give')`
    this.#changes = database.prepare(`
      SELECT audit.at, audit.event, redemption.code_tail AS codeTail,
        ifnull(json_extract(audit.evidence, '$.by'), json_extract(audit.evidence, '$.cashier')) AS by
      ${changes} ORDER BY audit.id LIMIT ${changesListed}`)
    this.#changeCount = database.prepare(`SELECT count(*) ${changes}`).pluck()
  }

  /** Returns which rows are in this shift, up to now while it is open, and which come between it and the one before. */
  stretches(shift: Shift): ShiftStretches {
    const [before = null] = this.#shifts.list(1, shift.id)
    const beforeEnd = before === null ? 0 : this.#spanOf(before).upTo
    const own = this.#spanOf(shift)
    // Times of a shift of an earlier version may overlap with the next one's.
    const after = Math.max(own.after, beforeEnd)
    return {
      own: { after, upTo: Math.max(after, own.upTo) },
      outside: { after: beforeEnd, upTo: after },
    }
  }

  /** Returns which of the newest rows, down to one, are in shifts; in order. */
  inShifts(downTo: number): Stretch[] {
    const found: Stretch[] = []
    for (
      let shift = this.#shifts.list(1, null)[0];
      shift;
      [shift] = this.#shifts.list(1, shift.id)
    ) {
      const { own } = this.stretches(shift)
      if (own.upTo < downTo) break
      found.unshift(own)
    }
    return found
  }

  /** Returns the first and the last row recorded within a scope's times; `null` for none. */
  rowsWithin({ from, until }: Pick<Scope, 'from' | 'until'>): Stretch | null {
    while (this.#index.follow());
    const found = Range.parse(
      this.#range.get(from ?? Number.MIN_SAFE_INTEGER, until ?? Number.MAX_SAFE_INTEGER),
    )
    return found.first === null || found.last === null
      ? null
      : { after: found.first - 1, upTo: found.last }
  }

  /** Returns the rows that were recorded after the last shift ended; all, where there was none. */
  afterLast(): Stretch {
    const [last = null] = this.#shifts.list(1, null)
    return { after: last === null ? 0 : this.#spanOf(last).upTo, upTo: this.#newestRow() }
  }

  /** Returns what happened to a stretch of the records after an audit row. */
  changes(stretch: Stretch, lastAudit: number): { changes: LaterChange[]; more: number } {
    while (this.#index.follow());
    const asked = { ...stretch, lastAudit }
    const changes = Changes.parse(this.#changes.all(asked)).map((change) =>
      Change.parse({ ...change, event: nameInProgram(change.event) }),
    )
    return { changes, more: RowNumber.parse(this.#changeCount.get(asked)) - changes.length }
  }

  /** An earlier version kept none, and its shifts are counted by their times. */
  #spanOf({ id, openedAt, closedAt }: Shift): Stretch {
    const span = this.#shifts.span(id)
    if (span !== null) return { after: span.after, upTo: span.upTo ?? this.#newestRow() }
    while (this.#index.follow());
    const first = RowNumber.nullable().parse(this.#firstSince.get(openedAt))
    const newest = this.#newestRow()
    return {
      after: first === null ? newest : first - 1,
      upTo: closedAt === null ? newest : RowNumber.parse(this.#lastUntil.get(closedAt)),
    }
  }

  #newestRow(): number {
    return RowNumber.parse(this.#newest.get())
  }
}
