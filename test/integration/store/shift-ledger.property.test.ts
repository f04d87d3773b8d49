import {
  type Arbitrary,
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  record,
} from 'fast-check'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openRecords, type Records } from '../../../main/app/records.ts'
import {
  type KeptFigures,
  type ShiftFigures,
  type Tally,
  totalOf,
} from '../../../main/contract/shift-report.ts'
import type { AuditEntry, AuditEvent } from '../../../main/redemption/audit-entry.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { createShifts, type Shifts } from '../../../main/shop/shifts.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { tenYuanOff } from '../../support/scripted-till.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

const noon = Date.parse('2026-11-23T12:00:00+08:00')
const batches = ['fixed', 'percent', 'exchange', null] as const
const people = ['小陈', '李强', null] as const
type Batch = (typeof batches)[number]

/** What happens at a till, in any order. What cannot happen to the redemption that `which` picks does not. */
const happening = oneof(
  {
    weight: 4,
    arbitrary: record({
      kind: constant('scan' as const),
      batch: constantFrom(...batches),
      cashier: constantFrom(...people),
      totalFen: constantFrom(null, 2000, 5000),
    }),
  },
  {
    weight: 6,
    arbitrary: record({
      kind: constantFrom(
        'redeemed',
        'refused',
        'review',
        'give',
        'honour',
        'returned',
        'loss',
        'confirmed',
        'cancelled',
      ),
      which: nat(),
      isSumWritten: boolean(),
    }),
  },
  { weight: 2, arbitrary: record({ kind: constantFrom('open', 'close') }) },
  // Clocks are set forward and back.
  {
    weight: 1,
    arbitrary: record({
      kind: constant('clock' as const),
      ms: integer({ min: -7_200_000, max: 7_200_000 }),
    }),
  },
)
type Happening = typeof happening extends Arbitrary<infer T> ? T : never

/** One coupon, as somebody would note it on paper. */
interface Noted {
  readonly number: number
  readonly batch: Batch
  readonly cashier: string | null
  readonly totalFen: number | null
  /** What it took off the order; `null` where nobody knows. */
  readonly worthFen: number | null
}

class Till {
  readonly #store: Store
  readonly records: Records
  readonly shifts: Shifts
  readonly noted: Noted[] = []
  /** The figures of each closed shift, as they were at its closing. */
  readonly closed = new Map<number, KeptFigures>()
  #now = noon

  constructor(store: Store) {
    this.#store = store
    const base = { ...tenYuanOff, thresholdFen: null }
    const unknown = { discountFen: null } as const
    store.stocks.save({ ...base, stockId: 'fixed' }, noon)
    store.stocks.save(
      { ...base, ...unknown, stockId: 'percent', kind: 'DISCOUNT', payPercent: 90 },
      noon,
    )
    store.stocks.save(
      { ...base, ...unknown, stockId: 'exchange', kind: 'EXCHANGE', exchangePriceFen: 100 },
      noon,
    )
    this.records = openRecords(store, () => this.#now)
    this.shifts = createShifts({
      store: store.shifts,
      clock: () => this.#now,
      staff: () => [],
      unsettled: () => ({ count: 0, fen: 0, unknown: 0 }),
      figures: (shift) => this.records.shiftFigures(shift),
      onClosed: () => undefined,
      onChanged: () => undefined,
    })
  }

  rowOf({ number }: Noted): Redemption {
    const row = this.#store.redemptions.find(pendingRedemption(number).useRequestNo)
    if (row === null) throw new Error(`no row ${number}`)
    return row
  }

  happen(what: Happening): void {
    this.#now += 1
    switch (what.kind) {
      case 'clock':
        this.#now += what.ms
        return
      case 'open':
        this.shifts.open('小陈')
        return
      case 'close': {
        const done = this.shifts.close('小陈', { handTo: null, note: '' })
        if (done.ok) this.closed.set(done.value.id, figuresIn(this.records.report(done.value)))
        return
      }
      case 'scan':
        this.#scan(what)
        return
      default: {
        const noted = this.noted[what.which % Math.max(1, this.noted.length)]
        if (noted !== undefined) this.#change(noted, what)
      }
    }
  }

  #scan({ batch, cashier, totalFen }: Pick<Noted, 'batch' | 'cashier' | 'totalFen'>): void {
    const number = this.noted.length
    const worthFen =
      batch === 'fixed' ? 1000 : batch === 'percent' && totalFen !== null ? totalFen / 10 : null
    this.noted.push({ number, batch, cashier, totalFen, worthFen })
    const recordedAt = this.#now
    const row = pendingRedemption(number, { recordedAt, stockId: batch, cashier, totalFen })
    this.#store.redemptions.insert(row, { at: recordedAt, event: 'recorded', evidence: null })
  }

  #change(
    noted: Noted,
    { kind, isSumWritten }: { readonly kind: string; readonly isSumWritten: boolean },
  ): void {
    const row = this.rowOf(noted)
    const fen = isSumWritten ? noted.worthFen : null
    const given = row.given ?? { at: this.#now, by: noted.cashier, fen }
    const write = (
      change: Partial<Redemption>,
      event: AuditEvent,
      evidence: AuditEntry['evidence'] = null,
    ): void =>
      amend(this.#store, { ...row, ...change, inFlight: false }, { at: this.#now, event, evidence })
    const { state } = row
    const isOpen = state === 'pending' || state === 'review'
    const decision = (how: 'confirmed' | 'loss') => ({ by: '王芳', how, why: 'x' })
    if (kind === 'redeemed' && isOpen) write({ state: 'redeemed' }, 'redeemed')
    else if (kind === 'refused' && isOpen && row.given === null)
      write({ state: 'refused' }, 'refused')
    else if (kind === 'cancelled' && isOpen && row.given === null)
      write({ state: 'cancelled' }, 'cancelled')
    else if (kind === 'review' && state === 'pending') write({ state: 'review' }, 'review')
    else if (kind === 'give' && state === 'redeemed' && row.given === null)
      write({ given }, 'honoured', { by: '王芳', how: 'supervisor', why: 'x' })
    else if (kind === 'honour' && state === 'pending' && row.given === null)
      write({ honoured: true, honouredValueFen: fen, given }, 'honoured', null)
    else if (kind === 'returned' && state === 'redeemed') write({ state: 'returned' }, 'returned')
    else if (kind === 'loss' && state === 'review' && row.given !== null)
      write({ state: 'resolved', resolution: 'loss' }, 'resolved', decision('loss'))
    else if (kind === 'confirmed' && state === 'review')
      write(
        { state: 'redeemed', resolution: 'confirmed', given },
        'resolved',
        decision('confirmed'),
      )
  }
}

const nothing = totalOf([])

/** The ledger: what each coupon counts for, added up by batch or by cashier. */
function ledger(till: Till, keyOf: (noted: Noted) => string): Map<string, Tally> {
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

function figuresIn({ figures, outside }: KeptFigures): KeptFigures {
  return { figures, outside }
}

/** As the records are now: the kept figures, or what they have become. */
function asNow(till: Till): ShiftFigures[] {
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
    property(array(happening, { maxLength: 60, size: 'max' }), (happenings) => {
      runs += 1
      const store = openTestStore(path.join(folder.path, `${runs}.db`), undefined, 0)
      try {
        const till = new Till(store)
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
          if (report.since?.now != null) expect(report.since.changes.length).toBeGreaterThan(0)
          seen.kept += 1
          seen.changed += report.since?.now == null ? 0 : 1
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
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5)
})
