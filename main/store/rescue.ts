import Database from 'better-sqlite3'
import fs from 'node:fs'
import { z } from 'zod'
import { markLostTime } from './lost-time.ts'
import { migrate, schemaVersion, versionOf } from './migrate.ts'
import { copyTable, readable } from './rescue-table.ts'

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
  'pos_order',
  'pos_request',
]
const headerBytes = 100
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
  const keptAs = setAside(file, 'damaged')
  finishRescue(file)
  return { keptAs, ...found }
}

/**
 * Copies a file and its damaged log, and returns the path of the copy, because SQLite will ignore and overwrite what is
 * after the damaged part of the log.
 */
export function keepDamagedLog(file: string): string {
  const kept = freeName(file, 'damaged')
  for (const part of ['', '-wal']) fs.copyFileSync(file + part, kept + part)
  return kept
}

/** Puts a rescued or restored file in place if the process ended just before that step. */
export function finishRescue(file: string): void {
  if (!fs.existsSync(file) && fs.existsSync(`${file}.rescued`))
    fs.renameSync(`${file}.rescued`, file)
}

/** Moves a file and its log aside, so that nothing writes to them any more; returns the new path. */
export function setAside(file: string, as: 'damaged' | 'newer'): string {
  const kept = freeName(file, as)
  // The main file is moved last: if it were gone too early, a start would create an empty one.
  for (const part of parts.toReversed())
    if (fs.existsSync(file + part)) fs.renameSync(file + part, kept + part)
  return kept
}

function freeName(file: string, as: 'damaged' | 'newer'): string {
  let number = 1
  while (fs.existsSync(`${file}.${as}-${number}`)) number += 1
  return `${file}.${as}-${number}`
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
