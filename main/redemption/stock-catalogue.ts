import type { StockView } from '../contract/snapshot.ts'
import type { RedemptionGateway } from './gateway.ts'
import type { Clock, RedemptionStore } from './ports.ts'

interface StockCatalogue {
  /** What is known of the batch now, also without a line. */
  find(stockId: string | null): StockView | null
  /** Asks WeChat Pay about a batch that is not known yet; a reply to `use` carries its id and no value. */
  learn(stockId: string, signal: AbortSignal): Promise<void>
}

export function createStockCatalogue(parts: {
  readonly gateway: RedemptionGateway
  readonly store: RedemptionStore
  readonly clock: Clock
}): StockCatalogue {
  const { gateway, store, clock } = parts
  const asking = new Set<string>()
  return {
    find: (stockId) => (stockId === null ? null : (store.findStock(stockId) ?? null)),
    async learn(stockId, signal) {
      if (asking.has(stockId) || store.findStock(stockId)) return
      asking.add(stockId)
      try {
        const stock = await gateway.queryStock(stockId, { signal })
        if (stock.ok && !signal.aborted) store.saveStock(stock.value, clock())
      } finally {
        asking.delete(stockId)
      }
    },
  }
}
