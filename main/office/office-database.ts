import Database from 'better-sqlite3'
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { migrations } from './migrations/index.ts'

export type OfficeDatabase = Database.Database

/** The tables that the journals fill, each after those that refer to it. */
const projected = [
  'outage',
  'figures_by_hour',
  'figures_by_shop',
  'doubled',
  'redemption',
  'hub',
  'journal',
  'till',
  'shop',
]

/**
 * Opens the office's copy, or creates it with mode 0600. Throws on a damaged file, and on one of a newer version. A power cut may
 * take its last transactions, with the place at the hub that was written in them: they are read again. `null`: in memory.
 */
export function openOfficeDatabase(file: string | null): OfficeDatabase {
  if (file !== null) makeOwn(file)
  const database = new Database(file ?? ':memory:')
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    database.pragma('foreign_keys = ON')
    database.pragma('trusted_schema = OFF')
    database.pragma('cache_size = -65536')
    database
      .transaction(() => {
        const version = z.number().parse(database.pragma('user_version', { simple: true }))
        if (version > migrations.length)
          throw new Error(`the file has schema ${version}; this program knows ${migrations.length}`)
        for (const sql of migrations.slice(version)) database.exec(sql)
        database.pragma(`user_version = ${migrations.length}`)
      })
      .immediate()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function makeOwn(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

/** Forgets what the journals have told. */
export function emptyProjection(database: OfficeDatabase): void {
  database.transaction(() => {
    for (const table of projected) database.exec(`DELETE FROM ${table}`)
  })()
}
