import type { OutsideDates } from '../contract/counter.ts'
import type { StockFacts, RedemptionGateway } from './gateway.ts'
import { isWithinWeekHours } from './week-hours.ts'
import type { StockTerms, TillRules } from './till-parts.ts'
import type { Clock, Stocks } from './ports.ts'

/** WeChat Pay may change a batch, so that a description older than this is fetched again. */
const staleMs = 12 * 3_600_000

export interface StockCatalogue {
  /** Returns what is known of the batch, without asking; `null` for nothing. */
  find(stockId: string | null): StockFacts | null
  /**
   * Whether no other batch with codes that WeChat Pay issues is known that may be used now: a coupon may otherwise be of
   * that one. `now`: epoch milliseconds.
   */
  isAlone(stockId: string, now: number): boolean
  /** Fetches a batch that is not known, or was fetched long ago. Returns whether it did. */
  fetchStock(stockId: string, signal: AbortSignal): Promise<boolean>
}

export function createStockCatalogue(parts: {
  readonly gateway: RedemptionGateway
  readonly stocks: Stocks
  readonly clock: Clock
  readonly stockTerms: TillRules['stockTerms']
}): StockCatalogue {
  const { gateway, stocks, clock, stockTerms } = parts
  const asking = new Set<string>()

  function isFresh(stockId: string): boolean {
    const fetchedAt = stocks.fetchedAt(stockId)
    // A clock set back makes the age negative: asked again, which is cheap.
    return fetchedAt !== null && Math.abs(clock() - fetchedAt) < staleMs
  }

  return {
    find: (stockId) =>
      stockId === null ? null : (stocks.find(stockId) ?? byTerms(stockId, stockTerms[stockId])),
    isAlone: (stockId, now) =>
      stocks
        .all()
        .every(
          (stock) =>
            stock.stockId === stockId ||
            hasMerchantCodes(stock) ||
            outsideDates(stock, now) !== null,
        ),
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

/** Whether its codes are the merchant's own, so that none of them is taken for one that WeChat Pay issued. */
export function hasMerchantCodes({ couponCodeMode }: StockFacts): boolean {
  return couponCodeMode?.startsWith('MERCHANT') === true
}

/** Returns a batch as the shop describes it; `null` where it does not. Its name, codes and dates stay unknown. */
function byTerms(stockId: string, terms: StockTerms | undefined): StockFacts | null {
  if (terms === undefined) return null
  return {
    ...terms,
    stockId,
    name: stockId,
    kind: 'NORMAL',
    payPercent: null,
    exchangePriceFen: null,
    goodsName: null,
    couponCodeMode: null,
    availableFrom: null,
    availableUntil: null,
    weekHours: null,
  }
}

/** The till's idea of WeChat Pay's clock is a second or two off. At the edge WeChat Pay decides. */
const clockErrorMs = 5000

/**
 * Whether a coupon of the batch may not be used at `now`, by its dates or its hours of the week. `now` must be confirmed by
 * WeChat Pay, so that a wrong clock refuses nobody's coupon.
 */
export function isOutsideWindow(stock: StockFacts | null, now: number | null): boolean {
  if (stock === null || now === null) return false
  const { weekHours } = stock
  const isOutsideHours = weekHours !== null && !isWithinWeekHours(weekHours, now)
  return outsideDates(stock, now) !== null || isOutsideHours
}

/** Returns the end of the batch's dates that `now` lies beyond; `null` within them, or where they are not known. */
export function outsideDates(stock: StockFacts | null, now: number | null): OutsideDates | null {
  if (stock === null || now === null) return null
  const { availableFrom, availableUntil } = stock
  if (availableFrom !== null && now < availableFrom - clockErrorMs)
    return { end: 'from', at: availableFrom }
  if (availableUntil !== null && now > availableUntil + clockErrorMs)
    return { end: 'until', at: availableUntil }
  return null
}

/** Returns the batches that the settings name. They are fetched at the start, to be known before the first outage. */
export function stocksOfRules({
  onlyStockId,
  codeRules,
  offlinePolicy,
  stockTerms,
}: TillRules): Set<string> {
  return new Set([
    ...(onlyStockId === null ? [] : [onlyStockId]),
    ...codeRules.merchantCodes.map(({ stockId }) => stockId),
    ...Object.keys(offlinePolicy.byStock),
    ...Object.keys(stockTerms),
  ])
}
