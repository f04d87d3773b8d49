import { z } from 'zod'
import type { Resolution } from '../contract/redemption-view.ts'
import type { AuditEntry, AuditEvent } from '../redemption/audit-entry.ts'
import type { JournalKind, JournalOutbox, JournalRecord } from '../redemption/journal.ts'
import type { PersonOrder } from '../redemption/note.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { stockIn } from '../redemption/sent-request.ts'
import type { AuditChain } from './audit-chain.ts'
import { nameInFile, nameInProgram } from './audit-names.ts'
import type { Database } from './database.ts'
import type { RedemptionReader } from './redemption-reader.ts'
import type { Sealing } from './sealing.ts'
import { SettingTable } from './setting-table.ts'

const Row = z.object({
  id: z.number(),
  at: z.number(),
  use_request_no: z.string(),
  event: z.string(),
  /** Of a `told` row alone: what was to be deducted, in fen. */
  deduct: z.number().nullable(),
  /** What somebody, or a rule in their place, decided. */
  how: z.string().nullable(),
  link: z.instanceof(Uint8Array),
})
const Rows = z.array(Row)
const Id = z.number().nullish()
const Cursor = z.int().nonnegative()
const Shop = z.string().nullish()

/** The events that are transitions of a coupon, with their names in the journal. All others concern this till alone. */
const kinds = new Map<AuditEvent, JournalKind>([
  ['recorded', 'recorded'],
  ['recorded-not-sent', 'recorded'],
  ['told', 'given'],
  ['honoured', 'honoured'],
  ['redeemed', 'redeemed'],
  ['refused', 'refused'],
  ['review', 'review'],
  ['returning', 'returning'],
  ['returned', 'returned'],
  ['return-refused', 'return-refused'],
  ['released', 'released'],
  ['cancelled', 'cancelled'],
  ['resolved', 'resolved'],
  // WeChat Pay was asked, and a person still has to decide.
  ['looked-up', 'review'],
  ['sent-again', 'sent-again'],
  ['handed-over', 'handed-over'],
  ['taken-over', 'taken-over'],
])

const decided = new Map<string | null, Resolution>([
  ['confirmed', 'confirmed'],
  ['loss', 'loss'],
  ['not-redeemed', 'not-redeemed'],
])

const joined: AuditEvent = 'chain-joined'

/**
 * The journal of a till in a shop of several: the audit trail, which has every transition once, in order and in the transaction of
 * the change, read from where the shop's server has acknowledged it. So a scan writes nothing more, nothing grows while the server
 * is away, and the chain of digests that guards the trail guards this too (docs/decisions/0061-a-shop-of-tills.md).
 */
export class JournalCursor implements JournalOutbox {
  readonly #chain: AuditChain
  readonly #reader: RedemptionReader
  readonly #cursor: SettingTable<number>
  readonly #rows
  readonly #redemption
  readonly #joinedAt
  readonly #joinedShop
  readonly #lastId
  readonly #begin
  readonly #keyId: string
  /** Nothing up to here is a transition, so that the attempts of a long outage are not looked at each time. */
  #nothingUpTo = 0

