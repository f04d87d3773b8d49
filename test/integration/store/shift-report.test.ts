import SQLite from 'better-sqlite3'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openRecords, type Records } from '../../../main/app/records.ts'
import type { Shift } from '../../../main/contract/shift.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import type { Store } from '../../../main/store/store.ts'
import { allFigures } from '../../support/all-figures.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { tenYuanOff } from '../../support/scripted-till.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

const redeemed = { state: 'redeemed', inFlight: false, nextAttemptAt: null } as const
const given = (fen: number | null) => ({ at: 1, by: '小陈', fen })
const noon = Date.parse('2026-11-23T12:00:00+08:00')

let file: string
let store: Store
let records: Records
let numbers: number

beforeEach(() => {
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  file = path.join(folder.path, 'till.db')
  numbers = 0
  open()
  onTestFinished(() => store.close())
})

function open(): void {
  store = openTestStore(file)
  records = openRecords(store, () => noon)
}

function record(change: Partial<Redemption>): Redemption {
  numbers += 1
  const pending = pendingRedemption(numbers, { recordedAt: noon, ...change })
  store.redemptions.insert(
    { ...pending, state: 'pending' },
    { at: noon, event: 'recorded', evidence: null },
  )
  amend(store, pending, { at: noon, event: 'redeemed', evidence: null })
  return pending
}

function openShift(): Shift {
  return store.shifts.add({
    openedBy: '小陈',
    openedAt: noon,
    closedBy: null,
    closedAt: null,
    note: '',
    handedOn: null,
  })
}

function closeShift(shift: Shift): Shift {
  const closed = { ...shift, closedBy: '小陈', closedAt: noon }
  store.shifts.close(closed, records.shiftFigures(shift))
  return closed
}

test('the sum of discounts counts what was given, not what was redeemed, and says what is not known', () => {
  const all: readonly (readonly [string, Partial<Redemption>])[] = [
    // A percentage, in two orders.
    ['percent', { ...redeemed, given: given(1200) }],
    ['percent', { ...redeemed, given: given(345) }],
    // Redeemed after its customer had left; refused; returned after it was given.
    ['percent', redeemed],
    ['percent', { ...redeemed, state: 'refused' }],
    ['percent', { ...redeemed, state: 'returned', given: given(999) }],
    // Given before the batch was known.
    ['unknown', { ...redeemed, given: given(null) }],
    ['unknown', { ...redeemed, given: given(500) }],
    // Confirmed by a person in an earlier version, which noted no sum; the batch is known.
    ['fixed', { ...redeemed, resolution: 'confirmed', given: given(null) }],
  ]
  store.stocks.save({ ...tenYuanOff, stockId: 'fixed' }, noon)
  for (const [stockId, change] of all) record({ ...change, stockId })
  const rows = new Map(allFigures(store).stocks.map((row) => [row.stockId, row]))
  expect(rows.get('percent')).toMatchObject({ redeemed: 3, returned: 1, fen: 1545, unknown: 0 })
  expect(rows.get('unknown')).toMatchObject({ redeemed: 2, fen: 500, unknown: 1 })
  expect(rows.get('fixed')).toMatchObject({ redeemed: 1, fen: 1000, unknown: 0 })
})

test('what was honoured or lost counts with its value where that is known', () => {
  record({ honoured: true, honouredValueFen: 2000, cashier: '小陈' })
  record({ honoured: true, honouredValueFen: null, cashier: '小陈' })
  record({
    state: 'resolved',
    resolution: 'loss',
    honoured: true,
    honouredValueFen: 500,
    cashier: '小陈',
  })
  const figures = allFigures(store)
  expect(figures.cashiers).toMatchObject([{ name: '小陈', redeemed: 0, open: 2, fen: 0 }])
  expect(figures.honoured).toEqual({ count: 3, fen: 2500, unknown: 1 })
  expect(figures.honouredOpen).toEqual({ count: 2, fen: 2000, unknown: 1 })
  expect(figures.losses).toEqual({ count: 1, fen: 500, unknown: 0 })
})

