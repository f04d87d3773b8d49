import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { placesAhead } from '../redemption/send-order.ts'
import { type AuditChain, auditInsertion, headUpsert } from './audit-chain.ts'
import type { Statement } from 'better-sqlite3'
import type { Value } from './column-readers.ts'
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
  'mac',
  'places_ahead',
  'audit_at',
  'audit_event',
  'audit_evidence',
  'audit_link',
  'head_id',
  'head_rows',
  'head_digest',
]
/** Where these stand among the changing columns. */
const at = {
  openid_sealed: changingColumns.indexOf('openid_sealed'),
  source: changingColumns.indexOf('source'),
  cashier: changingColumns.indexOf('cashier'),
  total_fen: changingColumns.indexOf('total_fen'),
  order_no: changingColumns.indexOf('order_no'),
  held_until: changingColumns.indexOf('held_until'),
  recorded_at: changingColumns.indexOf('recorded_at'),
  next_attempt_at: changingColumns.indexOf('next_attempt_at'),
  expires_at: changingColumns.indexOf('expires_at'),
  stock_id: changingColumns.indexOf('stock_id'),
}
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
  readonly #chain: AuditChain
  /** The values of `changingColumns` in a usual recording. */
  readonly #usual: readonly Value[]
  #inARow = maxFreshInARow

  constructor(database: Database, { rows, writer, chain }: RecordingParts) {
    this.#rows = rows
    this.#chain = chain
    const values = rows.changes(blankRedemption)
    this.#usual = values
    const usually = new Map<string, unknown>([
      ...changingColumns.map((column, index) => [column, values[index]] as const),
      ['fresh', 1],
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
      chain.append(redemption.useRequestNo, audit, writer.insert(redemption))
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
      this.#chain.reloadHead()
      throw cause
    }
  }

  #writeUsual(redemption: Redemption, audit: AuditEntry): void {
    const [useRequestNo, keyId, fingerprint, codeTail, sealed] = this.#rows.fixed(redemption)
    const openid = this.#rows.openid(redemption)
    const changes = this.#usual.slice()
    changes[at.openid_sealed] = openid
    changes[at.source] = redemption.source
    changes[at.cashier] = redemption.cashier
    changes[at.total_fen] = redemption.totalFen
    changes[at.order_no] = redemption.orderNo
    changes[at.held_until] = redemption.heldUntil
    changes[at.recorded_at] = redemption.recordedAt
    changes[at.next_attempt_at] = redemption.nextAttemptAt
    changes[at.expires_at] = redemption.expiresAt
    changes[at.stock_id] = redemption.stockId
    const identity = [useRequestNo, keyId, fingerprint, codeTail] as const
    const mac = this.#rows.mac({
      fixed: identity,
      isErased: false,
      changes,
      audited: null,
    })
    // Without the row's digest: nobody can put back an older copy of a row than this one.
    const { event, evidence, link } = this.#chain.next(useRequestNo, audit, null)
    const { id, rows, digest } = this.#chain.head()
    // `#inARow` begins at its limit, because an earlier run may have left fresh rows.
    const isTurn = this.#inARow >= maxFreshInARow
    const statement = isTurn ? this.#recordAndIndex : this.#recordFresh
    // Binding by name, or from an array, would take twice as long.
    statement.run(
      useRequestNo,
      keyId,
      fingerprint,
      codeTail,
      sealed,
      openid,
      redemption.source,
      redemption.cashier,
      redemption.totalFen,
      redemption.orderNo,
      redemption.heldUntil,
      redemption.recordedAt,
      redemption.nextAttemptAt,
      redemption.expiresAt,
      redemption.stockId,
      mac,
      placesAhead(redemption),
      audit.at,
      event,
      evidence,
      link,
      id,
      rows,
      digest,
    )
    // Counted only after the write: a statement that failed has indexed nothing.
    this.#inARow = isTurn ? 0 : this.#inARow + 1
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