  constructor(
    database: Database,
    sealing: Sealing,
    { chain, reader }: { readonly chain: AuditChain; readonly reader: RedemptionReader },
  ) {
    this.#chain = chain
    this.#reader = reader
    this.#keyId = sealing.keyId
    this.#cursor = new SettingTable<number>(database, sealing, 'journal')
    const names = [...kinds.keys()].filter((event) => event !== 'told').map(quoted)
    // What was told is a transition where a discount was to be given, or taken back under another total.
    this.#rows = database.prepare(`
      SELECT id, at, use_request_no, event, link, evidence ->> '$.how' AS how,
        CASE WHEN event <> 'told' THEN NULL
          WHEN evidence ->> '$.verdict.instruction' = 'give' THEN evidence ->> '$.verdict.deductFen'
          ELSE 0 END AS deduct
      FROM audit WHERE key_id = ? AND id > ? AND use_request_no <> '' AND (event IN (${names.join()})
        OR (event = 'told' AND (evidence ->> '$.verdict.instruction' = 'give'
          OR evidence ->> '$.verdict.reason' IN ('redeemed-below-threshold', 'redeemed-nothing-left'))))
      ORDER BY id LIMIT ?`)
    this.#redemption = database.prepare(
      'SELECT * FROM redemption WHERE use_request_no = ? AND key_id = ?',
    )
    this.#joinedAt = database
      .prepare(`SELECT max(id) FROM audit WHERE key_id = ? AND event = ${quoted(joined)}`)
      .pluck()
    this.#joinedShop = database
      .prepare(`
        SELECT evidence ->> '$.shop' FROM audit WHERE key_id = ? AND event = ${quoted(joined)}
        ORDER BY id DESC LIMIT 1`)
      .pluck()
    this.#lastId = database.prepare('SELECT max(id) FROM audit WHERE key_id = ?').pluck()
    this.#begin = chain.transaction((audit: AuditEntry) => {
      chain.append('', audit)
      this.#cursor.write(this.#end())
    })
  }

  /**
   * The till is with a shop: its journal begins here, unless it has begun with the same one before. `by`: who had it join, where a person did.
   * What was recorded before, alone or in another shop, is no part of it: it would count here what was given elsewhere. What a till
   * records while this shop does not know it is, because no other shop is told of it.
   */
  begin(shop: string, { at, by }: { readonly at: number; readonly by: PersonOrder | null }): void {
    const before = Shop.parse(this.#joinedShop.get(this.#keyId)) ?? null
    if (this.#acknowledged() !== null && (before === null || before === shop)) return
    this.#nothingUpTo = 0
    this.#begin({ at, event: joined, evidence: { ...by, shop } })
  }

  next(limit: number): readonly JournalRecord[] {
    const from = this.#acknowledged()
    if (from === null) return []
    const end = this.#end()
    const rows = Rows.parse(this.#rows.all(this.#keyId, Math.max(from, this.#nothingUpTo), limit))
    if (rows.length === 0) this.#nothingUpTo = end
    return rows.map((row) => this.#recordOf(row))
  }

  acknowledge(upTo: number): void {
    const from = this.#acknowledged()
    // An acknowledgement from before a restore may be of rows that this file does not have.
    if (from !== null && upTo > from) this.#cursor.write(Math.min(upTo, this.#end()))
  }

  onAdded(listener: () => void): () => void {
    return this.#chain.appended.onAppended(listener)
  }

  /**
   * Up to where the server has acknowledged; `null` for a till that never joined. Without its mark, which somebody may have
   * deleted, everything since the till joined counts as not acknowledged: it is recognised there by its id.
   */
  #acknowledged(): number | null {
    const kept = Cursor.safeParse(this.#cursor.read())
    return kept.success ? kept.data : (Id.parse(this.#joinedAt.get(this.#keyId)) ?? null)
  }

  #end(): number {
    return Id.parse(this.#lastId.get(this.#keyId)) ?? 0
  }

  #recordOf(row: z.infer<typeof Row>): JournalRecord {
    const { id, at, use_request_no: useRequestNo, link } = row
    const event = nameInProgram(row.event)
    const kind = isAuditEvent(event) ? kinds.get(event) : undefined
    if (kind === undefined) throw new Error(`${event} is no transition of a coupon`)
    const isRenewed = kind === 'cancelled' && row.how === null
    const redemption = this.#reader.one(this.#redemption.get(useRequestNo, this.#keyId))
    return {
      sequence: id,
      id: Buffer.from(link).toString('hex'),
      at,
      kind: isRenewed ? 'renewed' : kind,
      useRequestNo,
      ...(redemption === null ? unreadable : knownOf(redemption)),
      ...(kind === 'given' && { discountFen: row.deduct }),
      // Of a return that was decided the redemption's own resolution says nothing.
      ...(kind === 'resolved' &&
        decided.has(row.how) && { resolution: decided.get(row.how) ?? null }),
    }
  }
}

type Known = Pick<
  JournalRecord,
  'couponCode' | 'stockId' | 'batch' | 'honoured' | 'discountFen' | 'reason' | 'resolution'
>

/** Of a row that is damaged, or was erased. */
const unreadable: Known = {
  couponCode: null,
  stockId: null,
  batch: null,
  honoured: false,
  discountFen: null,
  reason: null,
  resolution: null,
}

function knownOf({
  couponCode,
  body,
  stockId,
  honoured,
  honouredValueFen,
  given,
  reason,
  resolution,
}: Redemption): Known {
  return {
    couponCode: body.length === 0 ? null : couponCode,
    stockId: stockIn(body),
    batch: stockId,
    honoured,
    discountFen: given?.fen ?? honouredValueFen,
    reason,
    resolution,
  }
}

function quoted(event: AuditEvent): string {
  return `'${nameInFile(event)}'`
}

function isAuditEvent(name: string): name is AuditEvent {
  return [...kinds.keys()].some((event) => event === name)
}
