import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { migrations } from './migrations/index.ts'
import { DatabaseFromFutureError } from './store-fault.ts'

/** The schema that this program knows best. */
export const schemaVersion = migrations.length

export function versionOf(database: Database): number {
  return z.number().parse(database.pragma('user_version', { simple: true }))
}

/**
 * Brings a file up to a version of the schema, the newest when absent, and does the rest of the work in the same
 * transaction. Throws on a file that is ahead of this program.
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
        throw new DatabaseFromFutureError(`schema ${version}, this program knows ${schemaVersion}`)
      for (const sql of migrations.slice(version, to)) database.exec(sql)
      database.pragma(`user_version = ${Math.max(version, to)}`)
      rest()
    })
    .immediate()
}
