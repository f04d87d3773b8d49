import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { z } from 'zod'

const Counts = z.object({ waiting: z.number(), review: z.number() })
export type QueueCounts = z.infer<typeof Counts>

/** What waits in a till's database, read beside the till that may have it open. Needs no key: nothing sealed is read. */
export function readQueueCounts(file: string): QueueCounts {
  if (!existsSync(file)) return { waiting: 0, review: 0 }
  const database = new Database(file, { readonly: true })
  try {
    const select = database.prepare(`
      SELECT count(*) FILTER (WHERE state = 'pending') AS waiting,
        count(*) FILTER (WHERE state = 'review') AS review FROM redemption`)
    return Counts.parse(select.get())
  } finally {
    database.close()
  }
}
