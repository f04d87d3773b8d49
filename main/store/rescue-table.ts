import Database from 'better-sqlite3'
import { z } from 'zod'
import { storeFaultOf } from './store-fault.ts'

/** More rows than fit into one page of the file, and fewer than fit into one that is full. */
const mostRowsOfPage = 500
const fewestRowsOfPage = 8
const fewestBytesOfRow = 40
/** More steps would take longer than a shop can wait. */
const mostLongSteps = 20_000
const Columns = z.array(z.object({ name: z.string() }))
/** `wr`: the table has no row numbers. */
const Tables = z.array(z.object({ type: z.string(), wr: z.number() }))
const Row = z.looseObject({ rescued_row: z.number() })

/** Returns the columns of a table; none where something else has its name, such as a view that somebody made. */
function columnsOf(database: Database.Database, table: string): z.infer<typeof Columns> {
  const [found] = Tables.parse(database.pragma(`table_list(${table})`))
  const isOurs = found?.type === 'table' && found.wr === 0
  return isOurs ? Columns.parse(database.pragma(`table_info(${table})`)) : []
}

/**
 * Copies what can be read of a table in a file of so many bytes. Returns how many redemptions could not be read, `null`
 * for a number that is not known; 0 for every other table.
 */
export function copyTable(
  from: Database.Database,
  to: Database.Database,
  table: string,
  bytes: number,
): number | null {
  const known = readable(() => columnsOf(from, table)) ?? []
  const wanted = Columns.parse(to.pragma(`table_info(${table})`))
  // `fresh` is not copied, so that every row enters the indexes: with rows missing, a fresh one may not be among the
  // newest.
  const columns = wanted.flatMap(({ name }) =>
    name !== 'fresh' && known.some((entry) => entry.name === name) ? [name] : [],
  )
  if (columns.length === 0) return 0
  const select = `SELECT rowid AS rescued_row, ${columns.join()} FROM ${table} NOT INDEXED`
  const insert = to.prepare(
    `INSERT OR IGNORE INTO ${table} (rowid, ${columns.join()})
     VALUES (@rescued_row, ${columns.map((name) => `@${name}`).join()})`,
  )
  const isThere = to.prepare(`SELECT 1 FROM ${table} WHERE rowid = ?`)
  /** Rows that were read, and that the table does not take: a damaged page gave them values of another kind. */
  const misfits = new Set<number>()
  function save(row: z.infer<typeof Row>): void {
    try {
      // A row that is there already changes nothing either.
      if (insert.run(row).changes > 0 || isThere.get(row.rescued_row) !== undefined) return
    } catch (error) {
      if (!isMisfit(error)) throw error
    }
    misfits.add(row.rescued_row)
  }
  /** Copies rows in order until the file's damaged part; returns the last row number, and whether it got to the end. */
  function walk(order: 'ASC' | 'DESC', beyond: number): { at: number; ended: boolean } {
    let at = beyond
    const whole = readable(() => {
      const compare = order === 'ASC' ? '>' : '<'
      const rows = from.prepare(`${select} WHERE rowid ${compare} ? ORDER BY rowid ${order}`)
      for (const found of rows.iterate(beyond)) {
        const row = Row.parse(found)
        save(row)
        // A damaged page may lead back to rows that were read already.
        if (order === 'DESC' || row.rescued_row > at) at = row.rescued_row
      }
      return true
    })
    return { at, ended: whole === true }
  }
  const ahead = walk('ASC', Number.MIN_SAFE_INTEGER)
  const isCounted = table === 'redemption'
  if (ahead.ended) return isCounted ? misfits.size : 0
  // Then from the end backwards, and at last the rows between the two one by one, some of which are on undamaged pages.
  const back = walk('DESC', Number.MAX_SAFE_INTEGER)
  const first = Math.max(ahead.at + 1, 1)
  // Where the last page is damaged too, how many rows there were is not known.
  const isEndKnown = back.at !== Number.MAX_SAFE_INTEGER
  const last = isEndKnown ? back.at - 1 : first + Math.ceil(bytes / fewestBytesOfRow)
  const between = `${select} WHERE rowid BETWEEN ? AND ? ORDER BY rowid`
  const reading = readable(() => ({
    next: from.prepare(`${between} LIMIT 1`),
    back: from.prepare(`${between} DESC`),
  }))
  if (reading === null) return 0
  const lost = copyGap({ first, last }, reading, save)
  if (!isCounted) return 0
  return isEndKnown ? lost + misfits.size : null
}

/** Whether the table does not take a value, such as a text where it wants a number. */
function isMisfit(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')
}

interface GapReading {
  /** Reads the first row of a range of row numbers. */
  readonly next: Database.Statement
  /** Reads the rows of a range from its end. */
  readonly back: Database.Statement
}

/**
 * Copies what can be read of the rows between two damaged parts, and returns how many could not be. Where nothing can be
 * read it goes on row by row, until there were more of them than a page has: then in steps that go past no whole page,
 * longer only where a damaged page says that there are millions of rows. What a step went past is read from its end.
 */
function copyGap(
  { first, last }: { readonly first: number; readonly last: number },
  { next, back }: GapReading,
  insert: (row: z.infer<typeof Row>) => void,
): number {
  const longStep = Math.max(fewestRowsOfPage, Math.ceil((last - first) / mostLongSteps))
  let lost = 0
  let unreadable = 0
  /** The last row number that could not be read. */
  let failedAt = first - 1
  for (let at = first; at <= last;) {
    const found = readable(() => {
      const read = next.get(at, last)
      return { row: read === undefined ? null : Row.parse(read) }
    })
    // A damaged page may lead back to rows before `at`, and over and over.
    const isBehind = found?.row != null && found.row.rescued_row < at
    if (found === null || isBehind) {
      if (found?.row) insert(found.row)
      unreadable += 1
      failedAt = at
      const step = unreadable <= mostRowsOfPage ? 1 : longStep
      lost += Math.min(step, last - at + 1)
      at += step
      continue
    }
    const { row } = found
    readable(() => {
      for (const passed of back.iterate(failedAt + 1, at - 1)) {
        insert(Row.parse(passed))
        lost -= 1
      }
    })
    // No rows are left.
    if (row === null) return lost
    insert(row)
    unreadable = 0
    at = row.rescued_row + 1
    failedAt = at - 1
  }
  return lost
}

/** Returns what `read` returns; `null` where the file is damaged. */
export function readable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (storeFaultOf(error)?.code === 'damaged') return null
    throw error
  }
}
