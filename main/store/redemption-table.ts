import { z } from 'zod'
import { reasons } from '../contract/reason.ts'
import { RedemptionState, ScanSource } from '../contract/snapshot.ts'
import { longestWaitMs } from '../redemption/attempt.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

/** SQLite has no booleans. */
const Flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1)

/** A row as it is on disk; parsing it is how damage and foreign hands are noticed. */
const Row = z.object({
  use_request_no: z.string(),
  code_sealed: z.instanceof(Uint8Array),
  body_sealed: z.instanceof(Uint8Array),
  openid_sealed: z.instanceof(Uint8Array).nullable(),
  state: RedemptionState,
  source: ScanSource,
  attempts: z.number(),
  in_flight: Flag,
  uncertain: Flag,
  honoured: Flag,
  reason: z.enum(reasons).nullable(),
  recorded_at: z.number(),
  settled_at: z.number().nullable(),
  next_attempt_at: z.number().nullable(),
  stock_id: z.string().nullable(),
})
const Counts = z.object({
  waiting: z.number(),
  oldestAt: z.number().nullable(),
  review: z.number(),
  unreadable: z.number(),
})
const DueAt = z.object({ at: z.number().nullable() })

/** Characters of a code that stay readable. */
const readableTail = 4

export class RedemptionTable {
  readonly #insert
  readonly #update
  readonly #byCode
  readonly #due
  readonly #nextDue
  readonly #hasten
  readonly #recent
  readonly #counts

  readonly #setAside
  readonly #sealing: Sealing

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#insert = database.prepare(`
      INSERT INTO redemption VALUES (@useRequestNo, @keyId, @codeSealed, @codeFingerprint, @codeTail, @bodySealed,
        @openidSealed, @state, @source, @attempts, @inFlight, @uncertain, @honoured, @reason, @recordedAt, @settledAt,
        @nextAttemptAt, @stockId)`)
    // Number, code and body are not in it: they are fixed for ever.
    this.#update = database.prepare(`
      UPDATE redemption SET state = @state, attempts = @attempts, in_flight = @inFlight, uncertain = @uncertain,
        honoured = @honoured, reason = @reason, settled_at = @settledAt, next_attempt_at = @nextAttemptAt,
        stock_id = @stockId, openid_sealed = @openidSealed
      WHERE use_request_no = @useRequestNo`)
    // By rowid and not by time: a clock set back does not make an older row the newest.
    this.#byCode = database.prepare(
      'SELECT * FROM redemption WHERE code_fingerprint = ? AND key_id = ? ORDER BY rowid DESC LIMIT 1',
    )
    this.#due = database.prepare(`
      SELECT * FROM redemption
      WHERE state = 'pending' AND key_id = ? AND (next_attempt_at <= ? OR next_attempt_at > ?)
      ORDER BY next_attempt_at LIMIT ?`)
    this.#hasten = database.prepare(`
      UPDATE redemption SET next_attempt_at = @now
      WHERE state = 'pending' AND next_attempt_at <> @now AND reason IS NOT 'rate-limited'`)
    this.#nextDue = database.prepare(
      "SELECT min(next_attempt_at) AS at FROM redemption WHERE state = 'pending' AND key_id = ?",
    )
    this.#recent = database.prepare(
      'SELECT * FROM redemption WHERE key_id = ? ORDER BY rowid DESC LIMIT ?',
    )
    this.#counts = database.prepare(`
      SELECT count(*) FILTER (WHERE key_id = @keyId) AS waiting,
        min(recorded_at) FILTER (WHERE key_id = @keyId) AS oldestAt,
        (SELECT count(*) FROM redemption WHERE state = 'review') AS review,
        count(*) FILTER (WHERE key_id <> @keyId) AS unreadable
      FROM redemption WHERE state = 'pending'`)
    this.#setAside = database.prepare(
      "UPDATE redemption SET key_id = 'damaged' WHERE use_request_no = ?",
    )
  }

  insert(redemption: Redemption): void {
    this.#insert.run(this.#bindings(redemption))
  }

  update(redemption: Redemption): void {
    const { changes } = this.#update.run(this.#changing(redemption))
    if (changes !== 1) throw new Error(`${redemption.useRequestNo}: no such redemption`)
  }

  findByCode(couponCode: string): Redemption | undefined {
    const { keyId } = this.#sealing
    const row = this.#byCode.get(this.#sealing.fingerprint(couponCode), keyId)
    return row === undefined ? undefined : this.#readable([row])[0]
  }

  due(now: number, limit: number): Redemption[] {
    return this.#readable(this.#due.all(this.#sealing.keyId, now, now + longestWaitMs, limit))
  }

  hasten(now: number): void {
    this.#hasten.run({ now })
  }

  nextDueAt(): number | undefined {
    return DueAt.parse(this.#nextDue.get(this.#sealing.keyId)).at ?? undefined
  }

  recent(limit: number): Redemption[] {
    return this.#readable(this.#recent.all(this.#sealing.keyId, limit))
  }

  counts(): z.infer<typeof Counts> {
    return Counts.parse(this.#counts.get({ keyId: this.#sealing.keyId }))
  }

  /** A row that does not open is kept, counted as unreadable and stands in nobody's way. */
  #readable(rows: readonly unknown[]): Redemption[] {
    return rows.flatMap((raw) => {
      const row = Row.parse(raw)
      try {
        return [this.#open(row)]
      } catch {
        this.#setAside.run(row.use_request_no)
        return []
      }
    })
  }

  #open(row: z.infer<typeof Row>): Redemption {
    const open = (column: string, sealed: Uint8Array): Buffer =>
      this.#sealing.open(identity(row.use_request_no, column), sealed)
    return {
      useRequestNo: row.use_request_no,
      couponCode: open('code', row.code_sealed).toString('utf8'),
      body: open('body', row.body_sealed),
      openid: row.openid_sealed && open('openid', row.openid_sealed).toString('utf8'),
      state: row.state,
      source: row.source,
      attempts: row.attempts,
      inFlight: row.in_flight,
      uncertain: row.uncertain,
      honoured: row.honoured,
      reason: row.reason,
      recordedAt: row.recorded_at,
      settledAt: row.settled_at,
      nextAttemptAt: row.next_attempt_at,
      stockId: row.stock_id,
    }
  }

  #bindings(redemption: Redemption): Record<string, unknown> {
    const { useRequestNo, couponCode, body } = redemption
    return {
      ...this.#changing(redemption),
      keyId: this.#sealing.keyId,
      codeSealed: this.#seal(useRequestNo, 'code', Buffer.from(couponCode)),
      codeFingerprint: this.#sealing.fingerprint(couponCode),
      codeTail: couponCode.slice(-readableTail),
      bodySealed: this.#seal(useRequestNo, 'body', body),
    }
  }

  /** What an update writes; code and body are sealed once, when they are recorded. */
  #changing(redemption: Redemption): Record<string, unknown> {
    const { useRequestNo, couponCode: _code, body: _body, openid, ...rest } = redemption
    return {
      ...rest,
      useRequestNo,
      openidSealed:
        openid === null ? null : this.#seal(useRequestNo, 'openid', Buffer.from(openid)),
      inFlight: Number(redemption.inFlight),
      uncertain: Number(redemption.uncertain),
      honoured: Number(redemption.honoured),
    }
  }

  #seal(useRequestNo: string, column: string, plain: Uint8Array): Buffer {
    return this.#sealing.seal(identity(useRequestNo, column), plain)
  }
}

/** What a seal is bound to: moved to another row or column it does not open. */
function identity(useRequestNo: string, column: string): string {
  return `redemption ${useRequestNo} ${column}`
}
