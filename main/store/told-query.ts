import { z } from 'zod'
import { PresentationView, Verdict } from '../contract/counter.ts'
import type { Told } from '../redemption/told.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({ use_request_no: z.string(), evidence: z.string() }).optional()
const Evidence = z.object({
  presentation: PresentationView.omit({ verdict: true, isAged: true }),
  cashier: z.string().nullable(),
  totalFen: z.number().nullable(),
  verdict: Verdict.omit({ redemption: true, stocks: true }),
})

/** What a cashier was told last, as the audit trail has it: a restart shows it again. */
export class ToldQuery {
  readonly #sealing: Sealing
  readonly #last

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#last = database.prepare(`
      SELECT use_request_no, evidence FROM audit WHERE event = 'told' AND key_id = ?
      ORDER BY id DESC LIMIT 1`)
  }

  /** `null` also for a row that another version of the program wrote differently. */
  last(): { useRequestNo: string; told: Told } | null {
    const row = Row.parse(this.#last.get(this.#sealing.keyId))
    if (!row) return null
    const told = Evidence.safeParse(JSON.parse(row.evidence))
    return told.success ? { useRequestNo: row.use_request_no, told: told.data } : null
  }
}
