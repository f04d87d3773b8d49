import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openRecords, type Records } from '../../../main/app/records.ts'
import { everyRedemption } from '../../../main/contract/history.ts'
import type { Money, MoneyRow, ShiftPlace } from '../../../main/contract/money.ts'
import type { AuditEvent } from '../../../main/redemption/audit-entry.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { tenYuanOff } from '../../support/scripted-till.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

const at = (text: string): number => Date.parse(`${text}+08:00`)
const monday = '2026-11-23'
const tuesday = '2026-11-24'

let store: Store
let records: Records
let now: number
let numbers: number

beforeEach(() => {
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  store = openTestStore(path.join(folder.path, 'till.db'))
  onTestFinished(() => store.close())
  now = at('2026-11-24T20:00:00')
  records = openRecords(store, () => now)
  numbers = 0
})

function scan(time: number, first: Partial<Redemption> = {}): Redemption {
  numbers += 1
  const row = pendingRedemption(numbers, { recordedAt: time, cashier: '小陈', ...first })
  store.redemptions.insert(row, { at: time, event: 'recorded', evidence: null })
  return row
}

function change(
  row: Redemption,
  time: number,
  next: Partial<Redemption>,
  event: AuditEvent,
): Redemption {
  const changed = { ...row, inFlight: false, ...next }
  amend(store, changed, { at: time, event, evidence: null })
  return changed
}

const given = (time: number, fen: number | null) => ({ given: { at: time, by: '小陈', fen } })

/** Redeemed and given at once. */
function redeem(time: number, fen: number | null, more: Partial<Redemption> = {}): Redemption {
  return change(scan(time, more), time, { state: 'redeemed', ...given(time, fen) }, 'redeemed')
}

function honour(time: number, fen: number): Redemption {
  const honoured = { honoured: true, honouredValueFen: fen, ...given(time, fen) }
  return change(scan(time), time, honoured, 'honoured')
}

function moneyOn(day: string, place: ShiftPlace = 'all', to = day): Promise<Money> {
  return records.money({ range: { from: day, to }, place })
}

function fenOf({ given: all, confirmed, open, lost, returned }: MoneyRow): number[] {
  return [all.fen, confirmed.fen, open.fen, lost.fen, returned.fen]
}

test('what was given as another batch, beyond what the coupon is worth, is named and stays in the sums', async () => {
  const time = at('2026-11-24T10:00:00')
  store.stocks.save({ ...tenYuanOff, stockId: '501', discountFen: 501 }, time)
  const redeemed = { state: 'redeemed', reason: 'redeemed', settledAt: time } as const
  change(honour(time, 2000), time, { ...redeemed, stockId: '501' }, 'redeemed')
  // What was told after the reply, what was given for less, and what is not decided, are none.
  redeem(time, 2000, { stockId: '501' })
  change(honour(time, 300), time, { ...redeemed, stockId: '501' }, 'redeemed')
  honour(time, 2000)
  const day = await moneyOn(tuesday)
  expect(day.excess).toEqual({ coupons: 1, fen: 1499 })
  expect(fenOf(day.total)).toEqual([6300, 4300, 2000, 0, 0])
  expect((await moneyOn(monday)).excess.coupons).toBe(0)
  const { entries } = records.search({ ...everyRedemption, cursor: null })
  expect(entries.map(({ excessFen }) => excessFen).toReversed()).toEqual([1499, null, null, null])
})

test('a day begins and ends at midnight in Beijing, wherever the computer is', async () => {
  redeem(at('2026-11-23T23:59:59.999'), 100)
  redeem(at('2026-11-24T00:00:00'), 1000)
  expect((await moneyOn(monday)).total.given).toEqual({ count: 1, fen: 100, unknown: 0 })
  const { total, hours, days } = await moneyOn(tuesday)
  expect(total.given.fen).toBe(1000)
  expect(hours.map(({ hour }) => hour)).toEqual([0])
  expect(days).toMatchObject({ first: tuesday, last: tuesday })
  expect((await records.money({ range: 'yesterday', place: 'all' })).total.given.fen).toBe(100)
})

