import Database from 'better-sqlite3'
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { migrations } from './migrations/index.ts'

export type { Database } from 'better-sqlite3'

/** The file was written by a newer version of this program; an older one must not touch it. */
export class DatabaseFromFutureError extends Error {}

const busyTimeoutMs = 5000

/**
 * Opens (or creates, mode 0600) the till's database: WAL, and `synchronous=FULL` set on every opening, because
 * better-sqlite3 is compiled to reopen WAL files with NORMAL, which may lose a commit in a power cut.
 */
export function openDatabase(file: string): Database.Database {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  // Created by us first, so that it never exists with wider permissions; SQLite gives -wal and -shm the same mode.
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  const database = new Database(file, { timeout: busyTimeoutMs })
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('fullfsync = ON')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
  database.pragma('cell_size_check = ON')
  migrate(database)
  return database
}

function migrate(database: Database.Database): void {
  database
    .transaction(() => {
      const version = Number(database.pragma('user_version', { simple: true }))
      if (version > migrations.length)
        throw new DatabaseFromFutureError(
          `schema ${version}, this program knows ${migrations.length}`,
        )
      for (const sql of migrations.slice(version)) database.exec(sql)
      database.pragma(`user_version = ${migrations.length}`)
    })
    .immediate()
}
