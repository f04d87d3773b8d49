import { z } from 'zod'
import { reasons } from '../contract/reason.ts'
import { RedemptionState, ScanSource } from '../contract/snapshot.ts'
import { longestWaitMs } from '../redemption/attempt.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { Database } from './database.ts'

/** A row as it is on disk; parsing it is how damage and foreign hands are noticed. */
const Row = z
  .object({
    use_request_no: z.string(),
    coupon_code: z.string(),
    state: RedemptionState,
    source: ScanSource,
    body: z.instanceof(Uint8Array),
    attempts: z.number(),
    honoured: z.number(),
    reason: z.enum(reasons).nullable(),
    recorded_at: z.number(),
    settled_at: z.number().nullable(),
    next_attempt_at: z.number().nullable(),
    stock_id: z.string().nullable(),
    openid: z.string().nullable(),
  })
  .transform((row): Redemption => ({
    useRequestNo: row.use_request_no,
    couponCode: row.coupon_code,
    state: row.state,
    source: row.source,
    body: row.body,
    attempts: row.attempts,
    honoured: row.honoured === 1,
    reason: row.reason,
    recordedAt: row.recorded_at,
    settledAt: row.settled_at,
    nextAttemptAt: row.next_attempt_at,
    stockId: row.stock_id,
    openid: row.openid,
  }))
const Rows = z.array(Row)
const Counts = z.object({
  waiting: z.number(),
  oldestAt: z.number().nullable(),
  review: z.number(),
})
const DueAt = z.object({ at: z.number().nullable() })

export class RedemptionTable {
  readonly #insert
  readonly #update
  readonly #byCode
  readonly #due
  readonly #nextDue
  readonly #recent
  readonly #counts

  constructor(database: Database) {
    this.#insert = database.prepare(`
      INSERT INTO redemption VALUES (@useRequestNo, @couponCode, @state, @source, @body, @attempts, @honoured,
        @reason, @recordedAt, @settledAt, @nextAttemptAt, @stockId, @openid)`)
    // Number, code and body are not in it: they are fixed for ever.
    this.#update = database.prepare(`
      UPDATE redemption SET state = @state, attempts = @attempts, honoured = @honoured, reason = @reason,
        settled_at = @settledAt, next_attempt_at = @nextAttemptAt, stock_id = @stockId, openid = @openid
      WHERE use_request_no = @useRequestNo`)
    this.#byCode = database.prepare(
      'SELECT * FROM redemption WHERE coupon_code = ? ORDER BY rowid DESC LIMIT 1',
    )
    this.#due = database.prepare(`
      SELECT * FROM redemption WHERE state = 'pending' AND (next_attempt_at <= ? OR next_attempt_at > ?)
      ORDER BY next_attempt_at LIMIT ?`)
    this.#nextDue = database.prepare(
      "SELECT min(next_attempt_at) AS at FROM redemption WHERE state = 'pending'",
    )
    this.#recent = database.prepare('SELECT * FROM redemption ORDER BY rowid DESC LIMIT ?')
    this.#counts = database.prepare(`
      SELECT (SELECT count(*) FROM redemption WHERE state = 'pending') AS waiting,
        (SELECT min(recorded_at) FROM redemption WHERE state = 'pending') AS oldestAt,
        (SELECT count(*) FROM redemption WHERE state = 'review') AS review`)
  }

  insert(redemption: Redemption): void {
    this.#insert.run(bindings(redemption))
  }

  update(redemption: Redemption): void {
    const { changes } = this.#update.run(bindings(redemption))
    if (changes !== 1) throw new Error(`${redemption.useRequestNo}: no such redemption`)
  }

  findByCode(couponCode: string): Redemption | undefined {
    return Row.optional().parse(this.#byCode.get(couponCode))
  }

  due(now: number, limit: number): Redemption[] {
    return Rows.parse(this.#due.all(now, now + longestWaitMs, limit))
  }

  nextDueAt(): number | undefined {
    return DueAt.parse(this.#nextDue.get()).at ?? undefined
  }

  recent(limit: number): Redemption[] {
    return Rows.parse(this.#recent.all(limit))
  }

  counts(): z.infer<typeof Counts> {
    return Counts.parse(this.#counts.get())
  }
}

function bindings(redemption: Redemption): Record<string, unknown> {
  return { ...redemption, honoured: redemption.honoured ? 1 : 0 }
}
