import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { migrations } from './migrations/index.ts'
import { NewerSchemaError } from './store-fault.ts'

/** The newest version of the schema. */
export const schemaVersion = migrations.length

/** Returns the version of a file's schema; 0 for an empty file. */
export function versionOf(database: Database): number {
  return z.number().parse(database.pragma('user_version', { simple: true }))
}

/**
 * Migrates a file to version `to` of the schema and then calls `rest`, in one transaction. Throws a `NewerSchemaError`
 * on a file that a newer version of this program wrote.
 */
export function migrate(
  database: Database,
  to = schemaVersion,
  rest: () => void = () => undefined,
): void {
  database
    .transaction(() => {
      const version = versionOf(database)
      if (version > schemaVersion)
        throw new NewerSchemaError(
          `the file has schema ${version}; this program knows ${schemaVersion}`,
        )
      for (const sql of migrations.slice(version, to)) database.exec(sql)
      database.pragma(`user_version = ${Math.max(version, to)}`)
      rest()
    })
    .immediate()
}
