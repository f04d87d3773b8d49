import type { Database } from 'better-sqlite3'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const Statements = z.array(z.string())

/** Where the schema that migration `version` left is kept. */
export function schemaFile(version: number): string {
  const name = `${String(version).padStart(4, '0')}.sql`
  return path.join(import.meta.dirname, '../integration/store/schemas', name)
}

/** The statements that make it, in the order in which they were given. */
export function releasedSchema(version: number): string {
  return readFileSync(schemaFile(version), 'utf8')
}

/** The same of a database as it is. */
export function schemaOf(database: Database): string {
  const select = database.prepare(
    'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid',
  )
  return `${Statements.parse(select.pluck().all()).join(';\n\n')};\n`
}
