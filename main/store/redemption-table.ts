import { z } from 'zod'
import { longestAskedMs, longestWaitMs } from '../redemption/back-off.ts'
import { type Reason, familyOf, reasons } from '../contract/reason.ts'
import { RedemptionState, Resolution } from '../contract/redemption-view.ts'
import type { Reach } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { Sibling, Standing } from '../redemption/take-over.ts'
import type { Database } from './database.ts'
import { indexAll, redemptionsWhere } from './fresh-rows.ts'
import { RedemptionRow, standingOf } from './redemption-row.ts'
import { redemptionInsertion, setChanging } from './redemption-columns.ts'
import type { Sealing } from './sealing.ts'

const Counts = z.object({
  waiting: z.number(),
  oldestAt: z.number().nullable(),
  review: z.number(),
  unreadable: z.number(),
})
const DueAt = z.object({ at: z.number().nullable() })
const Open = z.object({
  count: z.number(),
  fen: z.number(),
  oldestAt: z.number().nullable(),
})

const Siblings = z.array(
  z.object({
    useRequestNo: z.string(),
    state: RedemptionState,
    reason: z.enum(reasons).nullable(),
    resolution: Resolution.nullable(),
    stockId: z.string().nullable(),
    settledAt: z.number().nullable(),
  }),
)

/** What was tried alone under such a reason has spent something, and has its own back-off. */
const blockedReasons = reasons
  .filter((reason) => familyOf(reason) === 'blocked')
  .map((reason) => `'${reason}'`)
  .join()
/** An answer may have asked for more time than the till takes by itself. */
const askedReasons = [
  ...(['rate-limited', 'service-error', 'answer-not-final'] as const),
  ...(['answer-not-verified', 'reply-key-unknown'] as const),
]
  .map((reason: Reason) => `'${reason}'`)
  .join()
const waiting = "state IN ('pending', 'returning')"
/**
 * Of several under one code: before all what holds the coupon, may hold it (here or at another till that was given it), or
 * was given for it; one taken over, and refused, may stand behind it. Then the row counts and not the time: a clock set
 * back does not make an older row the newest. As CASE, and with nothing else in what is sorted: in lists, and with whole
 * rows, it takes three times as long.
 */
const claim = `CASE
  WHEN state = 'redeemed' THEN 4
  WHEN state = 'pending' OR state = 'returning' OR state = 'review' OR resolution IS 'loss' THEN 2
  ELSE 0 END + (reason IS 'handed-over')`
const openOnes = `
  SELECT * FROM ${redemptionsWhere(waiting)}
  UNION ALL SELECT rowid AS id, * FROM redemption WHERE state = 'review'`

