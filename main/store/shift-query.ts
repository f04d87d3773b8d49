import { z } from 'zod'
import { type LaterChange, LaterChange as Change } from '../contract/shift-report.ts'
import type { Shift } from '../contract/shift.ts'
import { RedemptionState, Resolution } from '../contract/redemption-view.ts'
import { nameInFile, nameInProgram } from './audit-names.ts'
import type { Database } from './database.ts'
import type { HistoryIndex } from './history-index.ts'
import type { ShiftTable } from './shift-table.ts'

const yes = z.number().transform((value) => value === 1)
const Groups = z.array(
  z.object({
    stockId: z.string().nullable(),
    cashier: z.string().nullable(),
    state: RedemptionState,
    resolution: Resolution.nullable(),
    isHonoured: yes,
    isGiven: yes,
    isReleased: yes,
    isReturnRefused: yes,
    /** Whether what was given for them, or would be, is on record. */
    isSumKnown: yes,
    /** The orders' total where that is not on record. */
    totalFen: z.number().nullable(),
    count: z.number(),
    /** What cashiers were told to deduct, in fen. */
    givenFen: z.number(),
    /** What they were worth when they were honoured without a reply, in fen. */
    honouredFen: z.number(),
  }),
)
/** Redemptions that a shift's figures count alike. */
export type ShiftGroup = z.infer<typeof Groups>[number]

const RowNumber = z.number()
const Changes = z.array(
  z.object({
    at: z.number(),
    codeTail: z.string(),
    event: z.string(),
    by: z.string().nullable(),
  }),
)

/** The redemptions whose row is after the first number and not after the second. */
export interface Stretch {
  readonly after: number
  readonly upTo: number
}

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

/** Counts what a till recorded in each shift, and finds what became of it afterwards. */
export class ShiftQuery {
  readonly #index: HistoryIndex
  readonly #shifts: Pick<ShiftTable, 'span' | 'list'>
  readonly #groups
  readonly #newest
  readonly #firstSince
  readonly #lastUntil
  readonly #changes
  readonly #changeCount

  constructor(database: Database, index: HistoryIndex, shifts: Pick<ShiftTable, 'span' | 'list'>) {
    this.#index = index
    this.#shifts = shifts
    this.#groups = database.prepare(`
      SELECT stock_id AS stockId, cashier, state, resolution, honoured AS isHonoured,
        given_at IS NOT NULL AS isGiven, released_at IS NOT NULL AS isReleased,
        return_refused_at IS NOT NULL AS isReturnRefused,
        coalesce(given_fen, stake_fen) IS NOT NULL AS isSumKnown,
        CASE WHEN coalesce(given_fen, stake_fen) IS NULL THEN total_fen END AS totalFen,
        count(*) AS count,
        ifnull(sum(coalesce(given_fen, stake_fen)), 0) AS givenFen,
        ifnull(sum(coalesce(stake_fen, given_fen)), 0) AS honouredFen
      FROM redemption WHERE rowid > @after AND rowid <= @upTo
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`)
    this.#newest = database.prepare('SELECT ifnull(max(rowid), 0) FROM redemption').pluck()
    this.#firstSince = database
      .prepare('SELECT min(id) FROM history_entry WHERE recorded_at >= ?')
      .pluck()
    this.#lastUntil = database
      .prepare('SELECT ifnull(max(id), 0) FROM history_entry WHERE recorded_at <= ?')
      .pluck()
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

  /** Returns the rows that were recorded after the last shift ended; all, where there was none. */
  afterLast(): Stretch {
    const [last = null] = this.#shifts.list(1, null)
    return { after: last === null ? 0 : this.#spanOf(last).upTo, upTo: this.#newestRow() }
  }

  /** Returns a stretch of the records, grouped. */
  read(stretch: Stretch): ShiftGroup[] {
    return Groups.parse(this.#groups.all(stretch))
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
