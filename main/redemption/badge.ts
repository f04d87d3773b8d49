import type { Connection, Queue } from '../contract/snapshot.ts'

/** From bad to good: of all that is true at once, the first is shown. */
const order = [
  /** The settings stopped the queue: nobody but the manager can help. */
  'blocked',
  /** Entries that no key here opens. */
  'unreadable',
  /** A person has to decide. */
  'review',
  'offline',
  'unsteady',
  'paused',
  'waiting',
  /** Not tried yet: nothing is known, which is not "good". */
  'untried',
  'good',
] as const

export interface Badge {
  readonly state: (typeof order)[number]
  /** Of the oldest entry that waits; `null` when none does. A clock set back makes nothing younger than just now. */
  readonly oldestAgeMs: number | null
}

/** One word for the line and the queue together. */
export function badgeOf(connection: Connection, queue: Queue, now: number): Badge {
  const holds: Readonly<Record<Badge['state'], boolean>> = {
    blocked: connection.state === 'blocked',
    unreadable: queue.unreadable > 0,
    review: queue.review > 0,
    offline: connection.state === 'offline',
    unsteady: connection.state === 'unsteady',
    paused: queue.paused,
    waiting: queue.waiting > 0,
    untried: connection.state === 'untried',
    good: true,
  }
  const state = order.find((candidate) => holds[candidate]) ?? 'good'
  const oldestAgeMs = queue.oldestAt === null ? null : Math.max(0, now - queue.oldestAt)
  return { state, oldestAgeMs }
}
