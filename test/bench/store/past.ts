import Database from 'better-sqlite3'
import { RedemptionRow } from '../../../main/store/redemption-row.ts'
import { createSealing } from '../../../main/store/sealing.ts'
import { testDataKey } from '../../support/test-data-key.ts'
import { z } from 'zod'

const Columns = z.array(z.object({ name: z.string() }))

/** Returns the code of the n-th copy (from 1), spread over the index as real codes are. */
export function pastCode(n: number): string {
  return String((n * spread) % modulus).padStart(22, '0')
}

const spread = 2_654_435_761
const modulus = 9_000_000_000

/** Fills a till's closed file with copies of its first, settled redemption, each with its own number and code. */
export function fillWithPast(file: string, count: number): void {
  const database = new Database(file)
  // Only while filling: the till sets FULL again when it opens the file.
  database.pragma('synchronous = OFF')
  const sealing = createSealing(testDataKey)
  database.function('fingerprint', (code) => sealing.fingerprint(String(code)))
  database.function('sealed', (useRequestNo, column, text) =>
    sealing.seal(`redemption ${useRequestNo} ${column}`, Buffer.from(`\u0016${String(text)}`)),
  )
  const rows = new RedemptionRow(sealing)
  database.function('digest', { varargs: true }, (names, ...values) => {
    const columns = String(names).split(',')
    return rows.macOf(Object.fromEntries(columns.map((name, at) => [name, values[at]])))
  })
  const number = "printf('PAST-%012d', i)"
  const code = `printf('%022d', (i * ${spread}) % ${modulus})`
  const counted = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`
  const copied: Readonly<Record<string, string>> = {
    use_request_no: number,
    code_fingerprint: `fingerprint(${code})`,
  }
  const digested = columnsOf('redemption')
  copy('redemption', {
    ...copied,
    body_sealed: `sealed(${number}, 'body', ${code})`,
    mac: `digest('${digested.join()}', ${digested.map((name) => copied[name] ?? name).join()})`,
  })
  copy('audit_trail', { id: 'i + 10', use_request_no: number })
  database.close()

  function columnsOf(table: string): string[] {
    return Columns.parse(database.pragma(`table_info(${table})`)).map(({ name }) => name)
  }

  function copy(table: string, changes: Readonly<Record<string, string>>): void {
    const columns = columnsOf(table)
    const values = columns.map((name) => changes[name] ?? name)
    database.exec(
      `${counted} INSERT INTO ${table} (${columns.join()})
       SELECT ${values.join()} FROM n, (SELECT * FROM ${table} LIMIT 1)`,
    )
  }
}
