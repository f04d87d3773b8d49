import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { ofIdentity } from '../redemption/settings-faults.ts'

const Counts = z.object({
  waiting: z.number(),
  review: z.number(),
  /** Of those, what may be redeemed under the present settings already: only they can find out. */
  bound: z.number(),
  /** Of those, what was answered with a fault that a wrong merchant id or appid has. */
  misaddressed: z.number(),
  /** When the oldest of them was recorded, epoch milliseconds. */
  oldestAt: z.number().nullable(),
})
export type QueueCounts = z.infer<typeof Counts>

const Columns = z.array(z.object({ name: z.string() }))
const mayBeRedeemed = 'uncertain OR in_flight OR hand_overs > 0 OR return_request_no IS NOT NULL'

/**
 * Counts the redemptions that wait in a till's database, which the till may have open meanwhile; zeros when there is no
 * file. Needs no key, because it reads no encrypted column.
 */
export function readQueueCounts(file: string): QueueCounts {
  if (!existsSync(file)) return { waiting: 0, review: 0, bound: 0, misaddressed: 0, oldestAt: null }
  const database = new Database(file, { readonly: true })
  try {
    // A file of an earlier version, before the till has opened it, does not say: all of it may be redeemed.
    const known = Columns.parse(database.pragma('table_info(redemption)'))
    const bound = known.some(({ name }) => name === 'hand_overs') ? mayBeRedeemed : 'TRUE'
    const select = database.prepare(`
      SELECT count(*) FILTER (WHERE state IN ('pending', 'returning')) AS waiting,
        count(*) FILTER (WHERE state = 'review') AS review,
        count(*) FILTER (WHERE ${bound}) AS bound,
        min(recorded_at) AS oldestAt,
        count(*) FILTER (WHERE reason IN (${ofIdentity.map(() => '?').join(', ')})) AS misaddressed
      FROM redemption WHERE state IN ('pending', 'returning', 'review')`)
    return Counts.parse(select.get(...ofIdentity))
  } finally {
    database.close()
  }
}
