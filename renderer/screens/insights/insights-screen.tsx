import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { insightDays, type Insights } from '../../../main/contract/insights.ts'
import type { Language } from '../../../main/contract/language.ts'
import { Choice } from '../../components/choice.tsx'
import { InsightCharts } from './insight-charts.tsx'
import styles from './insights-screen.module.css'

/** Figures of the last days for the owner, from this till's own records. */
export function InsightsScreen({ language }: { readonly language: Language }) {
  const { t } = useTranslation('insights')
  const [days, setDays] = useState<number>(insightDays[0])
  return (
    <section className={styles['screen']} data-testid="insights" aria-labelledby="insights-title">
      <header className={styles['head']}>
        <h2 id="insights-title" className={styles['title']}>
          {t('title')}
        </h2>
        <Choice
          label={t('period')}
          value={String(days)}
          options={insightDays.map((count) => ({
            value: String(count),
            label: t('days', { count }),
          }))}
          onChange={(count) => setDays(Number(count))}
          isRow
        />
      </header>
      <Figures key={days} days={days} language={language} />
    </section>
  )
}

function Figures({ days, language }: { readonly days: number; readonly language: Language }) {
  const { t } = useTranslation('insights')
  const [insights, setInsights] = useState<Insights | 'failed' | null>(null)
  useEffect(() => {
    void window.till.insights.read({ days }).then((reply) => {
      setInsights(reply.ok ? reply.value : 'failed')
    })
  }, [days])
  if (insights === null) return <p className={styles['empty']}>{t('loading')}</p>
  if (insights === 'failed')
    return (
      <p className={styles['empty']} role="alert">
        {t('failed')}
      </p>
    )
  return <InsightCharts insights={insights} language={language} />
}
