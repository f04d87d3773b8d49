import { expect, test } from 'vitest'
import type { Connection, Queue } from '../../../main/contract/snapshot.ts'
import { badgeOf } from '../../../main/redemption/badge.ts'
import { emptyQueue as empty } from '../../support/empty-queue.ts'

const online: Connection = {
  state: 'online',
  since: 0,
  lastContactAt: 0,
  lastSilenceAt: null,
  nextProbeAt: null,
  blockedBy: null,
}

test('the badge shows the worst of connection and queue', () => {
  // From good to bad; each step adds to those before it.
  const steps: [string, Partial<Connection>, Partial<Queue>][] = [
    ['good', {}, {}],
    ['unchecked', { state: 'unchecked' }, {}],
    ['untried', { state: 'untried' }, {}],
    ['waiting', {}, { waiting: 1 }],
    ['paused', {}, { paused: true }],
    ['unsteady', { state: 'unsteady' }, {}],
    ['offline', { state: 'offline' }, {}],
    ['review', {}, { review: 1 }],
    ['unreadable', {}, { unreadable: 1 }],
    ['blocked', { state: 'blocked' }, {}],
  ]
  let connection = online
  let queue = empty
  for (const [state, line, entries] of steps) {
    connection = { ...connection, ...line }
    queue = { ...queue, ...entries }
    expect(badgeOf(connection, queue)).toBe(state)
  }
})
