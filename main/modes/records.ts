import type { HistoryDetail, HistoryPage, HistoryQuery } from '../contract/history.ts'
import type { RedemptionView } from '../contract/snapshot.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { viewOf } from '../redemption/view.ts'
import type { Store } from '../store/store.ts'

/** Looking back, as the screens show it. */
export interface Records {
  search(query: HistoryQuery): HistoryPage
  detail(useRequestNo: string): HistoryDetail | null
  names(): { stocks: { stockId: string; name: string }[]; cashiers: string[] }
}

export function openRecords(store: Store): Records {
  function view(redemption: Redemption): RedemptionView {
    const stock = redemption.stockId === null ? undefined : store.findStock(redemption.stockId)
    return viewOf(redemption, stock ?? null)
  }

  return {
    search(query) {
      const { entries, cursor } = store.history.search(query)
      return { entries: entries.map(view), cursor }
    },
    detail(useRequestNo) {
      const redemption = store.find(useRequestNo)
      if (!redemption) return null
      return {
        redemption: view(redemption),
        totalFen: redemption.totalFen,
        returnRequestNo: redemption.giveBack?.returnRequestNo ?? null,
        life: store.history.life(useRequestNo),
      }
    },
    names: () => ({
      stocks: store.stocks().map(({ stockId, name }) => ({ stockId, name })),
      cashiers: store.history.cashiers(),
    }),
  }
}
