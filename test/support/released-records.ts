import Database from 'better-sqlite3'
import { z } from 'zod'
import type { AuditEntry } from '../../main/redemption/audit-entry.ts'
import { AuditChain } from '../../main/store/audit-chain.ts'
import { createSealing } from '../../main/store/sealing.ts'
import { releasedSchema } from './released-schemas.ts'
import { tenYuanOff } from './scripted-till.ts'
import { testDataKey } from './test-data-key.ts'

const Columns = z.array(z.object({ name: z.string() }))

/** When each of them was recorded, and when it was settled, in epoch milliseconds. */
export const recordedAt = 1_795_430_000_000
export const settledAt = recordedAt + 60_000
export const stockId = tenYuanOff.stockId

type Columned = Readonly<Record<string, string | number | null>>

/** What a till that knows version `version` of the schema has in its records, by number. */
function rowsOf(version: number): Readonly<Record<string, Columned>> {
  const settled = { settled_at: settledAt, next_attempt_at: null, in_flight: 0 }
  const redeemed = { ...settled, state: 'redeemed', reason: 'redeemed', stock_id: stockId }
  const given = { given_at: settledAt, given_by: '小王', given_fen: null }
  const resolved = { ...settled, state: 'resolved', reason: 'used-elsewhere' }
  const back = { return_request_no: 'R-1' }
  // What was said of a return, and how a review ended, stood in the reason before.
  const isApart = version >= 7
  return {
    waiting: {
      state: 'pending',
      attempts: 2,
      uncertain: 1,
      reason: 'no-connection',
      spent: 1,
      waited_ms: 2000,
      total_fen: 9000,
      send_rank: 1,
      order_no: 'O-1',
      held_until: recordedAt + 600_000,
    },
    redeemed: { ...redeemed, ...given },
    honoured: { ...redeemed, ...given, honoured: 1, stake_fen: 700, given_fen: 700 },
    open: { ...settled, state: 'review', reason: 'service-error', honoured: 1, stake_fen: 500 },
    loss: { ...resolved, resolution: 'loss', given_by: 'Li' },
    confirmed: isApart
      ? {
          ...redeemed,
          reason: 'confirmed-by-person',
          resolution: 'confirmed',
          given_at: settledAt,
          given_by: 'Li',
          stock_id: null,
        }
      : resolved,
    handedOver: { ...resolved, reason: 'handed-over', hand_overs: 1 },
    ...(version >= 2 && {
      returning: { ...redeemed, ...given, ...back, state: 'returning', next_attempt_at: settledAt },
      notReturned: {
        ...redeemed,
        ...given,
        return_request_no: 'R-2',
        ...(isApart
          ? { return_reason: 'return-not-done', return_refused_at: settledAt }
          : { reason: 'no-permission' }),
      },
    }),
  }
}

const ends: Readonly<Record<string, AuditEntry>> = {
  loss: resolvedBy('loss'),
  confirmed: resolvedBy('confirmed'),
  handedOver: { at: settledAt, event: 'handed-over', evidence: null },
}

function resolvedBy(how: 'loss' | 'confirmed'): AuditEntry {
  return { at: settledAt, event: 'resolved', evidence: { by: 'Li', how, why: 'seen' } }
}

/** Of the row with this number. */
export function codeOf(useRequestNo: string): string {
  return `CODE-${useRequestNo}`
}

/** A file as a till left it that knew no more than this version of the schema: with rows in every table of its own. */
export function writeReleasedFile(file: string, version: number): void {
  const database = new Database(file)
  // Nothing is lost with it that a test would miss.
  database.pragma('synchronous = OFF')
  database.exec(releasedSchema(version))
  const sealing = createSealing(testDataKey)
  // The chain writes this column, which came later; its content is the same without it.
  const hasRowMac = version >= 10
  if (!hasRowMac) database.exec('ALTER TABLE audit_trail ADD COLUMN row_mac BLOB')
  const chain = new AuditChain(database, sealing)
  const seal = (no: string, place: string, plain: Buffer) =>
    sealing.seal(`redemption ${no} ${place}`, plain)

  const record = chain.transaction((useRequestNo: string, row: Columned) => {
    const code = Buffer.from(codeOf(useRequestNo))
    const body = Buffer.from(JSON.stringify({ coupon_code: codeOf(useRequestNo) }))
    put('redemption', {
      use_request_no: useRequestNo,
      key_id: sealing.keyId,
      source: 'scanned',
      code_fingerprint: sealing.fingerprint(codeOf(useRequestNo)),
      code_tail: 'tail',
      body_sealed: seal(useRequestNo, 'body', Buffer.concat([Buffer.of(code.length), code, body])),
      openid_sealed: seal(useRequestNo, 'openid', Buffer.from('o-1')),
      attempts: 1,
      in_flight: 1,
      uncertain: 0,
      honoured: 0,
      reason: null,
      recorded_at: recordedAt,
      settled_at: null,
      next_attempt_at: recordedAt,
      stock_id: null,
      cashier: '小王',
      ...row,
      ...('return_request_no' in row && {
        return_sealed: seal(useRequestNo, 'return', Buffer.from('{}')),
      }),
    })
    chain.append(useRequestNo, { at: recordedAt, event: 'recorded', evidence: null })
    const end = ends[useRequestNo]
    if (end) chain.append(useRequestNo, end)
  })
  for (const [useRequestNo, row] of Object.entries(rowsOf(version))) record(useRequestNo, row)

  put('stock', { stock_id: stockId, view: JSON.stringify(tenYuanOff), fetched_at: recordedAt })
  put('hand_over', { at: settledAt, count: 1, sealed: Buffer.from('sealed') })
  put('history_progress', { taken: 0 })
  put('day_summed', { day: 1 })
  put('staff', {
    id: 's1',
    name: '李强',
    role: 'owner',
    wrong_pins: 0,
    locked_until: null,
    is_active: 1,
    pin_sealed: sealing.seal('staff s1 owner', Buffer.from('a hash')),
  })
  put('setting', {
    name: 'shop',
    sealed: sealing.seal('setting shop', Buffer.from('{"holdMinutes":7}')),
  })
  put('stock_choice', { among: '12 13', stock_id: '13' })
  put('lost_time', { at: settledAt, how: 'restored' })
  database.pragma(`user_version = ${version}`)
  if (!hasRowMac) database.exec('ALTER TABLE audit_trail DROP COLUMN row_mac')
  database.close()

  /** As far as this version has the table, and its columns. */
  function put(table: string, values: Readonly<Record<string, unknown>>): void {
    const known = Columns.parse(database.pragma(`table_info(${table})`))
    const columns = known.flatMap(({ name }) => (name in values ? [name] : []))
    if (columns.length === 0) return
    const insert = `INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`
    database.prepare(insert).run(columns.map((column) => values[column]))
  }
}
