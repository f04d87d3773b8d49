import SQLite, { type Database } from 'better-sqlite3'
import { z } from 'zod'
import { migrate } from './migrate.ts'

const Schema = z.array(z.object({ type: z.string(), name: z.string(), sql: z.string().nullable() }))

/**
 * Whether a file has exactly the tables and indexes that this program's migrations make for that version (0: none). A view or a
 * generated column in place of a table may take hours to read, and a trigger acts when the till writes.
 */
export function hasOwnSchema(database: Database, version: number): boolean {
  const own = new SQLite(':memory:')
  try {
    migrate(own, version)
    return schemaOf(database) === schemaOf(own)
  } finally {
    own.close()
  }
}

function schemaOf(database: Database): string {
  const select = database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name')
  return Schema.parse(select.all())
    .map(({ type, name, sql }) => `${type} ${name} ${normalized(sql)}`)
    .join('\n')
}

/** Versions of SQLite differ in how they quote and space the text of a table that was altered. */
function normalized(sql: string | null): string {
  return (sql ?? '').replaceAll(/["\s]/g, '').toLowerCase()
}
