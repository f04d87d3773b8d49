import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { placesAhead } from '../redemption/send-order.ts'
import { type AuditChain, auditInsertion, headUpsert } from './audit-chain.ts'
import type { Statement } from 'better-sqlite3'
import type { Database } from './database.ts'
import { maxFreshInARow, indexFreshRows } from './fresh-rows.ts'
import {
  changingColumns,
  columnsOf,
  fixedColumns,
  type RedemptionRow,
  blankRedemption,
} from './redemption-row.ts'
import { redemptionInsertion } from './redemption-statements.ts'
import type { RedemptionWriter } from './redemption-writer.ts'

/**
 * The fields, beside the fixed ones, that differ from one recording to the next. `#writeUsual` binds them in this
 * order.
 */
const differing = [
  'openid',
  'source',
  'cashier',
  'totalFen',
  'orderNo',
  'heldUntil',
  'recordedAt',
  'nextAttemptAt',
  'expiresAt',
  'stockId',
] as const
const fixed = ['useRequestNo', 'couponCode', 'body'] as const
const differs: ReadonlySet<string> = new Set<keyof Redemption>([...fixed, ...differing])
/** The columns of the view: of the redemption, its audit row and the head of the chain. */
const names = [
  ...fixedColumns,
  ...columnsOf(differing),
  'places_ahead',
  'audit_at',
  'audit_event',
  'audit_evidence',
  'audit_link',
  'head_id',
  'head_rows',
  'head_digest',
]
/** The fields that have the same value in every recording; the statement contains them as literals. */
const same = Object.entries(blankRedemption).filter(([field]) => !differs.has(field))

interface RecordingParts {
  readonly rows: RedemptionRow
  readonly writer: RedemptionWriter
  readonly chain: AuditChain
}

/**
 * Records a scan as fast as SQLite can. One statement, which is a transaction by itself, inserts into a temporary view,
 * and the view's trigger writes the redemption, its audit row and the head of the chain. Beginning and committing a
 * transaction of three statements would cost more than writing a page, and so would binding twenty values that never
 * differ.
 */
export class Recording {
  readonly #recordFresh
  readonly #recordAndIndex
  readonly #insertAny
  readonly #rows: RedemptionRow
  readonly #writer: RedemptionWriter
  readonly #chain: AuditChain
  readonly #database: Database
  #inARow = maxFreshInARow

  constructor(database: Database, { rows, writer, chain }: RecordingParts) {
    this.#rows = rows
    this.#writer = writer
    this.#chain = chain
    this.#database = database
    const values = rows.changes(blankRedemption)
    const usually = new Map<string, unknown>([
      ...changingColumns.map((column, at) => [column, values[at]] as const),
      ['fresh', 1],
      // Computed with the row's first change, or when it enters the indexes: a cashier waits here.
      ['mac', null],
    ])
    const insertion = redemptionInsertion((column) =>
      names.includes(column) ? `new.${column}` : literal(usually.get(column)),
    )
    const statement = (name: string, before: string): Statement => {
      database.exec(`
        CREATE TEMP VIEW ${name} AS SELECT ${names.map((column) => `NULL AS ${column}`).join()};
        CREATE TEMP TRIGGER ${name}_all INSTEAD OF INSERT ON ${name} BEGIN
          ${before}
          ${insertion};
          ${auditInsertion('new.key_id, new.use_request_no, new.audit_at, new.audit_event, new.audit_evidence, new.audit_link, NULL')};
          ${headUpsert('new.head_id, new.key_id, new.head_rows, new.head_digest')};
        END`)
      return database.prepare(`INSERT INTO ${name} VALUES (${names.map(() => '?').join()})`)
    }
    this.#recordFresh = statement('recording', '')
    this.#recordAndIndex = statement('recording_with_index', `${indexFreshRows};`)
    this.#insertAny = chain.transaction((redemption: Redemption, audit: AuditEntry) => {
      chain.append(redemption.useRequestNo, audit, writer.insert(redemption, audit.at))
    })
  }

  /** Writes a new redemption with its audit row. Throws what SQLite throws, and then nothing is written. */
  write(redemption: Redemption, audit: AuditEntry): void {
    if (!isUsual(redemption)) {
      this.#insertAny(redemption, audit)
      return
    }
    try {
      this.#writeUsual(redemption, audit)
    } catch (cause) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      this.#chain.reloadHead()
      throw cause
    }
  }

  #writeUsual(redemption: Redemption, audit: AuditEntry): void {
    const [useRequestNo, keyId, fingerprint, codeTail, sealed] = this.#rows.fixed(redemption)
    const { event, evidence, link } = this.#chain.next(useRequestNo, audit, null)
    const { id, rows, digest } = this.#chain.head()
    // `#inARow` begins at its limit, because an earlier run may have left fresh rows.
    const isTurn = this.#inARow >= maxFreshInARow
    const statement = isTurn ? this.#recordAndIndex : this.#recordFresh
    if (isTurn) {
      this.#database.exec('BEGIN IMMEDIATE')
      this.#writer.bindFresh()
    }
    // Binding by name, or from an array, would take twice as long.
    statement.run(
      useRequestNo,
      keyId,
      fingerprint,
      codeTail,
      sealed,
      this.#rows.openid(redemption),
      redemption.source,
      redemption.cashier,
      redemption.totalFen,
      redemption.orderNo,
      redemption.heldUntil,
      redemption.recordedAt,
      redemption.nextAttemptAt,
      redemption.expiresAt,
      redemption.stockId,
      placesAhead(redemption),
      audit.at,
      event,
      evidence,
      link,
      id,
      rows,
      digest,
    )
    if (isTurn) this.#database.exec('COMMIT')
    // Counted only after the write: a statement that failed has indexed nothing.
    this.#inARow = isTurn ? 0 : this.#inARow + 1
    this.#chain.appended.tell()
  }
}

function isUsual(redemption: Redemption): boolean {
  return same.every(([field, value]) => Reflect.get(redemption, field) === value)
}

function literal(value: unknown): string | number {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return value
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  throw new TypeError('a value of every new redemption has no SQL literal')
}
