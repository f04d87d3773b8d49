import type { AuditEntry } from '../redemption/audit-entry.ts'
import { newRedemption, type Redemption } from '../redemption/redemption.ts'
import { placesAhead } from '../redemption/send-order.ts'
import { type AuditChain, auditInsertion, headUpsert } from './audit-chain.ts'
import type { Statement } from 'better-sqlite3'
import type { Database } from './database.ts'
import { freshInARow, indexAll } from './fresh-rows.ts'
import type { RedemptionRow } from './redemption-row.ts'
import { redemptionInsertion } from './redemption-columns.ts'
import type { RedemptionWriter } from './redemption-writer.ts'

/** What differs from one recording to the next, by the name of its binding and in the order of `write`. */
const names = [
  'useRequestNo',
  'keyId',
  'codeFingerprint',
  'codeTail',
  'bodySealed',
  'openidSealed',
  'source',
  'cashier',
  'totalFen',
  'orderNo',
  'heldUntil',
  'recordedAt',
  'nextAttemptAt',
  'expiresAt',
  'stockId',
  'placesAhead',
  'at',
  'event',
  'evidence',
  'link',
  'headId',
  'rows',
  'digest',
]
const differing: ReadonlySet<string> = new Set<keyof Redemption>([
  'useRequestNo',
  'couponCode',
  'body',
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
])

/** Stands for every redemption at its recording: what does not differ is in the statement itself. */
const usual = newRedemption({
  useRequestNo: '',
  couponCode: '',
  source: 'scanned',
  body: new Uint8Array(0),
  recordedAt: 0,
})
const same = Object.entries(usual).filter(([field]) => !differing.has(field))

interface RecordingParts {
  readonly rows: RedemptionRow
  readonly writer: RedemptionWriter
  readonly chain: AuditChain
}

/**
 * Records a scan: the redemption, its audit row and the head of the chain by one statement, which is a transaction by
 * itself; a trigger of this connection, in no file, makes three of it. To begin, to commit and to run each by itself
 * costs more than to write a page, and so do twenty values that are bound anew although they never differ.
 */
export class Recording {
  readonly #recordFresh
  readonly #recordAndIndex
  readonly #insertAny
  readonly #rows: RedemptionRow
  readonly #chain: AuditChain
  #inARow = freshInARow

  constructor(database: Database, { rows, writer, chain }: RecordingParts) {
    this.#rows = rows
    this.#chain = chain
    const usualValues: Record<string, unknown> = { ...rows.changes(usual), fresh: 1 }
    const insertion = redemptionInsertion((name) =>
      names.includes(name) ? `new.${name}` : literal(usualValues[name]),
    )
    const statement = (name: string, before: string): Statement => {
      database.exec(`
        CREATE TEMP VIEW ${name} AS SELECT ${names.map((column) => `NULL AS ${column}`).join()};
        CREATE TEMP TRIGGER ${name}_all INSTEAD OF INSERT ON ${name} BEGIN
          ${before}
          ${insertion};
          ${auditInsertion('new.keyId, new.useRequestNo, new.at, new.event, new.evidence, new.link')};
          ${headUpsert('new.headId, new.keyId, new.rows, new.digest')};
        END`)
      return database.prepare(`INSERT INTO ${name} VALUES (${names.map(() => '?').join()})`)
    }
    this.#recordFresh = statement('recording', '')
    this.#recordAndIndex = statement('recording_with_index', `${indexAll};`)
    this.#insertAny = chain.transaction((redemption: Redemption, audit: AuditEntry) => {
      writer.insert(redemption)
      chain.append(redemption.useRequestNo, audit)
    })
  }

  write(redemption: Redemption, audit: AuditEntry): void {
    if (!isUsual(redemption)) {
      this.#insertAny(redemption, audit)
      return
    }
    try {
      this.#writeUsual(redemption, audit)
    } catch (cause) {
      this.#chain.forget()
      throw cause
    }
  }

  #writeUsual(redemption: Redemption, audit: AuditEntry): void {
    const { useRequestNo } = redemption
    const { keyId, codeFingerprint, codeTail, bodySealed } = this.#rows.fixed(redemption)
    const { evidence, link } = this.#chain.next(useRequestNo, audit)
    const { id, rows, digest } = this.#chain.head()
    // Of a program before this one it is not known how many it left.
    const isTurn = this.#inARow >= freshInARow
    const statement = isTurn ? this.#recordAndIndex : this.#recordFresh
    // One by one, by their place: bound by name, or gathered first, they take twice as long.
    statement.run(
      useRequestNo,
      keyId,
      codeFingerprint,
      codeTail,
      bodySealed,
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
      audit.event,
      evidence,
      link,
      id,
      rows,
      digest,
    )
    // Not before it is written: one that failed has indexed nothing.
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
  throw new TypeError('no literal for what every redemption is recorded with')
}
