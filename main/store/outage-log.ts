import { z } from 'zod'
import type { Database } from './database.ts'

const Evidence = z.looseObject({
  httpStatus: z.number().nullish(),
  transportFault: z.string().nullish(),
})
const Changes = z.object({ changes: z.number() })

interface Step {
  readonly at: number
  readonly event: string
  readonly evidence: string | null
}

/** Derives from the audit trail, row by row, when WeChat Pay could not be reached. */
export class OutageLog {
  readonly #begin
  readonly #goOn
  readonly #end

  constructor(database: Database) {
    this.#begin = database.prepare('INSERT INTO outage (began_at, attempts) VALUES (?, 1)')
    this.#goOn = database.prepare(
      'UPDATE outage SET attempts = attempts + 1 WHERE ended_at IS NULL',
    )
    this.#end = database.prepare('UPDATE outage SET ended_at = ? WHERE ended_at IS NULL')
  }

  /**
   * Takes the next audit row into account: an outage begins or goes on with an unanswered attempt, and ends with a
   * reply.
   */
  follow({ at, event, evidence }: Step): void {
    const said = Evidence.safeParse(evidence === null ? null : JSON.parse(evidence))
    if (!said.success) return
    const { httpStatus, transportFault } = said.data
    if (httpStatus != null) this.#end.run(at)
    else if (event === 'unknown' && transportFault != null)
      if (Changes.parse(this.#goOn.run()).changes === 0) this.#begin.run(at)
  }
}
