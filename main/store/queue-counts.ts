import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { z } from 'zod'

const Counts = z.object({ waiting: z.number(), review: z.number() })
export type QueueCounts = z.infer<typeof Counts>

/**
 * Counts the redemptions that wait in a till's database, which the till may have open meanwhile; zeros when there is no
 * file. Needs no key, because it reads no encrypted column.
 */
export function readQueueCounts(file: string): QueueCounts {
  if (!existsSync(file)) return { waiting: 0, review: 0 }
  const database = new Database(file, { readonly: true })
  try {
    const select = database.prepare(`
      SELECT count(*) FILTER (WHERE state IN ('pending', 'returning')) AS waiting,
        count(*) FILTER (WHERE state = 'review') AS review FROM redemption`)
    return Counts.parse(select.get())
  } finally {
    database.close()
  }
}
