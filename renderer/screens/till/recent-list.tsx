import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import { StateChip } from '../../components/state-chip.tsx'
import { useNow } from '../../components/use-now.ts'
import { describeStock } from '../../format/stock.ts'
import { formatInstant } from '../../format/time.ts'
import panel from '../../components/panel.module.css'
import styles from './recent-list.module.css'

interface RecentListProps {
  readonly recent: readonly RedemptionView[]
  readonly language: Language
}

function DrawnRecentList({ recent, language }: RecentListProps) {
  const { t } = useTranslation(['till', 'reasons'])
  const now = useNow()
  return (
    <section className={panel['panel']} aria-labelledby="recent-title">
      <h2 id="recent-title" className={panel['title']}>
        {t('recent.title')}
      </h2>
      {recent.length === 0 ? (
        <p className={styles['empty']}>{t('recent.empty')}</p>
      ) : (
        <ol className={styles['rows']}>
          {recent.map((entry) => (
            <li
              key={entry.useRequestNo}
              className={styles['row']}
              data-testid="recent-row"
              data-state={entry.state}
            >
              <time className={styles['time']}>
                {formatInstant(entry.recordedAt, now, language)}
              </time>
              <span className={styles['tail']}>{t('recent.tail', { tail: entry.codeTail })}</span>
              <span className={styles['stock']}>
                {entry.stock
                  ? describeStock(entry.stock, t, language)
                  : entry.state !== 'redeemed' && entry.reason
                    ? t(`reasons:${entry.reason}.cashier.title`)
                    : ''}
              </span>
              <StateChip state={entry.state} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** Memoized because every scan redraws the shell around it. */
export const RecentList = memo(DrawnRecentList)
