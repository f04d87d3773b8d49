import Database from 'better-sqlite3'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HistoryQuery } from '../../../main/contract/history.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

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

function record(number: number, change: Partial<Redemption> = {}): Redemption {
  const pending = pendingRedemption(number, change)
  store.redemptions.insert(
    { ...pending, state: 'pending' },
    { at: number, event: 'recorded', evidence: null },
  )
  if (pending.state !== 'pending')
    amend(store, pending, { at: number + 1, event: 'redeemed', evidence: null })
  return pending
}

function search(query: Partial<HistoryQuery>) {
  const nothing = { text: '', states: [], stockId: null, cashier: null, from: null, until: null }
  return store.history.search(HistoryQuery.parse({ ...nothing, cursor: null, ...query }))
}

function numbers(query: Partial<HistoryQuery>): string[] {
  return search(query).entries.map(({ useRequestNo }) => useRequestNo)
}

describe('the history', () => {
  test('lists the newest first, page by page, without gaps or repetitions', () => {
    const all = Array.from({ length: 120 }, (_, at) => record(at + 1).useRequestNo).toReversed()
    const pages: string[] = []
    let cursor: number | null = null
    do {
      const page = search({ cursor })
      pages.push(...page.entries.map(({ useRequestNo }) => useRequestNo))
      cursor = page.cursor
      // A redemption recorded meanwhile does not change the pages that follow.
      if (pages.length === 50) record(1000)
    } while (cursor !== null)
    expect(pages).toEqual(all)
  })

  test('finds by the last four characters, the whole code and the beginning of the `useRequestNo`', () => {
    const wanted = record(1, { couponCode: 'AB-12345-WXYZ' })
    record(2)
    for (const text of [
      'WXYZ',
      'AB-12345-WXYZ',
      wanted.useRequestNo,
      wanted.useRequestNo.slice(0, -6),
    ])
      expect(numbers({ text })).toContain(wanted.useRequestNo)
    expect(numbers({ text: 'WXYZ' })).toHaveLength(1)
    expect(numbers({ text: 'AB-12345-WXY' })).toEqual([])
    expect(numbers({ text: 'wxyz' })).toEqual([])
  })

  test('filters by state, batch, cashier and time, alone and together', () => {
    const base = 1_795_430_000_000
    const redeemed = { state: 'redeemed', settledAt: 5, nextAttemptAt: null } as const
    record(1, { ...redeemed, cashier: '小陈', stockId: '100' })
    record(2, { ...redeemed, cashier: '李强', stockId: '200' })
    record(3, { state: 'refused', settledAt: 5, nextAttemptAt: null, cashier: '小陈' })
    record(4, { cashier: '小陈' })
    const found = (query: Partial<HistoryQuery>): number[] =>
      search(query).entries.map(({ recordedAt }) => recordedAt - base)
    expect(found({ states: ['refused'] })).toEqual([3])
    expect(found({ states: ['redeemed', 'refused'] })).toEqual([3, 2, 1])
    expect(found({ stockId: '100' })).toEqual([1])
    expect(found({ cashier: '小陈' })).toEqual([4, 3, 1])
    expect(found({ cashier: '小陈', states: ['redeemed'] })).toEqual([1])
    expect(found({ from: base + 2, until: base + 3 })).toEqual([3, 2])
    expect(found({ from: base + 9 })).toEqual([])
    expect(found({ until: base + 3, states: ['pending'] })).toEqual([])
    expect(store.history.cashiers()).toEqual(['小陈', '李强'])
  })

  test('goes on after rows that match nothing, until every row was examined', () => {
    record(1, { stockId: '100' })
    // More rows than one page may examine.
    const insert = (at: number): Redemption => record(at)
    for (let at = 2; at < 30; at += 1) insert(at)
    const page = search({ stockId: '100' })
    expect(page.entries).toHaveLength(1)
    expect(page.cursor).toBeNull()
  })

  test("has every step of one redemption, with WeChat Pay's replies and people's reasons", () => {
    const redemption = record(1)
    record(2)
    const evidence = {
      httpStatus: 500,
      apiCode: 'SYSTEM_ERROR',
      apiMessage: '系统错误',
      apiDetail: '{"field":"/stock_id"}',
      requestId: '08ABC',
      transportFault: null,
    }
    amend(store, redemption, { at: 50, event: 'unknown', evidence })
    const note = { by: '李强', how: 'supervisor', why: '顾客已离开' } as const
    amend(store, { ...redemption, honoured: true }, { at: 60, event: 'honoured', evidence: note })
    expect(store.history.timeline(redemption.useRequestNo)).toMatchObject([
      { at: 1, event: 'recorded', by: null, code: null },
      {
        at: 50,
        event: 'unknown',
        code: 'SYSTEM_ERROR',
        message: '系统错误',
        detail: '{"field":"/stock_id"}',
        status: 500,
        requestId: '08ABC',
      },
      { at: 60, event: 'honoured', by: '李强', why: '顾客已离开' },
    ])
  })

  test('has what a query returned, what was decided, and what the till concluded', () => {
    const redemption = record(1)
    const found = { by: '李强', couponState: 'USED', heldBy: 'T2-1', returnedBy: null } as const
    amend(store, redemption, { at: 50, event: 'looked-up', evidence: found })
    amend(store, redemption, { at: 60, event: 'refused', evidence: { remark: 'not-ours' } })
    const note = { by: '李强', how: 'loss', why: '顾客已离开' } as const
    amend(store, redemption, { at: 70, event: 'resolved', evidence: note })
    expect(store.history.timeline(redemption.useRequestNo).slice(1)).toMatchObject([
      { event: 'looked-up', by: '李强', how: null, couponState: 'USED', heldBy: 'T2-1' },
      { event: 'refused', remark: 'not-ours', by: null },
      { event: 'resolved', by: '李强', how: 'loss', remark: null },
    ])
  })

  test('tells of a return that was asked for, under the name that the file has kept for it', async () => {
    const redemption = record(1, { state: 'redeemed', nextAttemptAt: null })
    amend(store, redemption, { at: 50, event: 'returning', evidence: null })
    expect(store.history.timeline(redemption.useRequestNo).at(-1)).toMatchObject({
      event: 'returning',
    })
    expect(await store.audit.isIntact()).toBe(true)
    store.close()
    const file = new Database(path.join(folder.path, 'till.db'))
    const events = file.prepare('SELECT event FROM audit ORDER BY id').pluck().all()
    file.close()
    expect(events).toEqual(['recorded', 'redeemed', 'giving-back'])
    store = openTestStore(path.join(folder.path, 'till.db'))
  })

  test('finds refused returns', () => {
    const refused = {
      state: 'redeemed',
      nextAttemptAt: null,
      couponReturn: {
        returnRequestNo: 'T01-R',
        body: new Uint8Array(1),
        reason: 'return-too-late',
        refusedAt: 7,
      },
    } as const
    const { useRequestNo } = record(1, refused)
    record(2, { state: 'redeemed', nextAttemptAt: null })
    expect(numbers({ isReturnRefused: true })).toEqual([useRequestNo])
    expect(numbers({ isReturnRefused: true, states: ['returned'] })).toEqual([])
    expect(numbers({})).toHaveLength(2)
  })

  test('includes what was recorded before the history existed', async () => {
    record(1)
    await store.history.catchUp(() => false)
    expect(numbers({})).toHaveLength(1)
  })
})
