import {
  type Arbitrary,
  boolean,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
} from 'fast-check'
import { openRecords, type Records } from '../../main/app/records.ts'
import type { KeptFigures } from '../../main/contract/shift-report.ts'
import type { AuditEntry, AuditEvent } from '../../main/redemption/audit-entry.ts'
import { noteOf } from '../../main/redemption/note.ts'
import type { Redemption } from '../../main/redemption/redemption.ts'
import { createShifts, type Shifts } from '../../main/shop/shifts.ts'
import type { Store } from '../../main/store/store.ts'
import { tenYuanOff } from './scripted-till.ts'
import { amend, pendingRedemption } from './store-fixture.ts'

const noon = Date.parse('2026-11-23T12:00:00+08:00')
const batches = ['fixed', 'percent', 'exchange', 'unheard', null] as const
const person = { by: '王芳', why: 'x' }
const people = ['小陈', '李强', null] as const
type Batch = (typeof batches)[number]

/** What happens at a till, in any order. What cannot happen to the redemption that `which` picks does not. */
export const happening = oneof(
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
    weight: 11,
    arbitrary: record({
      kind: constantFrom(
        // What was honoured and then redeemed is what most sums are about.
        'honour',
        'honour',
        'redeemed',
        'redeemed',
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
  { weight: 3, arbitrary: record({ kind: constantFrom('open', 'close') }) },
  // Clocks are set forward and back, and nights pass.
  {
    weight: 2,
    arbitrary: record({
      kind: constant('clock' as const),
      ms: integer({ min: -7_200_000, max: 20 * 3_600_000 }),
    }),
  },
  // WeChat Pay describes a batch that the till knew nothing of, or describes it anew.
  {
    weight: 1,
    arbitrary: record({ kind: constant('describe' as const), fen: constantFrom(300, 700) }),
  },
)
type Happening = typeof happening extends Arbitrary<infer T> ? T : never

/** One coupon, as somebody would note it on paper. */
export interface Noted {
  readonly number: number
  readonly batch: Batch
  readonly cashier: string | null
  readonly totalFen: number | null
}

/** A till whose shifts and redemptions change as they are told, and what it did as a person would note it. */
export class NotedTill {
  readonly #store: Store
  readonly records: Records
  readonly shifts: Shifts
  readonly noted: Noted[] = []
  /** The figures of each closed shift, as they were at its closing. */
  readonly closed = new Map<number, KeptFigures>()
  #now = noon
  /** What a coupon of the batch `unheard` is worth; `null` until that is described. */
  #unheardFen: number | null = null

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
      onClosing: () => undefined,
      onChanged: () => undefined,
    })
  }

  rowOf({ number }: Noted): Redemption {
    const row = this.#store.redemptions.find(pendingRedemption(number).useRequestNo)
    if (row === null) throw new Error(`no row ${number}`)
    return row
  }

  /** Between which times something happened, whatever was done to the clock. */
  earliest = noon
  latest = noon

  get now(): number {
    return this.#now
  }

  /** What a coupon takes off its order, as far as anybody knows by now. */
  worthOf({ batch, totalFen }: Noted): number | null {
    if (batch === 'fixed') return 1000
    if (batch === 'percent') return totalFen === null ? null : totalFen / 10
    return batch === 'unheard' ? this.#unheardFen : null
  }

  happen(what: Happening): void {
    this.#now += 1
    this.earliest = Math.min(this.earliest, this.#now)
    this.latest = Math.max(this.latest, this.#now)
    switch (what.kind) {
      case 'clock':
        this.#now += what.ms
        return
      case 'describe':
        this.#unheardFen = what.fen
        this.#store.stocks.save(
          { ...tenYuanOff, thresholdFen: null, stockId: 'unheard', discountFen: what.fen },
          this.#now,
        )
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
    this.noted.push({ number, batch, cashier, totalFen })
    const recordedAt = this.#now
    const row = pendingRedemption(number, { recordedAt, stockId: batch, cashier, totalFen })
    this.#store.redemptions.insert(row, { at: recordedAt, event: 'recorded', evidence: null })
  }

  #change(
    noted: Noted,
    { kind, isSumWritten }: { readonly kind: string; readonly isSumWritten: boolean },
  ): void {
    const row = this.rowOf(noted)
    const fen = isSumWritten ? this.worthOf(noted) : null
    const given = row.given ?? { at: this.#now, by: noted.cashier, fen }
    const write = (
      change: Partial<Redemption>,
      event: AuditEvent,
      evidence: AuditEntry['evidence'] = null,
    ): void =>
      amend(this.#store, { ...row, ...change, inFlight: false }, { at: this.#now, event, evidence })
    const { state } = row
    const isOpen = state === 'pending' || state === 'review'
    if (kind === 'redeemed' && isOpen) write({ state: 'redeemed' }, 'redeemed')
    else if (kind === 'refused' && isOpen && row.given === null)
      write({ state: 'refused' }, 'refused')
    else if (kind === 'cancelled' && isOpen && row.given === null)
      write({ state: 'cancelled' }, 'cancelled')
    else if (kind === 'review' && state === 'pending') write({ state: 'review' }, 'review')
    else if (kind === 'give' && state === 'redeemed' && row.given === null)
      write({ given }, 'honoured', noteOf(person, 'supervisor'))
    else if (kind === 'honour' && state === 'pending' && row.given === null) {
      // As a batch that is worth more than its own.
      const told = fen === null ? null : fen + 499
      const honoured = { honoured: true, honouredValueFen: told, given: { ...given, fen: told } }
      write(honoured, 'honoured', null)
    } else if (kind === 'returned' && state === 'redeemed') write({ state: 'returned' }, 'returned')
    else if (kind === 'loss' && state === 'review' && row.given !== null)
      write({ state: 'resolved', resolution: 'loss' }, 'resolved', noteOf(person, 'loss'))
    else if (kind === 'confirmed' && state === 'review')
      write(
        { state: 'redeemed', resolution: 'confirmed', given },
        'resolved',
        noteOf(person, 'confirmed'),
      )
  }
}

export function figuresIn({ figures, outside, booked }: KeptFigures): KeptFigures {
  return { figures, outside, booked }
}
