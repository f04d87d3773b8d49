import type { HistoryDetail, HistoryPage, HistoryQuery, TimelineStep } from '../contract/history.ts'
import type { Insights } from '../contract/insights.ts'
import type { Shift } from '../contract/shift.ts'
import type { ShiftReport } from '../contract/shift-report.ts'
import type { RedemptionView, StockView } from '../contract/redemption-view.ts'
import type { ReviewEntry, ApiReply } from '../contract/snapshot.ts'
import type { Clock } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { withoutSecrets } from '../redemption/said.ts'
import { viewOf } from '../redemption/view.ts'
import { byStockAndCashier } from './shift-sums.ts'
import type { Store } from '../store/store.ts'

/** The till's records as the screens of history, review, insights and shift reports show them. */
export interface Records {
  /** One page of the history. */
  search(query: HistoryQuery): HistoryPage
  /** `null` for a number that is not in the records. */
  detail(useRequestNo: string): HistoryDetail | null
  /** Returns the entries with what WeChat Pay's last reply about each of them said. */
  withLastSaid(entries: readonly ReviewEntry[]): ReviewEntry[]
  /** Figures of the last `days` days. */
  insights(days: number): Promise<Insights>
  /** The figures of a shift, up to now while it is open. */
  report(shift: Shift): ShiftReport
  /** The batches that WeChat Pay has described, and the cashiers, that the history can be filtered by. */
  names(): { stocks: StockView[]; cashiers: string[] }
}

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
      const at = clock()
      const { groups, ...sums } = store.shiftFigures.read(shift.openedAt, shift.closedAt ?? at)
      return { shift, at, ...sums, ...byStockAndCashier(groups, (id) => store.stocks.find(id)) }
    },
    names: () => ({
      stocks: store.stocks.all(),
      cashiers: store.history.cashiers(),
    }),
  }
}
