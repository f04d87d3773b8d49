import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import type { Database } from './database.ts'

const Rows = z.object({ changes: z.number() })

/** Rows taken over in one transaction: some ten milliseconds. */
const slice = 5000

/**
 * Keeps the history's tables up with what was recorded. They follow in slices, in the background after a start and
 * before each search, so that no scan ever waits for them; `isBehind` says that a search may miss the newest.
 */
export class HistoryIndex {
  readonly #takeEntries
  readonly #takeSteps
  readonly #slice

  constructor(database: Database) {
    this.#takeEntries = database.prepare(`
      INSERT INTO history_entry (id, code_tail, cashier, recorded_at)
      SELECT rowid, code_tail, cashier, recorded_at FROM redemption
      WHERE rowid > (SELECT ifnull(max(id), 0) FROM history_entry) ORDER BY rowid LIMIT ?`)
    this.#takeSteps = database.prepare(`
      INSERT INTO history_step (audit_id, use_request_no)
      SELECT id, use_request_no FROM audit
      WHERE id > (SELECT taken FROM history_progress) ORDER BY id LIMIT ?`)
    const advance = database.prepare(`
      UPDATE history_progress SET taken = ifnull(
        (SELECT max(id) FROM (SELECT id FROM audit WHERE id > taken ORDER BY id LIMIT ?)), taken)`)
    this.#slice = database.transaction(() => {
      const entries = Rows.parse(this.#takeEntries.run(slice)).changes
      const steps = Rows.parse(this.#takeSteps.run(slice)).changes
      if (steps > 0) advance.run(slice)
      return entries === slice || steps === slice
    })
  }

  /** One slice at once; true when there is more. */
  follow(): boolean {
    return this.#slice.immediate()
  }

  /** Everything, with the till's own work between the slices. */
  async catchUp(isStopped: () => boolean): Promise<void> {
    while (!isStopped() && this.follow()) await setImmediate()
  }
}
