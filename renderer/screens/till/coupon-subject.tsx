import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatSum } from '../../format/money.ts'
import { describeStock, discountOf } from '../../format/stock.ts'
import styles from './coupon-subject.module.css'

interface CouponSubjectProps {
  readonly redemption: RedemptionView
  readonly language: Language
}

/** Shows which coupon a question is about: its code, its batch and its discount. */
export function CouponSubject({ redemption, language }: CouponSubjectProps) {
  const { t } = useTranslation('till')
  const { codeTail, stock } = redemption
  const valueFen = discountOf(redemption)
  return (
    <p className={styles['subject']} data-testid="coupon-subject">
      <strong>{t('recent.tail', { tail: codeTail })}</strong>
      <span>
        {stock === null
          ? t('subject.batchUnknown')
          : `${stock.name} · ${describeStock(stock, t, language)}`}
      </span>
      <strong>
        {valueFen === null
          ? t('subject.valueUnknown')
          : t('subject.value', { sum: formatSum(valueFen, language) })}
      </strong>
    </p>
  )
}
