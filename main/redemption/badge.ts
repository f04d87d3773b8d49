import { type BadgeState, badgeStates, type Connection, type Queue } from '../contract/snapshot.ts'

/** Returns the worst state that is true of the line or the queue. */
export function badgeOf(connection: Connection, queue: Queue): BadgeState {
  const holds: Readonly<Record<BadgeState, boolean>> = {
    blocked: connection.state === 'blocked',
    unreadable: queue.unreadable > 0,
    review: queue.review > 0,
    offline: connection.state === 'offline',
    unsteady: connection.state === 'unsteady',
    paused: queue.paused,
    waiting: queue.waiting > 0,
    untried: connection.state === 'untried',
    unchecked: connection.state === 'unchecked',
    good: true,
  }
  return badgeStates.find((candidate) => holds[candidate]) ?? 'good'
}
