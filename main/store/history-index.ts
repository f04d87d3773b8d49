import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { beijingMs, dayMs } from '../contract/beijing-day.ts'
import type { Database } from './database.ts'
import { OutageLog } from './outage-log.ts'

const Changes = z.object({ changes: z.number() })
const Progress = z.object({ taken: z.number() })
const Step = z.object({
  id: z.number(),
  at: z.number(),
  event: z.string(),
  evidence: z.string().nullable(),
})
const Steps = z.array(Step)

/** Rows that are indexed in one transaction, which takes some ten milliseconds. */
const slice = 5000

/**
 * Keeps the tables of the history up to date with the redemptions and the audit trail. They are filled in slices, in
 * the background after a start and before each search, so that no scan ever waits for them.
 */
export class HistoryIndex {
  readonly #slice

  constructor(database: Database) {
    const outages = new OutageLog(database)
    const takeEntries = database.prepare(`
      INSERT INTO history_entry (id, code_tail, cashier, recorded_at)
      SELECT rowid, code_tail, cashier, recorded_at FROM redemption
      WHERE rowid > (SELECT ifnull(max(id), 0) FROM history_entry) ORDER BY rowid LIMIT ?`)
    const progress = database.prepare('SELECT taken FROM history_progress')
    const newSteps = database.prepare(
      'SELECT id, at, event, evidence FROM audit WHERE id > ? ORDER BY id LIMIT ?',
    )
    const takeSteps = database.prepare(`
      INSERT INTO history_step (audit_id, use_request_no)
      SELECT id, use_request_no FROM audit WHERE id > ? AND id <= ?`)
    // An audit row means that a redemption changed, so the sums of its day have to be computed again.
    const forgetDays = database.prepare(`
      DELETE FROM day_summed WHERE day IN (
        SELECT (redemption.recorded_at + ${beijingMs}) / ${dayMs} FROM audit
        JOIN redemption ON redemption.use_request_no = audit.use_request_no
        WHERE audit.id > ? AND audit.id <= ?)`)
    const advance = database.prepare('UPDATE history_progress SET taken = ?')

    this.#slice = database.transaction(() => {
      const entries = Changes.parse(takeEntries.run(slice)).changes
      const { taken } = Progress.parse(progress.get())
      const steps = Steps.parse(newSteps.all(taken, slice))
      const last = steps.at(-1)
      if (last) {
        takeSteps.run(taken, last.id)
        forgetDays.run(taken, last.id)
        for (const step of steps) outages.follow(step)
        advance.run(last.id)
      }
      return entries === slice || steps.length === slice
    })
  }

  /** Indexes one slice; returns whether there may be more. */
  follow(): boolean {
    return this.#slice.immediate()
  }

  /** Indexes everything, and lets the till do its own work between the slices. Ends early when `isStopped`. */
  async catchUp(isStopped: () => boolean): Promise<void> {
    while (!isStopped() && this.follow()) await setImmediate()
  }
}
