import { array, assert, asyncProperty } from 'fast-check'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readMoney } from '../../../main/app/money.ts'
import { figuresOf, noMoney } from '../../../main/app/shift-sums.ts'
import { beijingDay, dateOfDay } from '../../../main/contract/beijing-day.ts'
import type { Money, MoneyQuery, MoneyRow, MoneySum } from '../../../main/contract/money.ts'
import { type ShiftFigures, type Tally, totalOf } from '../../../main/contract/shift-report.ts'
import { everything } from '../../../main/store/ledger-query.ts'
import type { Store } from '../../../main/store/store.ts'
import { figuresIn, happening, type Noted, NotedTill } from '../../support/noted-till.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

const nothing = totalOf([])
const forever = { from: '1971-01-01', to: '2100-01-01' } as const

/** What a coupon counts for in the ledger, as somebody with paper and pencil would say it. */
function lineOf(till: NotedTill, noted: Noted): { tally: Tally; money: MoneyRow } {
  const { state, given, honoured, honouredValueFen, resolution } = till.rowOf(noted)
  const worth = given?.fen ?? honouredValueFen ?? till.worthOf(noted)
  const isOpen = state === 'pending' || state === 'review'
  const sumIf = (is: boolean): MoneySum => ({
    count: is ? 1 : 0,
    fen: is ? (worth ?? 0) : 0,
    unknown: is && worth === null ? 1 : 0,
  })
  const isGiven = given !== null
  const confirmed = sumIf(state === 'redeemed' && isGiven)
  return {
    tally: {
      redeemed: state === 'redeemed' ? 1 : 0,
      returned: state === 'returned' ? 1 : 0,
      refused: state === 'refused' ? 1 : 0,
      open: isOpen ? 1 : 0,
      fen: confirmed.fen,
      unknown: confirmed.unknown,
    },
    money: {
      given: sumIf(isGiven && (state === 'redeemed' || isOpen || resolution === 'loss')),
      confirmed,
      open: sumIf(honoured && isOpen),
      lost: sumIf(resolution === 'loss'),
      returned: sumIf(state === 'returned' && isGiven),
    },
  }
}

/** What was given without a reply beyond what the batch that it turned out to be of is worth. */
function excessOfAll(till: NotedTill): Money['excess'] {
  const sums = till.noted.flatMap((noted) => {
    const { state, given, honoured, honouredValueFen } = till.rowOf(noted)
    const told = given?.fen ?? honouredValueFen
    const worth = till.worthOf(noted)
    const isOne = state === 'redeemed' && honoured && given !== null
    return isOne && told != null && worth !== null && told > worth ? [told - worth] : []
  })
  return { coupons: sums.length, fen: sums.reduce((sum, fen) => sum + fen, 0) }
}

/** The ledger: what each coupon counts for, added up by batch or by cashier. */
function ledger(till: NotedTill, keyOf: (noted: Noted) => string): Map<string, Tally> {
  const sums = new Map<string, Tally>()
  for (const noted of till.noted) {
    const key = keyOf(noted)
    sums.set(key, totalOf([sums.get(key) ?? nothing, lineOf(till, noted).tally]))
  }
  return sums
}

function added(
  stretches: readonly ShiftFigures[],
  rowsOf: (figures: ShiftFigures) => readonly (readonly [string, Tally])[],
): Map<string, Tally> {
  const sums = new Map<string, Tally>()
  for (const [key, { redeemed, returned, refused, open, fen, unknown }] of stretches.flatMap(
    rowsOf,
  )) {
    const row = { redeemed, returned, refused, open, fen, unknown }
    sums.set(key, totalOf([sums.get(key) ?? nothing, row]))
  }
  return sums
}

function addedMoney(rows: readonly MoneyRow[]): MoneyRow {
  const sum = noMoney()
  for (const kind of ['given', 'confirmed', 'open', 'lost', 'returned'] as const)
    for (const row of rows) {
      sum[kind].count += row[kind].count
      sum[kind].fen += row[kind].fen
      sum[kind].unknown += row[kind].unknown
    }
  return sum
}

/** As the reports say it: of closed shifts what was kept, and what is booked in each shift and outside of them. */
function asReported(store: Store, till: NotedTill): ShiftFigures[] {
  const reports = till.shifts.list(1000, null).map((shift) => till.records.report(shift))
  const stretches = reports.flatMap(({ figures, outside, booked }) => [
    figures,
    outside,
    booked?.inShift ?? null,
    booked?.outside ?? null,
  ])
  if (till.shifts.state().current === null) {
    const lastShift = till.shifts.list(1, null)[0]?.id ?? 0
    const stretch = store.shiftRows.afterLast()
    const scope = { ...everything, stretches: [stretch], lastShift, inShift: false }
    stretches.push(till.records.outsideNow())
    stretches.push(figuresOf(store.ledger.bookings(scope, 'here'), (id) => store.stocks.find(id)))
  }
  return stretches.map((each) => {
    if (each === null) throw new Error('not counted')
    return each
  })
}

/** Without rows that came to nothing. */
function counting(sums: Map<string, Tally>): Map<string, Tally> {
  return new Map([...sums].filter(([, tally]) => Object.values(tally).some((each) => each !== 0)))
}

