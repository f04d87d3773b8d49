import type { TFunction } from 'i18next'
import type { Verdict } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import { formatSum } from '../../format/money.ts'
import { describeStock } from '../../format/stock.ts'

interface Told extends Pick<Verdict, 'deductFen'> {
  readonly redemption: Pick<RedemptionView, 'stock'> | null
}

interface SumWords {
  /** What to deduct, or where to read it. */
  readonly sum: string
  /** How the till can say more; `null` where it has said all. */
  readonly hint: string | null
}

/** Returns the words for what a coupon takes off the order. */
export function sumWords(
  { deductFen, redemption }: Told,
  t: TFunction,
  language: Language,
): SumWords {
  const stock = redemption?.stock
  if (deductFen !== null)
    return { sum: t('sum.off', { sum: formatSum(deductFen, language) }), hint: null }
  if (stock?.kind === 'EXCHANGE' && stock.exchangePriceFen !== null) {
    const goods = stock.goodsName ?? stock.name
    const price = formatSum(stock.exchangePriceFen, language)
    return { sum: t('sum.exchange', { goods, price }), hint: null }
  }
  // A phone shows the percentage and no sum either.
  if (stock?.kind === 'DISCOUNT' && stock.payPercent !== null) {
    const sum = describeStock({ ...stock, thresholdFen: null }, t, language)
    return { sum, hint: t('sum.enterTotal') }
  }
  return { sum: t('sum.phone'), hint: null }
}
