import { useTranslation } from 'react-i18next'
import type { CounterView } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatSum } from '../../format/money.ts'
import { formatClock } from '../../format/time.ts'
import styles from './order-line.module.css'
import { useVerdictWords } from './use-verdict-words.ts'

interface OrderLineProps {
  readonly counter: CounterView
  readonly isTotalInvalid: boolean
  readonly language: Language
}

/** The customer's order: its total, what its coupons took off, what is left to pay, and those coupons. */
export function OrderLine({ counter, isTotalInvalid, language }: OrderLineProps) {
  const { t } = useTranslation('till')
  const { order, others } = counter
  const sum = (fen: number): string => formatSum(fen, language)
  const parts = order === null ? [] : partsOf(order)

  function partsOf(of: NonNullable<typeof order>): string[] {
    const { totalFen, deductedFen, coupons, exchangeFen } = of
    return [
      ...(totalFen === null ? [] : [t('order.total', { sum: sum(totalFen) })]),
      ...(deductedFen === 0 ? [] : [t('order.deducted', { sum: sum(deductedFen) })]),
      ...(totalFen === null || deductedFen + exchangeFen === 0
        ? []
        : [t('order.remains', { sum: sum(Math.max(0, totalFen - deductedFen)) })]),
      ...(exchangeFen === 0 ? [] : [t('order.exchange', { sum: sum(exchangeFen) })]),
      ...(coupons > 1 ? [t('order.coupon', { count: coupons })] : []),
    ]
  }

  if (parts.length === 0 && others.length === 0 && !isTotalInvalid) return null
  return (
    <div className={styles['line']}>
      {parts.length > 0 && (
        <p className={styles['order']} data-testid="order">
          {parts.join(' · ')}
        </p>
      )}
      {isTotalInvalid && (
        <p className={styles['notTaken']} role="alert" data-testid="total-not-taken">
          {t('total.notTaken')}
        </p>
      )}
      {others.length > 0 && <OrderStrip others={others} language={language} />}
    </div>
  )
}

function OrderStrip({
  others,
  language,
}: Pick<CounterView, 'others'> & { readonly language: Language }) {
  const { t } = useTranslation('till')
  const wordsOf = useVerdictWords(language)
  return (
    <ul className={styles['strip']} data-testid="order-strip" aria-label={t('order.strip')}>
      {others.map(({ presentationNo, codeTail, verdict, isAged, at }) => (
        <li
          key={presentationNo}
          className={styles['other']}
          data-testid="order-coupon"
          data-instruction={verdict?.instruction}
        >
          {isAged && <span className={styles['when']}>{formatClock(at, language)}</span>}
          <span className={styles['tail']}>{codeTail}</span>
          {verdict === null ? t('reading.title') : wordsOf(verdict).told}
        </li>
      ))}
    </ul>
  )
}