test('what was kept of shifts, and what is booked in shifts and outside of them, is the ledger, to a fen', async () => {
  const seen = {
    kept: 0,
    changed: 0,
    outside: 0,
    unknown: 0,
    booked: 0,
    late: 0,
    days: 0,
    excess: 0,
  }
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  let runs = 0
  await assert(
    asyncProperty(array(happening, { minLength: 40, maxLength: 70 }), async (happenings) => {
      runs += 1
      const store = openTestStore(path.join(folder.path, `${runs}.db`), undefined, 0)
      try {
        const till = new NotedTill(store)
        const money = (query: MoneyQuery): Promise<Money> => readMoney(store, query, till.now)
        for (const what of happenings) till.happen(what)
        const stretches = asReported(store, till)
        expect(
          counting(added(stretches, ({ stocks }) => stocks.map((row) => [row.stockId, row]))),
        ).toEqual(counting(ledger(till, ({ batch }) => batch ?? '')))
        expect(
          counting(
            added(stretches, ({ cashiers }) => cashiers.map((row) => [row.name ?? '', row])),
          ),
        ).toEqual(counting(ledger(till, ({ cashier }) => cashier ?? '')))
        for (const [id, figures] of till.closed) {
          const shift = till.shifts.find(id)
          if (shift === null) throw new Error(`no shift ${id}`)
          const report = till.records.report(shift)
          expect(report.basis).toBe('kept')
          expect(figuresIn(report)).toEqual(figures)
          // Figures that are others now are explained by what happened since, or by a batch's new description.
          const isChanged = report.since?.now != null
          seen.kept += 1
          seen.changed += isChanged ? 1 : 0
          seen.outside += report.outside?.stocks.length ?? 0
          seen.booked += report.booked?.inShift.stocks.length ?? 0
        }
        seen.unknown += totalOf(stretches.flatMap(({ stocks }) => stocks)).unknown

        const all = await money({ range: forever, place: 'all' })
        const lines = till.noted.map((noted) => lineOf(till, noted).money)
        expect(all.total).toEqual(addedMoney(lines))
        expect(all.later).toBe(0)
        expect(all.excess).toEqual(excessOfAll(till))
        seen.excess += all.excess.coupons
        const parts = [all.cashiers, all.stocks, all.hours]
        for (const rows of parts) expect(addedMoney(rows)).toEqual(all.total)

        const shifts = till.shifts.list(1000, null)
        const ofShifts = await Promise.all(
          shifts.map(({ id }) => money({ range: 'today', place: id })),
        )
        for (const [at, { total }] of ofShifts.entries()) {
          const shift = shifts[at]
          if (shift === undefined) throw new Error('no shift')
          const { figures, booked } = till.records.report(shift)
          if (booked === null) throw new Error('nothing booked')
          const tally = totalOf([...figures.stocks, ...booked.inShift.stocks])
          expect(total.confirmed).toMatchObject({ fen: tally.fen, unknown: tally.unknown })
          for (const [kind, key] of [
            ['open', 'honouredOpen'],
            ['lost', 'losses'],
          ] as const) {
            const of = [figures[key], booked.inShift[key]]
            expect(total[kind]).toEqual({
              count: of.reduce((sum, { count }) => sum + count, 0),
              fen: of.reduce((sum, { fen }) => sum + fen, 0),
              unknown: of.reduce((sum, { unknown }) => sum + unknown, 0),
            })
          }
        }
        const inShifts = await money({ range: forever, place: 'in-shifts' })
        const outside = await money({ range: forever, place: 'outside' })
        expect(addedMoney(ofShifts.map(({ total }) => total))).toEqual(inShifts.total)
        expect(addedMoney([inShifts.total, outside.total])).toEqual(all.total)

        // Each day on its own, with and without a shift.
        const first = beijingDay(till.earliest)
        const days = Array.from({ length: beijingDay(till.latest) - first + 1 }, (_, day) =>
          dateOfDay(first + day),
        )
        const byDay = await Promise.all(
          days.flatMap((day) =>
            (['all', 'in-shifts', 'outside'] as const).map((place) =>
              money({ range: { from: day, to: day }, place }),
            ),
          ),
        )
        const ofPlace = (place: Money['place']) =>
          addedMoney(byDay.filter((day) => day.place === place).map(({ total }) => total))
        expect(ofPlace('all')).toEqual(all.total)
        expect(ofPlace('in-shifts')).toEqual(inShifts.total)
        expect(ofPlace('outside')).toEqual(outside.total)
        const excessIn = (place: Money['place']) =>
          byDay
            .filter((day) => day.place === place)
            .reduce((sum, { excess }) => sum + excess.fen, 0)
        expect(excessIn('all')).toBe(all.excess.fen)
        expect(inShifts.excess.fen + outside.excess.fen).toBe(all.excess.fen)
        seen.days += days.length > 1 ? 1 : 0
        seen.late += byDay.filter(({ earlier }) => earlier.coupons > 0).length
      } finally {
        store.close()
      }
    }),
    // With fewer, one of what is counted below does not come about now and then.
    { numRuns: 60 },
  )
  // The runs reach what the test is about.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0)
}, 60_000)
