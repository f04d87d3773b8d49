import SQLite, { type Database } from 'better-sqlite3'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { versionOf } from './migrate.ts'

const Records = z.object({ rows: z.number(), last: z.number().nullable() })

function copyName(file: string, version: number): string {
  return `${file}.before-schema-${version}`
}

/**
 * Copies an open database beside itself before a new version of the program migrates it to version `to`: with that copy an
 * older program opens again. Does nothing for a new file and for one that is migrated already. Throws when the copy cannot
 * be written, and then nothing may be migrated.
 */
export function keepBeforeMigration(database: Database, file: string, to: number): void {
  const version = versionOf(database)
  if (version === 0 || version >= to) return
  const part = `${file}.before-schema.part`
  rmSync(part, { force: true })
  // Made here, because SQLite would let everybody read it; it fills an empty file.
  closeSync(openSync(part, 'wx', 0o600))
  database.prepare('VACUUM INTO ?').run(part)
  const handle = openSync(part, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  for (let earlier = 1; earlier < to; earlier += 1) rmSync(copyName(file, earlier), { force: true })
  renameSync(part, copyName(file, to))
}

/**
 * Puts the copy from before the last migration back in the place of a closed database, and keeps the migrated one under
 * another name. Only where nothing was recorded since; `recorded` says that something was, and nothing is changed then.
 */
export function undoMigration(file: string): 'nothing' | 'undone' | 'recorded' {
  if (!existsSync(file)) return 'nothing'
  const migrated = read(file)
  const copy = copyName(file, migrated.version)
  if (!existsSync(copy)) return 'nothing'
  const before = read(copy)
  if (before.rows !== migrated.rows || before.last !== migrated.last) return 'recorded'
  let number = 1
  while (existsSync(`${file}.newer-${number}`)) number += 1
  for (const part of ['-shm', '-wal', ''])
    if (existsSync(file + part)) renameSync(file + part, `${file}.newer-${number}${part}`)
  renameSync(copy, file)
  return 'undone'
}

/** Every change of a record is a row of the audit. */
function read(file: string): z.infer<typeof Records> & { readonly version: number } {
  const database = new SQLite(file, { fileMustExist: true })
  try {
    const records = database.prepare('SELECT count(*) AS rows, max(id) AS last FROM audit').get()
    return { ...Records.parse(records), version: versionOf(database) }
  } finally {
    database.close()
  }
}
