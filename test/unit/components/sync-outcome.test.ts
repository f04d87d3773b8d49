import { expect, test } from 'vitest'
import type { Connection } from '../../../main/contract/snapshot.ts'
import { syncOutcome } from '../../../renderer/shell/sync-outcome.ts'
import { emptyQueue as queue } from '../../support/empty-queue.ts'

const before: Connection = {
  state: 'offline',
  since: 0,
  lastContactAt: 100,
  lastSilenceAt: 200,
  nextProbeAt: null,
  blockedBy: null,
}
const reached: Connection = { ...before, state: 'online', lastContactAt: 300 }
const two = { ...queue, waiting: 2 }
const sending = { began: 'sending', waiting: 2, connection: before } as const

test('F8 tells what became of what waited when it was pressed', () => {
  expect(syncOutcome(sending, { queue: two, connection: before })).toBe('sending')
  expect(syncOutcome(sending, { queue: { ...two, waiting: 1 }, connection: reached })).toBe('left')
  expect(syncOutcome(sending, { queue, connection: reached })).toBe('settled')
  const silent = { ...before, lastSilenceAt: 400 }
  expect(syncOutcome(sending, { queue: two, connection: silent })).toBe('silent')
})

test('F8 with nothing waiting tells whether WeChat Pay can be reached', () => {
  const asking = { began: 'asking', waiting: 0, connection: before } as const
  expect(syncOutcome(asking, { queue, connection: before })).toBe('asking')
  expect(syncOutcome(asking, { queue, connection: reached })).toBe('reached')
  expect(syncOutcome(asking, { queue, connection: { ...before, lastSilenceAt: 400 } })).toBe(
    'silent',
  )
})

test('F8 tells that the queue is paused, or stopped by the settings, before anything else', () => {
  const paused = { ...sending, began: 'paused' } as const
  expect(syncOutcome(paused, { queue: two, connection: reached })).toBe('paused')
  const blocked = { ...reached, state: 'blocked' } as const
  expect(syncOutcome(sending, { queue: two, connection: blocked })).toBe('blocked')
})