test('honoured before midnight and confirmed after it: the day before keeps what was open', async () => {
  const row = honour(at('2026-11-23T23:50:00'), 700)
  const before = await moneyOn(monday)
  change(row, at('2026-11-24T00:10:00'), { state: 'redeemed' }, 'redeemed')
  const after = await moneyOn(monday)
  expect(after.total).toEqual(before.total)
  expect(fenOf(after.total)).toEqual([700, 0, 700, 0, 0])
  expect(after.later).toBe(1)
  const today = await moneyOn(tuesday)
  expect(fenOf(today.total)).toEqual([0, 700, -700, 0, 0])
  expect(today.earlier.coupons).toBe(1)
  expect(fenOf((await moneyOn(monday, 'all', tuesday)).total)).toEqual([700, 700, 0, 0, 0])
  // Down to the coupon, from either day.
  const days = { from: at('2026-11-24T00:00:00'), until: at('2026-11-24T23:59:59.999') }
  const found = records.search({ ...everyRedemption, ...days, about: 'booked-here' })
  expect(found.entries.map(({ useRequestNo }) => useRequestNo)).toEqual([row.useRequestNo])
  expect(
    records.search({ ...everyRedemption, ...days, about: 'booked-elsewhere' }).entries,
  ).toEqual([])
})

test('what is returned after its day counts on the day of the return, under its cashier and batch', async () => {
  const row = redeem(at('2026-11-23T12:00:00'), 2000, { stockId: '12' })
  redeem(at('2026-11-24T09:00:00'), 500, { cashier: '李强', stockId: '13' })
  change(row, at('2026-11-24T10:00:00'), { state: 'returning' }, 'returning')
  change(row, at('2026-11-24T10:00:01'), { state: 'returned', ...given(1, 2000) }, 'returned')
  expect(fenOf((await moneyOn(monday)).total)).toEqual([2000, 2000, 0, 0, 0])
  const today = await moneyOn(tuesday)
  expect(fenOf(today.total)).toEqual([-1500, -1500, 0, 0, 2000])
  expect(today.cashiers.map(({ name, given: sum }) => [name, sum.fen])).toEqual([
    ['李强', 500],
    ['小陈', -2000],
  ])
  expect(today.stocks.map(({ stockId, given: sum }) => [stockId, sum.fen])).toEqual([
    ['13', 500],
    ['12', -2000],
  ])
  expect(today.hours.map(({ hour, given: sum }) => [hour, sum.fen])).toEqual([
    [9, 500],
    [10, -2000],
  ])
})

test('honoured and then refused is open until a person books the loss', async () => {
  const row = honour(at('2026-11-24T09:00:00'), 700)
  const waits = change(row, at('2026-11-24T09:05:00'), { state: 'review' }, 'review')
  expect(fenOf((await moneyOn(tuesday)).total)).toEqual([700, 0, 700, 0, 0])
  change(waits, at('2026-11-24T09:10:00'), { state: 'resolved', resolution: 'loss' }, 'resolved')
  expect(fenOf((await moneyOn(tuesday)).total)).toEqual([700, 0, 0, 700, 0])
})

test('a percentage off an unknown total is one of unknown value, and never 0', async () => {
  store.stocks.save(
    { ...tenYuanOff, stockId: 'percent', kind: 'DISCOUNT', discountFen: null, payPercent: 88 },
    now,
  )
  redeem(at('2026-11-24T09:00:00'), null, { stockId: 'percent' })
  expect((await moneyOn(tuesday)).total.given).toEqual({ count: 1, fen: 0, unknown: 1 })
})

test('a batch that is described a day later changes nothing of the day before', async () => {
  redeem(at('2026-11-23T12:00:00'), null, { stockId: 'new' })
  const before = await moneyOn(monday)
  expect(before.total.given).toEqual({ count: 1, fen: 0, unknown: 1 })
  store.stocks.save({ ...tenYuanOff, stockId: 'new' }, at('2026-11-24T08:00:00'))
  expect((await moneyOn(monday)).total).toEqual(before.total)
  expect((await moneyOn(tuesday)).total.given).toEqual({ count: 0, fen: 1000, unknown: -1 })
})

