import Database from 'better-sqlite3'
import fs from 'node:fs'
import { z } from 'zod'
import { markLostTime } from './lost-time.ts'
import { migrate, schemaVersion, versionOf } from './migrate.ts'
import { storeFaultOf } from './store-fault.ts'

/** What became of a damaged file, for a person to be told. */
export interface Rescue {
  /** Where the damaged file is kept, as it was. */
  readonly keptAs: string
  /** Redemptions that could be read and go on in the new file. */
  readonly saved: number
  /** Of these, the ones that still wait for an answer. */
  readonly savedPending: number
  /**
   * How many row numbers within the damaged part gave nothing; the last ones of a cut file cannot be counted. `null` when
   * the log was damaged: the newest commits are missing, and nothing tells how many.
   */
  readonly lost: number | null
}

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
]
/** Beyond this many rows of a gap, asking for each would take longer than a shop can wait. */
const longestGap = 200_000
const headerBytes = 100
const Columns = z.array(z.object({ name: z.string() }))
const Row = z.looseObject({ rescued_row: z.number() })
const Count = z.number()

/**
 * Copies what can still be read of a damaged file into a new one, keeps the damaged one beside it, and puts the new one
 * in its place. Whenever this ends early, the next start begins or finishes it: no file is ever written over.
 */
export function rescueFile(
  file: string,
  open: (file: string, version: number) => Database.Database,
): Rescue {
  // A name that no start takes for a finished rescue.
  const fresh = `${file}.rescuing`
  for (const part of parts) fs.rmSync(fresh + part, { force: true })
  const found = rescueInto(fresh, file, open)
  fs.renameSync(fresh, `${file}.rescued`)
  const keptAs = setAside(file)
  finishRescue(file)
  return { keptAs, ...found }
}

/** SQLite goes on without what is behind a broken place in the log; file and log are kept as they were. */
export function keepDamagedLog(file: string): string {
  const kept = freeName(file)
  for (const part of ['', '-wal']) fs.copyFileSync(file + part, kept + part)
  return kept
}

/** After an end between the two last steps of a rescue. */
export function finishRescue(file: string): void {
  if (!fs.existsSync(file) && fs.existsSync(`${file}.rescued`))
    fs.renameSync(`${file}.rescued`, file)
}

/** Moves a damaged file aside with all that belongs to it, so that nothing writes to it any more. */
function setAside(file: string): string {
  const kept = freeName(file)
  // The file itself last: without it a start would make an empty one.
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
  // Rows are copied as they are, and what later versions make of them is made afterwards.
  const target = open(fresh, readableVersion(damaged))
  let lost = 0
  // Lost rows leave audit rows behind that are worth keeping.
  target.pragma('foreign_keys = OFF')
  try {
    target
      .transaction(() => {
        for (const table of tables) lost += copyTable(damaged, target, table)
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

/** The newest where the file does not tell. */
function readableVersion(damaged: Database.Database): number {
  const version = readable(() => versionOf(damaged)) ?? 0
  return version >= 1 && version <= schemaVersion ? version : schemaVersion
}

export function countSaved(database: Database.Database): Pick<Rescue, 'saved' | 'savedPending'> {
  const count = (where: string): number =>
    Count.parse(database.prepare(`SELECT count(*) FROM redemption WHERE ${where}`).pluck().get())
  return { saved: count('true'), savedPending: count("state IN ('pending', 'returning')") }
}

/** SQLite reads nothing at all of a file that is shorter than its header says; with empty pages it reads the others. */
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

/** Returns how many row numbers of redemptions in a gap gave nothing. */
function copyTable(from: Database.Database, to: Database.Database, table: string): number {
  const known = readable(() => Columns.parse(from.pragma(`table_info(${table})`))) ?? []
  const wanted = Columns.parse(to.pragma(`table_info(${table})`))
  // What is saved enters every index: with rows missing, fresh ones need not be among the newest.
  const columns = wanted.flatMap(({ name }) =>
    name !== 'fresh' && known.some((entry) => entry.name === name) ? [name] : [],
  )
  if (columns.length === 0) return 0
  const select = `SELECT rowid AS rescued_row, ${columns.join()} FROM ${table} NOT INDEXED`
  const insert = to.prepare(
    `INSERT OR IGNORE INTO ${table} (rowid, ${columns.join()})
     VALUES (@rescued_row, ${columns.map((name) => `@${name}`).join()})`,
  )
  /** The row number that it came to; it stops early where the file is broken. */
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
  // The end first, and then what is between the two: single rows on pages that are still whole.
  const back = walk('DESC', Number.MAX_SAFE_INTEGER)
  const first = Math.max(ahead.at + 1, 1)
  const last = back.at === Number.MAX_SAFE_INTEGER ? first - 1 : back.at - 1
  let lost = 0
  for (let row = first; row <= Math.min(last, first + longestGap); row += 1) {
    const found = readable(() => from.prepare(`${select} WHERE rowid = ?`).get(row))
    if (found === undefined) lost += 1
    else insert.run(Row.parse(found))
  }
  return table === 'redemption' ? lost : 0
}

/** `undefined` where the file is broken. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (storeFaultOf(error)?.code === 'damaged') return undefined
    throw error
  }
}
