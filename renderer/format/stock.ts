import type { TFunction } from 'i18next'
import type { RedemptionView, StockView } from '../../main/contract/redemption-view.ts'
import type { Language } from '../../main/contract/language.ts'
import { formatFen, formatRate } from './money.ts'

/** What the coupon takes or took off, in fen; `null` where that is not known. What the cashier was told comes first. */
export function discountOf({
  given,
  payable,
  honouredValueFen,
  stock,
}: RedemptionView): number | null {
  const fixedFen = stock?.kind === 'NORMAL' ? stock.discountFen : null
  return given?.fen ?? honouredValueFen ?? payable?.deductFen ?? fixedFen
}

/** Describes what the batch's coupons are worth in a few words, e.g. 满 100元 减 20元, 打8.8折. */
export function describeStock(stock: StockView, t: TFunction, language: Language): string {
  const values = {
    name: stock.name,
    discount: stock.discountFen === null ? '' : formatFen(stock.discountFen, language),
    threshold: stock.thresholdFen ? formatFen(stock.thresholdFen, language) : '',
    rate: stock.payPercent === null ? '' : formatRate(stock.payPercent, language),
    price: stock.exchangePriceFen === null ? '' : formatFen(stock.exchangePriceFen, language),
    goods: stock.goodsName ?? '',
  }
  const withThreshold = values.threshold !== ''
  if (stock.kind === 'NORMAL' && stock.discountFen !== null)
    return t(withThreshold ? 'stock.NORMAL_threshold' : 'stock.NORMAL', values)
  if (stock.kind === 'DISCOUNT' && stock.payPercent !== null)
    return t(withThreshold ? 'stock.DISCOUNT_threshold' : 'stock.DISCOUNT', values)
  if (stock.kind === 'EXCHANGE' && stock.exchangePriceFen !== null)
    return t(withThreshold ? 'stock.EXCHANGE_threshold' : 'stock.EXCHANGE', values)
  // A kind of coupon that WeChat Pay added after this version: only its name is known.
  return t('stock.other', values)
}
