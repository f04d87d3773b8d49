import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { migrate } from '../../../main/store/migrate.ts'
import {
  changingColumns,
  fixedColumns,
  RedemptionRow,
  sealedColumns,
  blankRedemption,
} from '../../../main/store/redemption-row.ts'
import { createSealing } from '../../../main/store/sealing.ts'
import { testDataKey } from '../../support/test-data-key.ts'

const Columns = z.array(z.object({ name: z.string(), type: z.string() }))

/** Of the row itself. */
const digests = ['mac', 'mac_audited']

/** As the migrations leave the table. */
function columns(): z.infer<typeof Columns> {
  const database = new Database(':memory:')
  migrate(database)
  return Columns.parse(database.pragma('table_info(redemption)'))
}

test('each column belongs to one field, but for what the queue, the indexes and the digests make of it', () => {
  const known = [...fixedColumns, ...changingColumns, 'send_rank', 'fresh', ...digests]
  expect(known.toSorted()).toEqual(
    columns()
      .map(({ name }) => name)
      .toSorted(),
  )
})

test('whatever is sealed is erased after its time', () => {
  const sealed = columns().flatMap(({ name, type }) => (type === 'BLOB' ? [name] : []))
  expect([...sealedColumns, 'body_sealed', 'code_fingerprint', ...digests].toSorted()).toEqual(
    sealed.toSorted(),
  )
})

test('a row that holds what no till writes is no row under another key', () => {
  const rows = new RedemptionRow(createSealing(testDataKey))
  const [use_request_no, key_id, code_fingerprint, code_tail, body_sealed] =
    rows.fixed(blankRedemption)
  const values = rows.changes(blankRedemption)
  const row = {
    use_request_no,
    key_id,
    code_fingerprint,
    code_tail,
    body_sealed,
    // As in a file from before there were digests; the sealed parts are bound to the row all the same.
    mac: null,
    mac_audited: null,
    ...Object.fromEntries(changingColumns.map((column, at) => [column, values[at]])),
  }
  expect(rows.read(row)).toEqual({ ok: true, value: { ...blankRedemption, body: Buffer.alloc(0) } })
  expect(rows.read({ ...row, use_request_no: 'another' })).toMatchObject({ ok: false })
  expect(() => rows.read({ ...row, state: 'suspended' })).toThrow('state')
  expect(() => rows.read({ ...row, honoured: 2 })).toThrow('honoured')
})

test('a row in which any column was changed does not fit its digest', () => {
  const rows = new RedemptionRow(createSealing(testDataKey))
  const [use_request_no, key_id, code_fingerprint, code_tail, body_sealed] =
    rows.fixed(blankRedemption)
  const values = rows.changes(blankRedemption)
  const bare = {
    use_request_no,
    key_id,
    code_fingerprint,
    code_tail,
    body_sealed,
    ...Object.fromEntries(changingColumns.map((column, at) => [column, values[at]])),
    mac_audited: null,
  }
  const row = { ...bare, mac: rows.macOf(bare) }
  expect(rows.isAsWritten(row)).toBe(true)
  const missed = [...fixedColumns, ...changingColumns, 'mac_audited'].filter((column) => {
    // A row that was marked as perhaps sent after a rescue fits.
    if (column === 'uncertain') return false
    const old: unknown = Reflect.get(row, column)
    const isBytes = old instanceof Uint8Array || column === 'mac_audited'
    const text = typeof old === 'string' ? `${old}x` : 'x'
    const edited = isBytes ? Buffer.from('x') : typeof old === 'number' ? old + 1 : text
    return rows.isAsWritten({ ...row, [column]: edited })
  })
  // Its content is bound to the row by its seal; that it is there is in the digest.
  expect(missed).toEqual(['body_sealed'])
  expect(rows.isAsWritten({ ...row, body_sealed: Buffer.alloc(0) })).toBe(false)
})