test('after the clock was set back by a day nothing is counted twice or lost', async () => {
  const row = honour(at('2026-11-24T09:00:00'), 700)
  change(row, at('2026-11-23T09:00:00'), { state: 'redeemed' }, 'redeemed')
  redeem(at('2026-11-23T09:01:00'), 300)
  expect(fenOf((await moneyOn(tuesday)).total)).toEqual([700, 0, 700, 0, 0])
  expect(fenOf((await moneyOn(monday)).total)).toEqual([300, 1000, -700, 0, 0])
  expect(fenOf((await moneyOn(monday, 'all', tuesday)).total)).toEqual([1000, 1000, 0, 0, 0])
})

test('a shift over midnight is one shift, and its coupons belong to the day they were scanned on', async () => {
  const shift = store.shifts.add({
    openedBy: '小陈',
    openedAt: at('2026-11-23T20:00:00'),
    closedBy: null,
    closedAt: null,
    note: '',
    handedOn: null,
  })
  const row = honour(at('2026-11-23T23:50:00'), 700)
  change(row, at('2026-11-24T00:10:00'), { state: 'redeemed' }, 'redeemed')
  redeem(at('2026-11-24T01:00:00'), 50)
  expect(fenOf((await moneyOn(monday, shift.id)).total)).toEqual([750, 750, 0, 0, 0])
  expect(records.report(shift).figures.stocks[0]).toMatchObject({ fen: 750, redeemed: 2 })
  expect((await moneyOn(monday, 'in-shifts')).total.given.fen).toBe(700)
  expect((await moneyOn(tuesday, 'in-shifts')).total.given.fen).toBe(50)
  expect((await moneyOn(tuesday, 'outside')).total.given.count).toBe(0)
})

test('while a person decides about a return the discount stays given', async () => {
  const row = redeem(at('2026-11-24T09:00:00'), 400)
  const couponReturn = {
    returnRequestNo: 'R1',
    body: new Uint8Array([1]),
    reason: null,
    refusedAt: null,
  }
  change(row, at('2026-11-24T09:05:00'), { state: 'review', couponReturn }, 'review')
  expect(fenOf((await moneyOn(tuesday)).total)).toEqual([400, 400, 0, 0, 0])
})

test('the sums of the history are those of all that it finds, and its rows add up to them', async () => {
  for (let hour = 0; hour < 60; hour += 1)
    redeem(at('2026-11-24T09:00:00') + hour, hour % 3 === 0 ? null : 100 + hour)
  const back = redeem(at('2026-11-24T10:00:00'), 999, { cashier: null })
  change(back, at('2026-11-24T10:00:01'), { state: 'returned' }, 'returned')
  const sums = await records.sums(everyRedemption)
  expect(sums.count).toBe(61)
  const { rows } = await records.rows(everyRedemption)
  expect(rows).toHaveLength(61)
  for (const kind of ['given', 'returned'] as const)
    expect({
      count: rows.reduce((sum, { money }) => sum + money[kind].count, 0),
      fen: rows.reduce((sum, { money }) => sum + money[kind].fen, 0),
      unknown: rows.reduce((sum, { money }) => sum + money[kind].unknown, 0),
    }).toEqual(sums.money[kind])
  const countOf = async (part: Partial<typeof everyRedemption>): Promise<number> =>
    (await records.sums({ ...everyRedemption, ...part })).count
  expect(await countOf({ money: 'returned' })).toBe(1)
  expect(await countOf({ cashier: '' })).toBe(1)
  expect(await countOf({ hour: 9 })).toBe(60)
  expect(await countOf({ place: 'outside' })).toBe(61)
  expect(await countOf({ place: 'in-shifts' })).toBe(0)
  expect(await countOf({ stockId: '' })).toBe(61)
})
