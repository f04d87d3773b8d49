import Database from 'better-sqlite3'
import { chmodSync, closeSync, mkdirSync, openSync, statSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../contract/result.ts'
import { markLostTime } from './lost-time.ts'
import { migrate, schemaVersion } from './migrate.ts'
import { countSaved, finishRescue, keepDamagedLog, type Rescue, rescueFile } from './rescue.ts'
import { hidesCommits } from './write-ahead-log.ts'
import { type StoreFault, storeFaultOf } from './store-fault.ts'

export type { Database } from 'better-sqlite3'

export interface OpenedDatabase {
  readonly database: Database.Database
  /** Not null when the file was damaged and what could be read went into a new one. */
  readonly rescue: Rescue | null
}

/** The main process stands still meanwhile. A commit of another process takes a few milliseconds. */
const busyTimeoutMs = 400
const spillingPages = 10
/** The last pages stay in the cache and never reach the log. */
const pagesHeldBack = 2 * spillingPages
const usualPageBytes = 4096
const roomPerLog = 16

/**
 * Opens (or creates, mode 0600) the till's database and checks its structure (half a second with a million rows). A
 * damaged file is moved aside and never written again; what can be read of it goes on in a new one.
 */
export function openDatabase(file: string, logBytes: number): Result<OpenedDatabase, StoreFault> {
  const opened = attempt(() => {
    finishRescue(file)
    const keptAs = hidesCommits(`${file}-wal`) ? keepDamagedLog(file) : null
    // In the first transaction: it writes over the broken place, which nothing finds again after that.
    const database = open(file, schemaVersion, (first) => {
      if (keptAs !== null) markLostTime(first, 'log-damaged')
    })
    reserveLog(database, file, logBytes)
    return {
      database,
      rescue: keptAs === null ? null : { keptAs, ...countSaved(database), lost: null },
    }
  })
  if (opened.ok) return opened
  if (opened.error.code !== 'damaged') return opened
  return attempt(() => {
    const rescue = rescueFile(file, open)
    return { database: open(file), rescue }
  })
}

/**
 * The file at a version of the schema, with what is to be written in the same transaction.
 *
 * WAL, and `synchronous=FULL` set on every opening, because better-sqlite3 is compiled to reopen WAL files with NORMAL,
 * which may lose a commit in a power cut.
 */
function open(
  file: string,
  to = schemaVersion,
  first: (database: Database.Database) => void = () => undefined,
): Database.Database {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  // Created by us first, so that it never exists with wider permissions; SQLite gives -wal and -shm the same mode.
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  const database = new Database(file, { timeout: busyTimeoutMs })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('fullfsync = ON')
    database.pragma('foreign_keys = ON')
    database.pragma('trusted_schema = OFF')
    database.pragma('cell_size_check = ON')
    requireWhole(database)
    migrate(database, to, () => first(database))
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Grows the log to its working length, so that the commits of the day overwrite instead of append: an append costs the
 * file system a commit of its own. Changes that spill from the cache and are rolled back do that, and leave nothing.
 */
export function reserveLog(database: Database.Database, file: string, bytes: number): void {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  // What a killed process left behind has its length.
  if (log !== undefined && log.size >= bytes) return
  const { bavail, bsize } = statfsSync(path.dirname(file))
  // The last room on a disk is for redemptions.
  if (bytes === 0 || bavail * bsize < bytes * roomPerLog) return
  const cacheSize = z.number().parse(database.pragma('cache_size', { simple: true }))
  database.pragma(`cache_size = ${spillingPages}`)
  try {
    database.exec('BEGIN IMMEDIATE; CREATE TABLE reserve (bytes BLOB) STRICT')
    database
      .prepare('INSERT INTO reserve VALUES (zeroblob(?))')
      .run(bytes + pagesHeldBack * usualPageBytes)
  } catch (error) {
    // A till without room, or beside another program, still has to open and say what it knows.
    const code = storeFaultOf(error)?.code
    if (code !== 'disk-full' && code !== 'locked') throw error
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK')
    database.pragma(`cache_size = ${cacheSize}`)
  }
}

function requireWhole(database: Database.Database): void {
  const found = database.pragma('quick_check(1)', { simple: true })
  if (found !== 'ok') throw new Database.SqliteError(String(found), 'SQLITE_CORRUPT')
}

function attempt<T>(work: () => T): Result<T, StoreFault> {
  try {
    return ok(work())
  } catch (error) {
    const fault = storeFaultOf(error)
    if (fault === undefined) throw error
    return err(fault)
  }
}
