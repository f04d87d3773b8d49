import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'
import { allFigures } from '../../support/all-figures.ts'

const hourMs = 3_600_000
const noon = Date.parse('2026-11-23T12:00:00+08:00')

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

let numbers = 0
function record(change: Partial<Redemption>): Redemption {
  numbers += 1
  const redemption = pendingRedemption(numbers, { recordedAt: noon, ...change })
  store.redemptions.insert(
    { ...redemption, state: 'pending', settledAt: null },
    { at: redemption.recordedAt, event: 'recorded', evidence: null },
  )
  if (redemption.state !== 'pending')
    amend(
      store,
      { ...redemption, nextAttemptAt: null },
      { at: redemption.recordedAt + 1, event: 'redeemed', evidence: null },
    )
  return redemption
}

function answered(httpStatus: number | null, transportFault: string | null = null) {
  return {
    httpStatus,
    apiCode: null,
    apiMessage: null,
    apiDetail: null,
    requestId: null,
    transportFault,
  }
}

test('figures are counted by day, hour, batch, reason and time to settle, in Beijing time', async () => {
  const settled = { state: 'redeemed', stockId: '100' } as const
  record({ ...settled, settledAt: noon + 2000 })
  record({ ...settled, recordedAt: noon + hourMs, settledAt: noon + hourMs + 30_000 })
  // Twenty past midnight in Beijing is still the day before in London.
  const early = Date.parse('2026-11-23T00:20:00+08:00')
  record({ ...settled, stockId: '200', recordedAt: early, settledAt: early + 1000 })
  record({ ...settled, recordedAt: noon - 24 * hourMs, settledAt: noon })
  record({ state: 'refused', reason: 'used-elsewhere', settledAt: noon })
  record({})
  const read = await store.insights.read(7, noon + 2 * hourMs)
  expect(read.days.map(({ redeemed, refused, open }) => [redeemed, refused, open])).toEqual([
    ...Array.from({ length: 5 }, () => [0, 0, 0]),
    [1, 0, 0],
    [3, 1, 1],
  ])
  expect([read.hours[0], read.hours[12], read.hours[13]]).toEqual([1, 2, 1])
  expect(Object.fromEntries(read.stocks)).toEqual({ 100: 3, 200: 1 })
  expect(read.refusals).toEqual([{ reason: 'used-elsewhere', count: 1 }])
  expect(read.settled).toEqual([2, 1, 0, 0, 1, 0])
})

test("a day's figures are counted again when one of its redemptions changes later", async () => {
  const yesterday = noon - 24 * hourMs
  const waiting = record({ recordedAt: yesterday })
  const before = await store.insights.read(7, noon)
  expect(before.days.at(-2)).toMatchObject({ redeemed: 0, open: 1 })
  amend(
    store,
    { ...waiting, state: 'redeemed', settledAt: noon, nextAttemptAt: null },
    { at: noon, event: 'redeemed', evidence: null },
  )
  const after = await store.insights.read(7, noon)
  expect(after.days.at(-2)).toMatchObject({ redeemed: 1, open: 0 })
})

test('an outage lasts from the first request without a reply to the first reply', async () => {
  const redemption = record({})
  const fail = (at: number) =>
    amend(store, redemption, { at, event: 'unknown', evidence: answered(null, 'refused') })
  fail(noon + 1000)
  fail(noon + 5000)
  expect((await store.insights.read(7, noon + 9000)).outages).toEqual([
    { from: noon + 1000, until: null, attempts: 2 },
  ])
  // A service error is a reply: the line is up.
  amend(store, redemption, { at: noon + 60_000, event: 'unknown', evidence: answered(500) })
  amend(store, redemption, { at: noon + 61_000, event: 'unknown', evidence: answered(500) })
  expect((await store.insights.read(7, noon + 90_000)).outages).toEqual([
    { from: noon + 1000, until: noon + 60_000, attempts: 2 },
  ])
})

test('a shift counts the coupons whose customers got no discount', () => {
  const given = { at: noon, by: '小陈', fen: 500 }
  record({ state: 'redeemed', given })
  record({ state: 'redeemed' })
  record({ state: 'cancelled', released: { at: noon, how: 'customer-keeps' } })
  record({ state: 'returned', released: { at: noon, how: 'hold-ended' } })
  const couponReturn = { returnRequestNo: 'T1-back-1', body: new Uint8Array(1), reason: null }
  record({ state: 'redeemed', given, couponReturn: { ...couponReturn, refusedAt: noon } })
  const { ungiven } = allFigures(store)
  expect(ungiven).toEqual({ notGiven: 1, released: 2, returnRefused: 1 })
})