test('a redemption is in the shift that it was recorded in, whatever was done to the clock', () => {
  record({ ...redeemed, given: given(100) })
  const first = openShift()
  record({ ...redeemed, given: given(200), recordedAt: noon - 3_600_000 })
  const closed = closeShift(first)
  record({ ...redeemed, given: given(400) })
  const second = openShift()
  record({ ...redeemed, given: given(800), recordedAt: noon - 7_200_000 })
  const report = records.report(second)
  expect(report).toMatchObject({ basis: 'growing', since: null, outsideSince: noon })
  expect([report.figures, report.outside].map((each) => each?.stocks[0]?.fen)).toEqual([800, 400])
  const before = records.report(closed)
  expect(before).toMatchObject({ basis: 'kept', outsideSince: null })
  expect([before.figures, before.outside].map((each) => each?.stocks[0]?.fen)).toEqual([200, 100])
  store.shifts.close({ ...second, closedAt: noon }, records.shiftFigures(second))
  expect(records.outsideNow()?.stocks).toEqual([])
})

test('a closed report stays as it was, over a restart too, and lists what changed since', () => {
  const shift = openShift()
  const waiting = record({ honoured: true, honouredValueFen: 700, cashier: '小陈' })
  record({ ...redeemed, given: given(200) })
  const closed = closeShift(shift)
  const before = records.report(closed)
  expect(before.since).toEqual({ changes: [], more: 0, now: null })
  amend(
    store,
    { ...waiting, ...redeemed, given: given(700) },
    { at: noon + 5, event: 'redeemed', evidence: null },
  )
  store.close()
  open()
  const after = records.report(closed)
  expect(after.figures).toEqual(before.figures)
  expect(after.figures.stocks).toMatchObject([{ redeemed: 1, open: 1, fen: 200 }])
  expect(after.since?.changes).toEqual([
    { at: noon + 5, codeTail: waiting.couponCode.slice(-4), event: 'redeemed', by: null },
  ])
  expect(after.since?.now?.figures.stocks).toMatchObject([{ redeemed: 2, open: 0, fen: 900 }])
  // Taking over what was left does not open what was kept.
  store.shifts.save({ ...closed, note: 'x' })
  expect(records.report(closed).figures).toEqual(before.figures)
})

test('a shift of an earlier version is counted by its times, and says that nothing was kept', () => {
  record({ ...redeemed, recordedAt: noon - 5000, given: given(1) })
  record({ ...redeemed, recordedAt: noon, given: given(10) })
  record({ ...redeemed, recordedAt: noon + 5000, given: given(100) })
  const earlier = { ...openShift(), openedAt: noon - 1000, closedBy: '小陈', closedAt: noon + 1000 }
  // As an earlier version wrote it: without the rows, and without anything kept.
  const { id, ...asBefore } = earlier
  store.close()
  writeShift(id, asBefore)
  open()
  const report = records.report(earlier)
  expect(report).toMatchObject({ basis: 'not-kept', since: null })
  expect(report.figures.stocks).toMatchObject([{ redeemed: 1, fen: 10 }])
  expect(report.outside?.stocks).toMatchObject([{ redeemed: 1, fen: 1 }])
  expect(records.outsideNow()?.stocks).toMatchObject([{ redeemed: 1, fen: 100 }])
})

test('a kept report cannot be put in another shift’s place', () => {
  const first = openShift()
  record({ ...redeemed, given: given(200) })
  const closed = closeShift(first)
  const second = closeShift(openShift())
  store.close()
  const database = new SQLite(file)
  database.exec(`UPDATE setting SET sealed = (SELECT sealed FROM setting WHERE name = 'shift-report ${closed.id}')
    WHERE name = 'shift-report ${second.id}'`)
  database.close()
  open()
  expect(records.report(closed).basis).toBe('kept')
  expect(records.report(second)).toMatchObject({ basis: 'not-kept', figures: { stocks: [] } })
})

function writeShift(id: number, shift: Omit<Shift, 'id'>): void {
  const database = new SQLite(file)
  database.prepare('UPDATE shift SET record = ? WHERE id = ?').run(JSON.stringify(shift), id)
  database.close()
}
