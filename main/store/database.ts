import Database from 'better-sqlite3'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
  statfsSync,
} from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../contract/result.ts'
import { keepBeforeMigration } from './before-migration.ts'
import { makePrivate } from './files-beside.ts'
import { requireFittingIndexes } from './index-check.ts'
import { markLostTime } from './lost-time.ts'
import { migrate, schemaVersion, versionOf } from './migrate.ts'
import { hasOwnSchema } from './own-schema.ts'
import { countSaved, finishRescue, keepDamagedLog, type Rescue, rescueFile } from './rescue.ts'
import { hidesCommits } from './write-ahead-log.ts'
import { ForeignSchemaError, type StoreFault, storeFaultOf } from './store-fault.ts'

export type { Database } from 'better-sqlite3'

export interface OpenedDatabase {
  readonly database: Database.Database
  /** What was saved from a damaged file; `null` when the file was undamaged. */
  readonly rescue: Rescue | null
}

/** How long SQLite waits for another process's lock. Kept short because the main process is blocked meanwhile. */
const busyTimeoutMs = 400
/** A page cache so small that a transaction has to write pages to the log before it commits. */
const spillingPages = 10
/** The last pages of a transaction stay in the cache and never reach the log. */
const pagesHeldBack = 2 * spillingPages
const usualPageBytes = 4096
/** The log is grown only if the disk has room for this many of its length. */
const roomPerLog = 16

/**
 * Opens the till's database, or creates it with mode 0600, and checks its structure (half a second with a million
 * rows). A damaged file is moved aside and never written again; what can be read of it is copied into a new one.
 * `logBytes` is the length that the write-ahead log is given beforehand. Fails when the file cannot be used.
 */
export function openDatabase(file: string, logBytes: number): Result<OpenedDatabase, StoreFault> {
  const opened = attempt(() => {
    if (existsSync(path.dirname(file))) makePrivate(file)
    finishRescue(file)
    const keptAs = hidesCommits(`${file}-wal`) ? keepDamagedLog(file) : null
    // Marked in the first transaction, because that overwrites the damaged part of the log, the only trace of the loss.
    const database = open(
      file,
      schemaVersion,
      (first) => {
        if (keptAs !== null) markLostTime(first, 'log-damaged')
      },
      (present) => keepBeforeMigration(present, file, schemaVersion),
    )
    reserveLog(database, file, logBytes)
    return {
      database,
      rescue: keptAs === null ? null : { keptAs, ...countSaved(database), lost: null },
    }
  })
  if (opened.ok) return opened
  return opened.error.code === 'damaged' ? rebuildDatabase(file) : opened
}

/**
 * Copies the rows of a file into a new one with this program's own schema, and opens that. The file is kept under
 * another name. Fails like `openDatabase`.
 */
export function rebuildDatabase(file: string): Result<OpenedDatabase, StoreFault> {
  return attempt(() => {
    const rescue = rescueFile(file, open)
    return { database: open(file), rescue }
  })
}

/**
 * Opens a file, calls `before`, migrates the file to version `to` of the schema, and calls `first` in the transaction of the
 * migration.
 *
 * `synchronous=FULL` is set on every opening because better-sqlite3 is compiled to reopen WAL files with NORMAL, which
 * may lose a commit in a power cut.
 */
function open(
  file: string,
  to = schemaVersion,
  first: (database: Database.Database) => void = () => undefined,
  before: (database: Database.Database) => void = () => undefined,
): Database.Database {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  // Created here and not by SQLite, so that it never has wider permissions; SQLite gives -wal and -shm the same mode.
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
    requireOwnSchema(database)
    requireFittingIndexes(database)
    before(database)
    migrate(database, to, () => first(database))
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Grows the write-ahead log to `bytes`, so that later commits overwrite it instead of appending to it: an append costs
 * the file system a commit of its own. To this end a transaction writes that much through a tiny page cache and is
 * rolled back.
 */
export function reserveLog(database: Database.Database, file: string, bytes: number): void {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  // A process that was killed left a log that is long enough.
  if (log !== undefined && log.size >= bytes) return
  const { bavail, bsize } = statfsSync(path.dirname(file))
  // The last free space of a disk is kept for redemptions.
  if (bytes === 0 || bavail * bsize < bytes * roomPerLog) return
  const cacheSize = z.number().parse(database.pragma('cache_size', { simple: true }))
  database.pragma(`cache_size = ${spillingPages}`)
  try {
    database.exec('BEGIN IMMEDIATE; CREATE TABLE reserve (bytes BLOB) STRICT')
    database
      .prepare('INSERT INTO reserve VALUES (zeroblob(?))')
      .run(bytes + pagesHeldBack * usualPageBytes)
  } catch (error) {
    // Without free space, or while another program holds the file, the till still has to open and show what it knows.
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

/** Before anything is written: a trigger would act on the first migration. */
function requireOwnSchema(database: Database.Database): void {
  const version = versionOf(database)
  // Of a newer version nothing is known; the migration refuses it.
  if (version <= schemaVersion && !hasOwnSchema(database, version))
    throw new ForeignSchemaError(`the file's schema is not that of version ${version}`)
}

function attempt<T>(work: () => T): Result<T, StoreFault> {
  try {
    return ok(work())
  } catch (error) {
    const fault = storeFaultOf(error)
    if (fault === null) throw error
    return err(fault)
  }
}
