import type { StockView } from '../../../main/contract/redemption-view.ts'
import type { ShopSettings } from '../../../main/contract/shop-settings.ts'

/** The batches by which the till knows a coupon without asking WeChat Pay. */
export function stocksOf({
  onlyStockId,
  merchantCodes,
  offline,
  stockTerms,
}: Pick<ShopSettings, 'onlyStockId' | 'merchantCodes' | 'offline' | 'stockTerms'>): string[] {
  const named = [
    ...(onlyStockId === null ? [] : [onlyStockId]),
    ...merchantCodes.map(({ stockId }) => stockId),
    ...Object.keys(offline.byStock),
    ...Object.keys(stockTerms),
  ]
  return [...new Set(named)].filter((stockId) => stockId !== '')
}

/** Whether coupons of a batch can be honoured: by WeChat Pay's description, by what the owner entered, or not. */
export type Standing = 'known' | 'perTotal' | 'uncountable' | 'entered' | 'unknown'

export function standingOf(
  described: StockView | undefined,
  entered: ShopSettings['stockTerms'][string] | undefined,
): Standing {
  if (described === undefined) return entered === undefined ? 'unknown' : 'entered'
  if (described.kind === 'NORMAL' && described.discountFen !== null) return 'known'
  return described.kind === 'DISCOUNT' && described.payPercent !== null ? 'perTotal' : 'uncountable'
}
