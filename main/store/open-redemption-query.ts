import { z } from 'zod'
import { familyOf, type Reason, reasons } from '../contract/reason.ts'
import { longestAskedMs, longestWaitMs } from '../redemption/back-off.ts'
import type { OpenRedemptions, Reach } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { Database } from './database.ts'
import { redemptionsWhere } from './fresh-rows.ts'
import type { RedemptionReader } from './redemption-reader.ts'

const Counts = z.object({
  waiting: z.number(),
  oldestAt: z.number().nullable(),
  review: z.number(),
  unreadable: z.number(),
  toHandOn: z.number(),
})
const DueAt = z.object({ at: z.number().nullable() })
const Honoured = z.object({
  count: z.number(),
  fen: z.number(),
  unknown: z.number(),
  oldestAt: z.number().nullable(),
})

/** Reasons that stop the queue, as an SQL list. An entry that was tried alone meanwhile has a back-off of its own. */
const blockedReasons = reasons
  .filter((reason) => familyOf(reason) === 'blocked')
  .map((reason) => `'${reason}'`)
  .join()
/** Reasons, as an SQL list, with which a reply may ask for a longer wait than the till chooses by itself. */
const askedReasons = [
  ...(['rate-limited', 'service-error', 'answer-not-final'] as const),
  ...(['answer-not-verified', 'reply-key-unknown'] as const),
]
  .map((reason: Reason) => `'${reason}'`)
  .join()
const waiting = "state IN ('pending', 'returning')"
const undecided = `
  SELECT * FROM ${redemptionsWhere(waiting)}
  UNION ALL SELECT rowid AS id, * FROM redemption WHERE state = 'review'`

const countInReview = "(SELECT count(*) FROM redemption WHERE state = 'review')"
/** Of what waits: nobody got a discount for it, so that it goes back to its customer without anybody's doing, at the latest when the shift is closed. */
const goesBack = 'honoured = 0 AND (held_until IS NOT NULL OR released_at IS NOT NULL)'

/**
 * Finds what is in the queue, in review or held for a customer. These are few rows, and each kind has its own index.
 */
export class OpenRedemptionQuery implements OpenRedemptions {
  readonly #due
  readonly #nextDue
  readonly #undecided
  readonly #inReview
  readonly #counts
  readonly #honoured
  readonly #held
  readonly #nextHeld
  readonly #keyId: string
  readonly #reader: RedemptionReader

  constructor(database: Database, keyId: string, reader: RedemptionReader) {
    this.#keyId = keyId
    this.#reader = reader
    this.#due = database.prepare(`
      SELECT * FROM ${redemptionsWhere(waiting)}
      WHERE (next_attempt_at <= @now OR next_attempt_at > @beyondAsked
          OR next_attempt_at > @beyond AND ifnull(reason, '') NOT IN (${askedReasons})
          OR @reach = 'settings' AND spent = 0 AND reason IN (${blockedReasons})
          OR @reach = 'all' AND reason IS NOT 'rate-limited')
        AND key_id = @keyId AND use_request_no NOT IN (SELECT value FROM json_each(@except))
      ORDER BY send_rank, next_attempt_at LIMIT @limit`)
    this.#nextDue = database.prepare(
      `SELECT min(next_attempt_at) AS at FROM ${redemptionsWhere(waiting, 'next_attempt_at, key_id')} WHERE key_id = ?`,
    )
    // The + makes SQLite sort the few rows; otherwise it would read the whole table in the order of `id`.
    this.#undecided = database.prepare(`
      SELECT * FROM (${undecided}) WHERE key_id = ? ORDER BY +id`)
    this.#inReview = database.prepare(`
      SELECT * FROM redemption WHERE state = 'review' AND key_id = ?
      ORDER BY ifnull(stake_fen, 0) DESC, recorded_at LIMIT ?`)
    this.#counts = database.prepare(`
      SELECT count(*) FILTER (WHERE key_id = @keyId) AS waiting,
        min(recorded_at) FILTER (WHERE key_id = @keyId) AS oldestAt,
        ${countInReview} AS review,
        count(*) FILTER (WHERE key_id <> @keyId) AS unreadable,
        count(*) FILTER (WHERE key_id = @keyId AND NOT (${goesBack})) + ${countInReview} AS toHandOn
      FROM ${redemptionsWhere(waiting, 'key_id, recorded_at, honoured, held_until, released_at')}`)
    this.#honoured = database.prepare(`
      SELECT count(*) AS count, ifnull(sum(ifnull(stake_fen, @unknownFen)), 0) AS fen,
        count(*) FILTER (WHERE stake_fen IS NULL) AS unknown, min(recorded_at) AS oldestAt
      FROM (${undecided}) WHERE honoured = 1 AND use_request_no <> @except`)
    this.#held = database.prepare(`
      SELECT * FROM redemption
      WHERE held_until IS NOT NULL AND key_id = ? AND length(body_sealed) > 0
      ORDER BY rowid LIMIT ?`)
    this.#nextHeld = database.prepare(`
      SELECT min(held_until) AS at FROM redemption
      WHERE held_until IS NOT NULL AND released_at IS NULL AND key_id = ?`)
  }

  due(
    now: number,
    limit: number,
    except: readonly string[] = [],
    reach: Reach = 'due',
  ): Redemption[] {
    const rows = this.#due.all({
      keyId: this.#keyId,
      now,
      beyond: now + longestWaitMs,
      beyondAsked: now + longestAskedMs,
      except: JSON.stringify(except),
      reach,
      limit,
    })
    return this.#reader.all(rows)
  }

  nextDueAt(): number | null {
    return DueAt.parse(this.#nextDue.get(this.#keyId)).at
  }

  undecided(): Redemption[] {
    return this.#reader.all(this.#undecided.all(this.#keyId))
  }

  inReview(limit: number): Redemption[] {
    return this.#reader.all(this.#inReview.all(this.#keyId, limit))
  }

  honoured(unknownFen: number, except = ''): z.infer<typeof Honoured> {
    return Honoured.parse(this.#honoured.get({ unknownFen, except }))
  }

  held(limit: number): Redemption[] {
    return this.#reader.all(this.#held.all(this.#keyId, limit))
  }

  nextHeldUntil(): number | null {
    return DueAt.parse(this.#nextHeld.get(this.#keyId)).at
  }

  counts(): z.infer<typeof Counts> {
    return Counts.parse(this.#counts.get({ keyId: this.#keyId }))
  }
}
