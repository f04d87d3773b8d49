import Database from 'better-sqlite3'
import fs from 'node:fs'
import { z } from 'zod'
import { markLostTime } from './lost-time.ts'
import { migrate, schemaVersion, versionOf } from './migrate.ts'
import { storeFaultOf } from './store-fault.ts'

/** What became of a damaged file, to be shown to a person. */
export interface Rescue {
  /** The path under which the damaged file is kept, unchanged. */
  readonly keptAs: string
  /** How many redemptions could be read and are in the new file. */
  readonly saved: number
  /** How many of these still wait for a reply. */
  readonly savedPending: number
  /**
   * How many redemptions within the damaged part could not be read; those at the end of a truncated file are not
   * counted. `null` when the log or the end of the table was damaged: the newest are missing, and their number is not
   * known.
   */
  readonly lost: number | null
}

/** The endings of SQLite's files for one database. */
const parts = ['', '-wal', '-shm']
const tables = [
  'redemption',
  'audit_trail',
  'stock',
  'peer_redemption',
  'hand_over',
  'staff',
  'shift',
  'setting',
  'lost_time',
  'api_words',
  'late_booking',
]
/** More rows than fit into one page of the file, and fewer than fit into one that is full. */
const mostRowsOfPage = 500
const fewestRowsOfPage = 8
const fewestBytesOfRow = 40
/** More steps would take longer than a shop can wait. */
const mostLongSteps = 50_000
const headerBytes = 100
const Columns = z.array(z.object({ name: z.string() }))
/** `wr`: the table has no row numbers. */
const Tables = z.array(z.object({ type: z.string(), wr: z.number() }))
const Row = z.looseObject({ rescued_row: z.number() })
const Count = z.number()

/**
 * Copies what can still be read of a damaged file into a new one, keeps the damaged one beside it, and puts the new one
 * in its place. If the process ends early, the next start repeats or finishes this; no file is ever overwritten.
 */
export function rescueFile(
  file: string,
  open: (file: string, version: number) => Database.Database,
): Rescue {
  // Under this name the next start does not take it for a finished rescue.
  const fresh = `${file}.rescuing`
  for (const part of parts) fs.rmSync(fresh + part, { force: true })
  const found = rescueInto(fresh, file, open)
  fs.renameSync(fresh, `${file}.rescued`)
  const keptAs = setAside(file)
  finishRescue(file)
  return { keptAs, ...found }
}

/**
 * Copies a file and its damaged log, and returns the path of the copy, because SQLite will ignore and overwrite what is
 * after the damaged part of the log.
 */
export function keepDamagedLog(file: string): string {
  const kept = freeName(file)
  for (const part of ['', '-wal']) fs.copyFileSync(file + part, kept + part)
  return kept
}

/** Puts a rescued or restored file in place if the process ended just before that step. */
export function finishRescue(file: string): void {
  if (!fs.existsSync(file) && fs.existsSync(`${file}.rescued`))
    fs.renameSync(`${file}.rescued`, file)
}

/** Moves a damaged file and its log aside, so that nothing writes to them any more; returns the new path. */
function setAside(file: string): string {
  const kept = freeName(file)
  // The main file is moved last: if it were gone too early, a start would create an empty one.
  for (const part of parts.toReversed())
    if (fs.existsSync(file + part)) fs.renameSync(file + part, kept + part)
  return kept
}

function freeName(file: string): string {
  let number = 1
  while (fs.existsSync(`${file}.damaged-${number}`)) number += 1
  return `${file}.damaged-${number}`
}

function rescueInto(
  fresh: string,
  file: string,
  open: (file: string, version: number) => Database.Database,
): Omit<Rescue, 'keptAs'> {
  const copy = `${file}.reading`
  for (const part of ['', '-wal'])
    if (fs.existsSync(file + part)) fs.copyFileSync(file + part, copy + part)
  padToItsSize(copy)
  const damaged = new Database(copy)
  // Rows are copied in the schema that they have, and migrated afterwards.
  const target = open(fresh, readableVersion(damaged))
  let lost: number | null = 0
  const { size } = fs.statSync(copy)
  // Audit rows of a lost redemption are worth keeping.
  target.pragma('foreign_keys = OFF')
  try {
    target
      .transaction(() => {
        for (const table of tables) {
          const notRead = copyTable(damaged, target, table, size)
          lost = lost === null || notRead === null ? null : lost + notRead
        }
      })
      .immediate()
    migrate(target, schemaVersion, () => markLostTime(target, 'rescued'))
    return { ...countSaved(target), lost }
  } finally {
    target.close()
    damaged.close()
    for (const part of parts) fs.rmSync(copy + part, { force: true })
  }
}

/** Returns the version of the damaged file's schema; the newest when it cannot be read. */
function readableVersion(damaged: Database.Database): number {
  const version = readable(() => versionOf(damaged)) ?? 0
  return version >= 1 && version <= schemaVersion ? version : schemaVersion
}

export function countSaved(database: Database.Database): Pick<Rescue, 'saved' | 'savedPending'> {
  const count = (where: string): number =>
    Count.parse(database.prepare(`SELECT count(*) FROM redemption WHERE ${where}`).pluck().get())
  return { saved: count('true'), savedPending: count("state IN ('pending', 'returning')") }
}

/** Appends zeros to a file that is shorter than its header says: SQLite would otherwise read nothing of it. */
function padToItsSize(file: string): void {
  const header = Buffer.alloc(headerBytes)
  const handle = fs.openSync(file, 'r+')
  try {
    fs.readSync(handle, header, 0, headerBytes, 0)
    if (!header.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) return
    // SQLite file format 1.3: page size and number of pages, big-endian.
    const size = header.readUInt16BE(16) * header.readUInt32BE(28)
    if (size > fs.fstatSync(handle).size) fs.ftruncateSync(handle, size)
  } finally {
    fs.closeSync(handle)
  }
}

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
function copyTable(
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
  /** Copies rows in order until the file's damaged part; returns the last row number, and whether it got to the end. */
  function walk(order: 'ASC' | 'DESC', beyond: number): { at: number; ended: boolean } {
    let at = beyond
    const whole = readable(() => {
      const compare = order === 'ASC' ? '>' : '<'
      const rows = from.prepare(`${select} WHERE rowid ${compare} ? ORDER BY rowid ${order}`)
      for (const found of rows.iterate(beyond)) {
        const row = Row.parse(found)
        insert.run(row)
        at = row.rescued_row
      }
      return true
    })
    return { at, ended: whole === true }
  }
  const ahead = walk('ASC', Number.MIN_SAFE_INTEGER)
  if (ahead.ended) return 0
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
  const lost = copyGap({ first, last }, reading, (row) => insert.run(row))
  if (table !== 'redemption') return 0
  return isEndKnown ? lost : null
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
    const found = readable(() => ({ row: next.get(at, last) }))
    if (found === null) {
      unreadable += 1
      failedAt = at
      const step = unreadable <= mostRowsOfPage ? 1 : longStep
      lost += Math.min(step, last - at + 1)
      at += step
      continue
    }
    const row = found.row === undefined ? null : Row.parse(found.row)
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
function readable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (storeFaultOf(error)?.code === 'damaged') return null
    throw error
  }
}
