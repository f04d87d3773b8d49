import { isDeepStrictEqual } from 'node:util'
import { setImmediate } from 'node:timers/promises'
import type {
  HistoryDetail,
  HistoryPage,
  HistoryQuery,
  HistorySums,
  TimelineStep,
} from '../contract/history.ts'
import type { Insights } from '../contract/insights.ts'
import type { Money, MoneyQuery } from '../contract/money.ts'
import type { Shift } from '../contract/shift.ts'
import type { KeptFigures, ShiftFigures, ShiftReport } from '../contract/shift-report.ts'
import type { RedemptionView, StockView } from '../contract/redemption-view.ts'
import type { ReviewEntry, ApiReply } from '../contract/snapshot.ts'
import type { Clock } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { withoutSecrets } from '../redemption/said.ts'
import { viewOf } from '../redemption/view.ts'
import { everything, type Scope, type Stretch } from '../store/ledger-query.ts'
import type { FindStock } from '../store/counted.ts'
import type { Store } from '../store/store.ts'
import type { HistoryRow, HistoryRows } from '../reports/history-csv.ts'
import { readMoney } from './money.ts'
import { figuresOf, moneyOf, moneyOfOne } from './shift-sums.ts'

/** The till's records as the screens of history, review, insights and shift reports show them. */
export interface Records {
  /** One page of the history. */
  search(query: HistoryQuery): HistoryPage
  /** `null` for a number that is not in the records. */
  detail(useRequestNo: string): HistoryDetail | null
  /** Returns the entries with what WeChat Pay's last reply about each of them said. */
  withLastSaid(entries: readonly ReviewEntry[]): ReviewEntry[]
  /** What was given away in a range, or in a shift, and what became of it. */
  money(query: MoneyQuery): Promise<Money>
  /** Sums over everything that a query finds. */
  sums(query: HistoryQuery): Promise<HistorySums>
  /** Everything that a query finds, for a file: newest first, `rowsExported` at most. */
  rows(query: HistoryQuery): Promise<HistoryRows>
  /** Figures of the last `days` days. */
  insights(days: number): Promise<Insights>
  /** A shift's figures as they were when it was closed, with what changed since; up to now while it is open. */
  report(shift: Shift): ShiftReport
  /** The figures of a shift as the records are now. */
  shiftFigures(shift: Shift): KeptFigures
  /** What was recorded since the last shift ended, and so is in none; `null` as in `KeptFigures`. */
  outsideNow(): ShiftFigures | null
  /** The batches that WeChat Pay has described, and the cashiers, that the history can be filtered by. */
  names(): { stocks: StockView[]; cashiers: string[] }
}

/** How many redemptions outside of shifts are counted, which takes some ten milliseconds. */
const longestOutside = 20_000
/** More make a file that spreadsheets open slowly, and take minutes to read. */
const rowsExported = 50_000

