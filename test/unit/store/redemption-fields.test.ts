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

/** As the migrations leave the table. */
function columns(): z.infer<typeof Columns> {
  const database = new Database(':memory:')
  migrate(database)
  return Columns.parse(database.pragma('table_info(redemption)'))
}

test('each column belongs to one field, but for what the queue and the indexes make of it', () => {
  const known = [...fixedColumns, ...changingColumns, 'send_rank', 'fresh']
  expect(known.toSorted()).toEqual(
    columns()
      .map(({ name }) => name)
      .toSorted(),
  )
})

test('whatever is sealed is erased after its time', () => {
  const sealed = columns().flatMap(({ name, type }) => (type === 'BLOB' ? [name] : []))
  expect([...sealedColumns, 'body_sealed', 'code_fingerprint'].toSorted()).toEqual(
    sealed.toSorted(),
  )
})

test('a row that holds what no till writes is no row under another key', () => {
  const rows = new RedemptionRow(createSealing(testDataKey))
  const [use_request_no, , , code_tail, body_sealed] = rows.fixed(blankRedemption)
  const values = rows.changes(blankRedemption)
  const row = {
    use_request_no,
    code_tail,
    body_sealed,
    ...Object.fromEntries(changingColumns.map((column, at) => [column, values[at]])),
  }
  expect(rows.read(row)).toEqual({ ok: true, value: { ...blankRedemption, body: Buffer.alloc(0) } })
  expect(rows.read({ ...row, use_request_no: 'another' })).toMatchObject({ ok: false })
  expect(() => rows.read({ ...row, state: 'suspended' })).toThrow('state')
  expect(() => rows.read({ ...row, honoured: 2 })).toThrow('honoured')
})
