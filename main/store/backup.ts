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
import type { Database } from './database.ts'
import { markLostTime } from './lost-time.ts'
import { migrate, schemaVersion, versionOf } from './migrate.ts'

const Facts = z.object({
  redemptions: z.number(),
  waiting: z.number(),
  lastAt: z.number().nullable(),
  others: z.number(),
})

/**
 * Writes a copy of the open database, as it stands at one instant, while the till goes on; checks it, and only then gives
 * it its name. Throws when it cannot be written or is not whole.
 */
export async function writeBackup(database: Database, file: string): Promise<void> {
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    await database.backup(part)
    const copy = new SQLite(part)
    try {
      // One file that stands alone, on a stick as well.
      copy.pragma('journal_mode = DELETE')
      if (copy.pragma('quick_check(1)', { simple: true }) !== 'ok')
        throw new Error('the backup is not whole')
    } finally {
      copy.close()
    }
    flush(part)
    renameSync(part, file)
  } finally {
    rmSync(part, { force: true })
  }
}

/** What is in a backup, if it can be restored on a till with this key. Writes nothing. */
export function readBackup(
  file: string,
  keyId: string,
): Result<Omit<BackupFacts, 'name' | 'redemptionsHere'>, RestoreFault> {
  // SQLite says of a missing folder that the call was wrong.
  if (!existsSync(file)) return err('not-a-backup')
  let database: SQLite.Database | undefined
  try {
    database = new SQLite(file, { readonly: true, fileMustExist: true })
    const version = versionOf(database)
    if (version > schemaVersion) return err('newer-version')
    if (version < 1 || !hasRedemptions(database)) return err('not-a-backup')
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') return err('damaged')
    const select = database.prepare(`
      SELECT count(*) AS redemptions,
        count(*) FILTER (WHERE state IN ('pending', 'returning', 'review')) AS waiting,
        count(*) FILTER (WHERE key_id <> ?) AS others,
        (SELECT at FROM audit ORDER BY id DESC LIMIT 1) AS lastAt FROM redemption`)
    const { others, ...facts } = Facts.parse(select.get(keyId))
    // Rows of another key stay shut: it would be an empty till.
    return facts.redemptions > 0 && others === facts.redemptions ? err('other-key') : ok(facts)
  } catch (cause) {
    if (!(cause instanceof SQLite.SqliteError)) throw cause
    return err(cause.code.startsWith('SQLITE_CORRUPT') ? 'damaged' : 'not-a-backup')
  } finally {
    database?.close()
  }
}

function hasRedemptions(database: Database): boolean {
  const select = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'redemption'")
  return select.get() !== undefined
}

/**
 * Puts a backup in the place of a closed database, which is kept aside with all that belongs to it. What is open in it
 * counts as perhaps sent, for what happened after the backup is not known; that is on the disk before the copy has a
 * name that a till opens. Whenever this ends early, one of the two is there whole. Returns where the old one is.
 */
export function putInPlace(backup: string, file: string): string {
  const fresh = `${file}.rescued`
  prepare(backup, `${file}.restoring`)
  renameSync(`${file}.restoring`, fresh)
  let number = 1
  while (existsSync(`${file}.before-restore-${number}`)) number += 1
  const kept = `${file}.before-restore-${number}`
  // The file itself last: `finishRescue` takes the fresh one at the next start if this ends between the two.
  for (const part of ['-shm', '-wal', ''])
    if (existsSync(file + part)) renameSync(file + part, kept + part)
  renameSync(fresh, file)
  return kept
}

function prepare(backup: string, copy: string): void {
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
