import Database from 'better-sqlite3'
import { z } from 'zod'

const Sql = z.array(z.string())
const Sums = z.record(z.string(), z.number())
const definition = /ON redemption \((?<columns>[^)]*)\)\s+WHERE (?<condition>.*)$/su

/**
 * Throws when an index of the redemptions does not fit the table. SQLite's `quick_check` does not compare the two, and
 * its full check takes three times as long; but a redemption that is missing from the index of the queue would never
 * be sent. All conditions are evaluated in one pass over the table.
 */
export function requireFittingIndexes(database: Database.Database): void {
  const found = database
    .prepare(
      `SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'redemption' AND sql LIKE '%WHERE%'`,
    )
    .pluck()
    .all()
  const indexes = Sql.parse(found).map(partsOf)
  if (indexes.length === 0) return
  const expected = indexes.flatMap(({ condition, summed }, at) =>
    summed.map((sum, column) => `${sum} FILTER (WHERE ${condition}) AS "${at}-${column}"`),
  )
  const table = database.prepare(`SELECT ${expected.join()} FROM redemption NOT INDEXED`)
  const inTable = Sums.parse(table.get())
  for (const [at, { name, condition, summed }] of indexes.entries()) {
    const columns = summed.map((sum, column) => `${sum} AS "${at}-${column}"`)
    const index = database
      .prepare(`SELECT ${columns.join()} FROM redemption INDEXED BY ${name} WHERE ${condition}`)
      .get()
    for (const [column, sum] of Object.entries(Sums.parse(index)))
      if (inTable[column] !== sum) throw damaged(name)
  }
}

function partsOf(sql: string) {
  const name = /INDEX (\w+)/u.exec(sql)?.[1]
  const { columns, condition } = definition.exec(sql)?.groups ?? {}
  if (name === undefined || columns === undefined || condition === undefined) throw damaged(sql)
  // `total` of a text or a blob is that of the number that it begins with, which does no harm.
  const summed = ['count(*)', ...['rowid', ...columns.split(',')].map((each) => `total(${each})`)]
  return { name, condition, summed }
}

function damaged(index: string): Error {
  return new Database.SqliteError(`the index ${index} does not fit its table`, 'SQLITE_CORRUPT')
}