export class RedemptionTable {
  readonly #insert
  readonly #indexAll
  readonly #update
  readonly #byNumber
  readonly #byCode
  readonly #due
  readonly #nextDue
  readonly #recent
  readonly #unsettled
  readonly #inReview
  readonly #counts
  readonly #openHonoured
  readonly #held
  readonly #nextHeld
  readonly #siblings
  readonly #replace
  readonly #standing
  readonly #setAside
  readonly #sealing: Sealing
  readonly #rows: RedemptionRow

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#rows = new RedemptionRow(sealing)
    this.#insert = database.prepare(
      redemptionInsertion((binding) => (binding === 'fresh' ? 0 : `@${binding}`)),
    )
    this.#indexAll = database.prepare(indexAll)
    // Number, code and body are not in it: they are fixed for ever. The place in the queue counts from the row's own.
    this.#update = database.prepare(`
      UPDATE redemption SET ${setChanging} WHERE use_request_no = @useRequestNo`)
    this.#byNumber = database.prepare(
      'SELECT * FROM redemption WHERE use_request_no = ? AND key_id = ?',
    )
    const ofCode = `code_fingerprint = @fingerprint AND key_id = @keyId
      AND (@stockId IS NULL OR ifnull(stock_id, @stockId) = @stockId)`
    this.#byCode = database.prepare(`
      SELECT * FROM redemption WHERE rowid = (
        SELECT id FROM ${redemptionsWhere(ofCode, `${claim} AS claim`)}
        ORDER BY claim DESC, id DESC LIMIT 1)`)
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
    this.#recent = database.prepare(
      'SELECT * FROM redemption WHERE key_id = ? ORDER BY rowid DESC LIMIT ?',
    )
    // The + keeps SQLite from reading every row in its order to spare the sorting.
    this.#unsettled = database.prepare(`
      SELECT * FROM (${openOnes}) WHERE key_id = ? ORDER BY +id`)
    this.#inReview = database.prepare(`
      SELECT * FROM redemption WHERE state = 'review' AND key_id = ?
      ORDER BY ifnull(stake_fen, 0) DESC, recorded_at LIMIT ?`)
    this.#counts = database.prepare(`
      SELECT count(*) FILTER (WHERE key_id = @keyId) AS waiting,
        min(recorded_at) FILTER (WHERE key_id = @keyId) AS oldestAt,
        (SELECT count(*) FROM redemption WHERE state = 'review') AS review,
        count(*) FILTER (WHERE key_id <> @keyId) AS unreadable
      FROM ${redemptionsWhere(waiting, 'key_id, recorded_at')}`)
    this.#openHonoured = database.prepare(`
      SELECT count(*) AS count, ifnull(sum(ifnull(stake_fen, @unknownFen)), 0) AS fen,
        min(recorded_at) AS oldestAt
      FROM (${openOnes}) WHERE honoured = 1 AND use_request_no <> @except`)
    this.#held = database.prepare(`
      SELECT * FROM redemption
      WHERE held_until IS NOT NULL AND key_id = ? AND length(body_sealed) > 0
      ORDER BY rowid LIMIT ?`)
    this.#nextHeld = database.prepare(`
      SELECT min(held_until) AS at FROM redemption
      WHERE held_until IS NOT NULL AND released_at IS NULL AND key_id = ?`)
    this.#siblings = database.prepare(`
      SELECT use_request_no AS useRequestNo, state, reason, resolution, stock_id AS stockId,
        settled_at AS settledAt
      FROM ${redemptionsWhere('code_fingerprint = @fingerprint')}
      WHERE key_id = @keyId AND use_request_no <> @useRequestNo ORDER BY id`)
    this.#standing = database.prepare(`
      SELECT state, reason, hand_overs, attempts, honoured, stake_fen, given_at, given_by, given_fen
      FROM redemption WHERE use_request_no = ?`)
    // With what is fixed otherwise: it may have been erased meanwhile, or sealed under a key that is lost.
    this.#replace = database.prepare(`
      UPDATE redemption SET key_id = @keyId, code_fingerprint = @codeFingerprint, code_tail = @codeTail,
        body_sealed = @bodySealed, ${setChanging} WHERE use_request_no = @useRequestNo`)
    this.#setAside = database.prepare(
      "UPDATE redemption SET key_id = 'damaged' WHERE use_request_no = ?",
    )
  }

  insert(redemption: Redemption): void {
    // Or fresh ones would not be among the newest any more.
    this.#indexAll.run()
    this.#insert.run(this.#rows.bindings(redemption))
  }

  update(redemption: Redemption): void {
    const { changes } = this.#update.run(this.#rows.changes(redemption))
    if (changes !== 1) throw new Error(`${redemption.useRequestNo}: no such redemption`)
  }

  /** Writes a row anew that another till hands back. */
  replace(redemption: Redemption): void {
    const { changes } = this.#replace.run(this.#rows.bindings(redemption))
    if (changes !== 1) throw new Error(`${redemption.useRequestNo}: no such redemption`)
  }

  /** What is known of a number without opening its row, under whatever key. */
  standing(useRequestNo: string): Standing | undefined {
    const row = this.#standing.get(useRequestNo)
    return row === undefined ? undefined : standingOf(row)
  }

  siblings({
    useRequestNo,
    couponCode,
  }: Pick<Redemption, 'useRequestNo' | 'couponCode'>): Sibling[] {
    const { keyId } = this.#sealing
    return Siblings.parse(
      this.#siblings.all({
        fingerprint: this.#sealing.fingerprint(couponCode),
        keyId,
        useRequestNo,
      }),
    )
  }

  find(useRequestNo: string): Redemption | undefined {
    return this.#one(this.#byNumber.get(useRequestNo, this.#sealing.keyId))
  }

  findByCode(couponCode: string, stockId: string | null): Redemption | undefined {
    const { keyId } = this.#sealing
    const fingerprint = this.#sealing.fingerprint(couponCode)
    return this.#one(this.#byCode.get({ fingerprint, keyId, stockId }))
  }

  due(now: number, limit: number, except: readonly string[], reach: Reach): Redemption[] {
    const rows = this.#due.all({
      keyId: this.#sealing.keyId,
      now,
      beyond: now + longestWaitMs,
      beyondAsked: now + longestAskedMs,
      except: JSON.stringify(except),
      reach,
      limit,
    })
    return this.#readable(rows)
  }

  nextDueAt(): number | undefined {
    return DueAt.parse(this.#nextDue.get(this.#sealing.keyId)).at ?? undefined
  }

  recent(limit: number): Redemption[] {
    return this.#readable(this.#recent.all(this.#sealing.keyId, limit))
  }

  unsettled(): Redemption[] {
    return this.#readable(this.#unsettled.all(this.#sealing.keyId))
  }

  inReview(limit: number): Redemption[] {
    return this.#readable(this.#inReview.all(this.#sealing.keyId, limit))
  }

  counts(): z.infer<typeof Counts> {
    return Counts.parse(this.#counts.get({ keyId: this.#sealing.keyId }))
  }

  openHonoured(unknownFen: number, except: string): z.infer<typeof Open> {
    return Open.parse(this.#openHonoured.get({ unknownFen, except }))
  }

  held(limit: number): Redemption[] {
    return this.#readable(this.#held.all(this.#sealing.keyId, limit))
  }

  nextHeldUntil(): number | null {
    return DueAt.parse(this.#nextHeld.get(this.#sealing.keyId)).at
  }

  #one(row: unknown): Redemption | undefined {
    return row === undefined ? undefined : this.#readable([row])[0]
  }

  /** A row that does not open is kept, counted as unreadable and stands in nobody's way. */
  #readable(rows: readonly unknown[]): Redemption[] {
    return rows.flatMap((row) => {
      const read = this.#rows.read(row)
      if (read.ok) return [read.value]
      this.#setAside.run(read.error.useRequestNo)
      return []
    })
  }
}