export function openRecords(store: Store, clock: Clock): Records {
  function view(redemption: Redemption): RedemptionView {
    const stock = redemption.stockId === null ? null : store.stocks.find(redemption.stockId)
    return viewOf(redemption, stock)
  }

  function timelineOf(redemption: Redemption): TimelineStep[] {
    return store.history
      .timeline(redemption.useRequestNo)
      .map((step) => withoutSecrets(step, redemption))
  }

  /** `null` where WeChat Pay never replied. */
  function lastSaid(useRequestNo: string): ApiReply | null {
    const redemption = store.redemptions.find(useRequestNo)
    const last = redemption && timelineOf(redemption).findLast(({ status }) => status !== null)
    if (!last) return null
    const { status, code, message, detail, requestId } = last
    return { status, code, message, detail, requestId }
  }

  const findStock: FindStock = (stockId) => store.stocks.find(stockId)

  function figuresIn(stretch: Stretch): ShiftFigures {
    return figuresOf(store.ledger.rows(stretch, everything), findStock)
  }

  function figuresOutside(stretch: Stretch): ShiftFigures | null {
    return stretch.upTo - stretch.after > longestOutside ? null : figuresIn(stretch)
  }

  function shiftFigures(shift: Shift): KeptFigures {
    const { own, outside } = store.shiftRows.stretches(shift)
    return { figures: figuresIn(own), outside: figuresOutside(outside), booked: bookedIn(shift) }
  }

  function bookedIn(shift: Shift): NonNullable<KeptFigures['booked']> {
    const { own, outside } = store.shiftRows.stretches(shift)
    const [before] = store.shifts.list(1, shift.id)
    const booked = (
      stretch: Stretch,
      place: Pick<Scope, 'lastShift' | 'inShift'>,
    ): ShiftFigures => {
      const scope = { ...everything, ...place, stretches: [stretch] }
      return figuresOf(store.ledger.bookings(scope, 'here'), findStock)
    }
    return {
      inShift: booked(own, { lastShift: shift.id, inShift: true }),
      outside: booked(outside, { lastShift: before?.id ?? 0, inShift: false }),
    }
  }

  return {
    search(query) {
      const { entries, cursor } = store.history.search(query)
      return { entries: entries.map(view), cursor }
    },
    detail(useRequestNo) {
      const redemption = store.redemptions.find(useRequestNo)
      if (!redemption) return null
      return {
        redemption: view(redemption),
        totalFen: redemption.totalFen,
        returnRequestNo: redemption.couponReturn?.returnRequestNo ?? null,
        timeline: timelineOf(redemption),
      }
    },
    money: (query) => readMoney(store, query, clock()),
    async sums(query) {
      const groups = await store.history.groups(query)
      const count = groups.reduce((sum, group) => sum + group.count, 0)
      return { count, money: moneyOf(groups, findStock) }
    },
    async rows(query) {
      const rows: HistoryRow[] = []
      let { cursor } = query
      for (;;) {
        const page = store.history.search({ ...query, cursor })
        for (const redemption of page.entries)
          rows.push({
            view: view(redemption),
            totalFen: redemption.totalFen,
            money: moneyOfOne(redemption, findStock),
          })
        const isCut = page.cursor !== null && rows.length >= rowsExported
        if (page.cursor === null || isCut) return { rows, isCut }
        cursor = page.cursor
        await setImmediate()
      }
    },
    withLastSaid: (entries) =>
      entries.map((entry) => ({ ...entry, said: lastSaid(entry.redemption.useRequestNo) })),
    async insights(days) {
      const read = await store.insights.read(days, clock())
      const stocks = [...read.stocks].map(([stockId, redeemed]) => ({
        stockId,
        name: store.stocks.find(stockId)?.name ?? null,
        redeemed,
      }))
      return { ...read, stocks: stocks.toSorted((a, b) => b.redeemed - a.redeemed) }
    },
    report(shift) {
      const now = shiftFigures(shift)
      const [before] = store.shifts.list(1, shift.id)
      const head = { shift, at: clock(), outsideSince: before?.closedAt ?? null }
      const kept = store.keptReports.kept(shift.id)
      if (shift.closedAt === null || kept === null) {
        const basis = shift.closedAt === null ? 'growing' : 'not-kept'
        return { ...head, ...now, basis, since: null }
      }
      const { lastAudit, ...figures } = kept
      const { own, outside } = store.shiftRows.stretches(shift)
      // The two stretches follow one another.
      const counted = figures.outside === null ? own : { after: outside.after, upTo: own.upTo }
      const changed = store.shiftRows.changes(counted, lastAudit)
      const isSame = isDeepStrictEqual(
        figures,
        kept.booked === null ? { ...now, booked: null } : now,
      )
      const since = { ...changed, now: isSame ? null : now }
      return { ...head, ...figures, basis: 'kept', since }
    },
    shiftFigures,
    outsideNow: () => figuresOutside(store.shiftRows.afterLast()),
    names: () => ({
      stocks: store.stocks.all(),
      cashiers: store.history.cashiers(),
    }),
  }
}
