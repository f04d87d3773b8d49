import type { Connection, Queue } from '../../main/contract/snapshot.ts'
import type { SyncBegun } from './sync-now.ts'

export type SyncOutcome =
  | 'paused'
  | 'asking'
  | 'sending'
  | 'reached'
  | 'settled'
  | 'left'
  | 'silent'
  | 'blocked'

/** Tells from what is known now, and what was known before it, what became of "settle now" (F8). */
export function syncOutcome(
  { began, waiting, connection: before }: SyncBegun,
  { queue, connection }: { readonly queue: Queue; readonly connection: Connection },
): SyncOutcome {
  if (began === 'paused') return 'paused'
  if (connection.state === 'blocked') return 'blocked'
  const isReached = connection.lastContactAt !== before.lastContactAt
  if (isReached && queue.waiting === 0) return waiting === 0 ? 'reached' : 'settled'
  if (isReached) return 'left'
  return connection.lastSilenceAt === before.lastSilenceAt ? began : 'silent'
}
