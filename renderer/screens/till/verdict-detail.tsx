import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/snapshot.ts'
import { useNow } from '../../components/use-now.ts'
import { formatFen } from '../../format/money.ts'
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
  const { stock, payable, isBelowThreshold = false } = redemption
  return (
    <dl className={styles['detail']}>
      {payable && (
        <div className={styles['payable']}>
          <dt>{t('detail.payable')}</dt>
          <dd data-testid="verdict-payable">
            {t('detail.payableSum', {
              pay: formatFen(payable.payFen, language),
              total: formatFen(payable.totalFen, language),
              deduct: formatFen(payable.deductFen, language),
            })}
          </dd>
        </div>
      )}
      {isBelowThreshold && (
        <div className={styles['below']} data-testid="below-threshold">
          <dt>{t('detail.belowThreshold')}</dt>
          <dd>{t('detail.belowThresholdAction')}</dd>
        </div>
      )}
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
