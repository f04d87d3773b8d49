import { useTranslation } from 'react-i18next'
import type { Insights } from '../../../main/contract/insights.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatDateTime } from '../../format/time.ts'
import styles from './insights-screen.module.css'

interface OutageTableProps {
  readonly outages: Insights['outages']
  readonly language: Language
}

const minuteMs = 60_000

/** The times during which this till could not reach WeChat Pay. */
export function OutageTable({ outages, language }: OutageTableProps) {
  const { t } = useTranslation('insights')
  return (
    <figure className={styles['figure']} data-testid="outages">
      <figcaption className={styles['caption']}>{t('chart.outages')}</figcaption>
      {outages.length === 0 ? (
        <p className={styles['nothing']}>{t('noOutage')}</p>
      ) : (
        <table className={styles['outages']}>
          <thead>
            <tr>
              <th scope="col">{t('outage.from')}</th>
              <th scope="col">{t('outage.length')}</th>
              <th scope="col">{t('outage.attempts')}</th>
            </tr>
          </thead>
          <tbody>
            {outages.map(({ from, until, attempts }) => (
              <tr key={from}>
                <td>{formatDateTime(from, language)}</td>
                <td>
                  {until === null
                    ? t('outage.lasts')
                    : t('outage.minutes', {
                        count: Math.max(1, Math.round((until - from) / minuteMs)),
                      })}
                </td>
                <td>{attempts}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </figure>
  )
}
