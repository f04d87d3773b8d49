import { array, assert, property } from 'fast-check'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type ShiftFigures, type Tally, totalOf } from '../../../main/contract/shift-report.ts'
import { figuresIn, happening, type Noted, NotedTill } from '../../support/noted-till.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

const nothing = totalOf([])

/** The ledger: what each coupon counts for, added up by batch or by cashier. */
function ledger(till: NotedTill, keyOf: (noted: Noted) => string): Map<string, Tally> {
  const sums = new Map<string, Tally>()
  for (const noted of till.noted) {
    const { state, given } = till.rowOf(noted)
    const isGiven = state === 'redeemed' && given !== null
    const line: Tally = {
      redeemed: state === 'redeemed' ? 1 : 0,
      returned: state === 'returned' ? 1 : 0,
      refused: state === 'refused' ? 1 : 0,
      open: state === 'pending' || state === 'review' ? 1 : 0,
      fen: isGiven ? (noted.worthFen ?? 0) : 0,
      unknown: isGiven && noted.worthFen === null ? 1 : 0,
    }
    sums.set(keyOf(noted), totalOf([sums.get(keyOf(noted)) ?? nothing, line]))
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

/** As the records are now: the kept figures, or what they have become. */
function asNow(till: NotedTill): ShiftFigures[] {
  const reports = till.shifts.list(1000, null).map((shift) => till.records.report(shift))
  const inShifts = reports.map((report) => report.since?.now ?? report)
  const stretches = inShifts.flatMap(({ figures, outside }) => [figures, outside])
  if (till.shifts.state().current === null) stretches.push(till.records.outsideNow())
  return stretches.map((each) => {
    if (each === null) throw new Error('not counted')
    return each
  })
}

test('shifts and what lay outside of them add up to the ledger, and a closed shift stays as it was', () => {
  const seen = { kept: 0, changed: 0, outside: 0, unknown: 0 }
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  let runs = 0
  assert(
    property(array(happening, { minLength: 30, maxLength: 60 }), (happenings) => {
      runs += 1
      const store = openTestStore(path.join(folder.path, `${runs}.db`), undefined, 0)
      try {
        const till = new NotedTill(store)
        for (const what of happenings) till.happen(what)
        const stretches = asNow(till)
        expect(added(stretches, ({ stocks }) => stocks.map((row) => [row.stockId, row]))).toEqual(
          ledger(till, ({ batch }) => batch ?? ''),
        )
        expect(
          added(stretches, ({ cashiers }) => cashiers.map((row) => [row.name ?? '', row])),
        ).toEqual(ledger(till, ({ cashier }) => cashier ?? ''))
        const sums = { honoured: 0, losses: 0 }
        for (const { honoured, losses } of stretches) {
          sums.honoured += honoured.count
          sums.losses += losses.count
        }
        const rows = till.noted.map((noted) => till.rowOf(noted))
        expect(sums).toEqual({
          honoured: rows.filter(({ honoured }) => honoured).length,
          losses: rows.filter(({ resolution }) => resolution === 'loss').length,
        })
        for (const [id, figures] of till.closed) {
          const shift = till.shifts.find(id)
          if (shift === null) throw new Error(`no shift ${id}`)
          const report = till.records.report(shift)
          expect(report.basis).toBe('kept')
          expect(figuresIn(report)).toEqual(figures)
          // Figures that are others now are explained by what happened since.
          const isChanged = report.since?.now != null
          const isExplained = (report.since?.changes.length ?? 0) > 0
          expect(isChanged && !isExplained).toBe(false)
          seen.kept += 1
          seen.changed += isChanged ? 1 : 0
          seen.outside += report.outside?.stocks.length ?? 0
        }
        seen.unknown += totalOf(stretches.flatMap(({ stocks }) => stocks)).unknown
      } finally {
        store.close()
      }
    }),
    { numRuns: 60 },
  )
  // The runs reach what the test is about.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0)
})
