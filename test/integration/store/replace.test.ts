import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store

beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(path.join(folder.path, 'till.db'))
})

afterEach(() => {
  store.close()
  folder.remove()
})

const at = 1_795_430_000_000

function insert(entry: Redemption): void {
  expect(store.redemptions.insert(entry, { at, event: 'recorded', evidence: null }).ok).toBe(true)
}

test('a redemption is ended and another takes its place, both with their audit rows', async () => {
  const old = pendingRedemption(1)
  insert(old)
  const ended: Redemption = { ...old, state: 'cancelled', nextAttemptAt: null, inFlight: false }
  const fresh = pendingRedemption(2, { couponCode: old.couponCode, recordedAt: old.recordedAt })
  store.redemptions.replace(
    { redemption: ended, audits: [{ at, event: 'cancelled', evidence: null }] },
    { redemption: fresh, audits: [{ at, event: 'recorded', evidence: null }] },
  )
  expect(store.redemptions.find(old.useRequestNo)?.state).toBe('cancelled')
  expect(store.redemptions.findByCode(old.couponCode)).toMatchObject({
    useRequestNo: fresh.useRequestNo,
    state: 'pending',
  })
  await store.history.catchUp(() => false)
  const events = (entry: Redemption) =>
    store.history.timeline(entry.useRequestNo).map(({ event }) => event)
  expect(events(old)).toEqual(['recorded', 'cancelled'])
  expect(events(fresh)).toEqual(['recorded'])
  expect(await store.audit.isIntact()).toBe(true)
})

test('or neither is written', async () => {
  const old = pendingRedemption(1)
  insert(old)
  const ended: Redemption = { ...old, state: 'cancelled', nextAttemptAt: null }
  const audits = [{ at, event: 'cancelled', evidence: null }] as const
  // Its number exists already.
  expect(() =>
    store.redemptions.replace({ redemption: ended, audits }, { redemption: old, audits }),
  ).toThrow('UNIQUE')
  expect(store.redemptions.find(old.useRequestNo)?.state).toBe('pending')
  expect(await store.audit.isIntact()).toBe(true)
})

test('waiting entries are due by their time; after the settings were fixed, or where no limit applies, when they are asked for', () => {
  const later = { nextAttemptAt: at + 60_000, inFlight: false }
  const entries = {
    due: pendingRedemption(1, { nextAttemptAt: at }),
    silent: pendingRedemption(2, { ...later, reason: 'no-answer-in-time' }),
    blocked: pendingRedemption(3, { ...later, reason: 'address-not-allowed' }),
    alone: pendingRedemption(4, { ...later, reason: 'no-permission', undecidedAttempts: 2 }),
    limited: pendingRedemption(5, { ...later, reason: 'rate-limited' }),
  } as const
  for (const entry of Object.values(entries)) insert(entry)
  const names = (reach?: 'due' | 'settings' | 'all') => {
    const due = store.open.due(at, 10, [], reach).map(({ useRequestNo }) => useRequestNo)
    return Object.entries(entries).flatMap(([name, entry]) =>
      due.includes(entry.useRequestNo) ? [name] : [],
    )
  }
  expect(names()).toEqual(['due'])
  expect(names('settings')).toEqual(['due', 'blocked'])
  expect(names('all')).toEqual(['due', 'silent', 'blocked', 'alone'])
})
