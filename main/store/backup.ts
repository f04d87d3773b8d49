import SQLite from 'better-sqlite3'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { z } from 'zod'
import { err, ok, type Result } from '../contract/result.ts'
import type { BackupFacts, RestoreFault } from '../contract/upkeep.ts'
import { type ChainPoint, endOfChain } from './audit-chain.ts'
import type { Database } from './database.ts'
import { markLostTime } from './lost-time.ts'
import { migrate, schemaVersion, versionOf } from './migrate.ts'
import { hasOwnSchema } from './own-schema.ts'

const Facts = z.object({
  redemptions: z.number(),
  waiting: z.number(),
  lastAt: z.number().nullable(),
  others: z.number(),
})

/**
 * Writes a copy of the open database as it is at one instant, while the till goes on working. The copy gets its final
 * name only after it was checked. Throws when it cannot be written or fails the check.
 */
export async function writeBackup(database: Database, file: string): Promise<void> {
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    // Made here, because SQLite would let everybody read it; its journal gets the same mode.
    closeSync(openSync(part, 'wx', 0o600))
    await database.backup(part)
    const copy = new SQLite(part)
    try {
      // Without a write-ahead log beside it, the backup is one file that can be carried on a USB stick.
      copy.pragma('journal_mode = DELETE')
      if (copy.pragma('quick_check(1)', { simple: true }) !== 'ok')
        throw new Error('the backup failed its integrity check')
    } finally {
      copy.close()
    }
    flush(part)
    renameSync(part, file)
  } finally {
    rmSync(part, { force: true })
  }
}

/** Why a file cannot be restored here. */
export interface BackupFileFault {
  readonly code: Extract<
    RestoreFault['code'],
    'not-a-backup' | 'damaged' | 'newer-version' | 'other-key'
  >
}

/** What a backup contains, and where its audit chain ends. */
export interface BackupContent extends Pick<BackupFacts, 'lastAt' | 'redemptions' | 'waiting'> {
  readonly end: ChainPoint
}

/** Returns what a backup contains. Fails when a till with this key cannot restore it. Writes nothing. */
export function readBackup(file: string, keyId: string): Result<BackupContent, BackupFileFault> {
  // For a missing folder SQLite reports a wrong call, which would be taken for a bug.
  if (!existsSync(file)) return err({ code: 'not-a-backup' })
  let database: SQLite.Database | undefined
  try {
    database = new SQLite(file, { readonly: true, fileMustExist: true })
    const version = versionOf(database)
    if (version > schemaVersion) return err({ code: 'newer-version' })
    if (version < 1 || !hasOwnSchema(database, version)) return err({ code: 'not-a-backup' })
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok')
      return err({ code: 'damaged' })
    const select = database.prepare(`
      SELECT count(*) AS redemptions,
        count(*) FILTER (WHERE state IN ('pending', 'returning', 'review')) AS waiting,
        count(*) FILTER (WHERE key_id <> ?) AS others,
        (SELECT at FROM audit ORDER BY id DESC LIMIT 1) AS lastAt FROM redemption`)
    const { others, ...facts } = Facts.parse(select.get(keyId))
    // If this key decrypts no row, restoring the backup would show an empty till.
    const isOtherKey = facts.redemptions > 0 && others === facts.redemptions
    if (isOtherKey) return err({ code: 'other-key' })
    return ok({ ...facts, end: endOfChain(database, keyId) })
  } catch (cause) {
    if (!(cause instanceof SQLite.SqliteError)) throw cause
    return err({ code: cause.code.startsWith('SQLITE_CORRUPT') ? 'damaged' : 'not-a-backup' })
  } finally {
    database?.close()
  }
}

/**
 * Puts a backup in the place of a closed database and returns the path under which the old database is kept. Undecided
 * redemptions of the backup are marked as perhaps sent, because what happened after the backup is not known; the mark
 * is on the disk before the copy gets a name that a till opens. If the process ends early, either the old database or
 * the backup is there, complete.
 */
export function putInPlace(backup: string, file: string): string {
  prepareRestore(backup, `${file}.restoring`)
  return swapIn(`${file}.restoring`, file)
}

/** Puts what `prepareRestore` has made in the place of a closed database, if there is one; returns like `putInPlace`. */
export function swapIn(prepared: string, file: string): string {
  const fresh = `${file}.rescued`
  renameSync(prepared, fresh)
  let number = 1
  while (existsSync(`${file}.before-restore-${number}`)) number += 1
  const kept = `${file}.before-restore-${number}`
  // The main file is moved last: if the process ends after that, `finishRescue` puts the copy in place at the next
  // start.
  for (const part of ['-shm', '-wal', ''])
    if (existsSync(file + part)) renameSync(file + part, kept + part)
  renameSync(fresh, file)
  return kept
}

/** Makes of a backup the file that takes a till's place, marked as above, and leaves the backup as it is. */
export function prepareRestore(backup: string, copy: string): void {
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(copy + part, { force: true })
  copyFileSync(backup, copy)
  chmodSync(copy, 0o600)
  const database = new SQLite(copy)
  try {
    database.pragma('journal_mode = DELETE')
    migrate(database, schemaVersion, () => markLostTime(database, 'restored'))
  } finally {
    database.close()
  }
  flush(copy)
}

function flush(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
