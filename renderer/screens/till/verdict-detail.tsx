import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import { useNow } from '../../components/use-now.ts'
import { describeStock } from '../../format/stock.ts'
import { formatInstant } from '../../format/time.ts'
import styles from './verdict-detail.module.css'

interface VerdictDetailProps {
  readonly redemption: RedemptionView
  readonly language: Language
}

export function VerdictDetail({ redemption, language }: VerdictDetailProps) {
  const { t } = useTranslation('till')
  const now = useNow()
  const { stock } = redemption
  return (
    <dl className={styles['detail']}>
      {stock && (
        <div className={styles['deduct']}>
          <dt>{stock.name}</dt>
          <dd data-testid="verdict-stock">{describeStock(stock, t, language)}</dd>
        </div>
      )}
      <div>
        <dt>{t('detail.code')}</dt>
        <dd className={styles['digits']}>{redemption.codeTail}</dd>
      </div>
      <div>
        <dt>{t('detail.time')}</dt>
        <dd className={styles['digits']}>
          {formatInstant(redemption.settledAt ?? redemption.recordedAt, now, language)}
        </dd>
      </div>
      <div>
        <dt>{t('detail.requestNo')}</dt>
        <dd className={styles['digits']}>{redemption.useRequestNo}</dd>
      </div>
    </dl>
  )
}
