import type { StockFacts, RedemptionGateway } from './gateway.ts'
import { isWithinWeekHours } from './week-hours.ts'
import type { TillRules } from './till-parts.ts'
import type { Clock, Stocks } from './ports.ts'

/** A batch may be changed upstream: what is older than this is asked for again. */
const staleMs = 12 * 3_600_000

export interface StockCatalogue {
  /** What is known of the batch now, also without a line. */
  find(stockId: string | null): StockFacts | null
  /** Asks WeChat Pay about a batch that is not known or was asked for long ago. Says whether something was learnt. */
  fetchStock(stockId: string, signal: AbortSignal): Promise<boolean>
}

export function createStockCatalogue(parts: {
  readonly gateway: RedemptionGateway
  readonly stocks: Stocks
  readonly clock: Clock
}): StockCatalogue {
  const { gateway, stocks, clock } = parts
  const asking = new Set<string>()

  function isFresh(stockId: string): boolean {
    const fetchedAt = stocks.fetchedAt(stockId)
    // A clock set back makes the age negative: asked again, which is cheap.
    return fetchedAt !== null && Math.abs(clock() - fetchedAt) < staleMs
  }

  return {
    find: (stockId) => (stockId === null ? null : stocks.find(stockId)),
    async fetchStock(stockId, signal) {
      if (asking.has(stockId) || isFresh(stockId)) return false
      asking.add(stockId)
      try {
        const stock = await gateway.queryStock(stockId, { signal })
        if (!stock.ok || signal.aborted) return false
        stocks.save(stock.value, clock())
        return true
      } finally {
        asking.delete(stockId)
      }
    },
  }
}

/**
 * Whether the batch's own window, or its days and hours of the week, exclude this instant. `now` must be a time that WeChat Pay has confirmed: a till's
 * wrong clock refuses nobody's coupon.
 */
export function isOutsideWindow(stock: StockFacts | null, now: number | null): boolean {
  if (stock === null || now === null) return false
  const { availableFrom, availableUntil, weekHours } = stock
  return (
    (availableFrom !== null && now < availableFrom) ||
    (availableUntil !== null && now > availableUntil) ||
    (weekHours != null && !isWithinWeekHours(weekHours, now))
  )
}

/** The batches that the settings name: what they are worth is to be known before the first outage. */
export function stocksOfRules({ onlyStockId, codeRules, offlinePolicy }: TillRules): Set<string> {
  return new Set([
    ...(onlyStockId === null ? [] : [onlyStockId]),
    ...codeRules.merchantCodes.map(({ stockId }) => stockId),
    ...Object.keys(offlinePolicy.byStock),
  ])
}
