import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { insightDays, type Insights } from '../../../main/contract/insights.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { MoneyQuery } from '../../../main/contract/money.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { Choice } from '../../components/choice.tsx'
import type { MoneyPart } from '../history/history-opening.ts'
import { InsightCharts } from './insight-charts.tsx'
import styles from './insights-screen.module.css'
import { MoneyView } from './money-view.tsx'

const views = ['money', 'charts'] as const

/** What the screen shows: kept while somebody looks at the coupons behind a figure. */
export interface InsightsChoice {
  readonly view: (typeof views)[number]
  readonly query: MoneyQuery
}

interface InsightsScreenProps {
  readonly snapshot: AppSnapshot
  readonly choice: InsightsChoice
  readonly onChoice: (choice: InsightsChoice) => void
  readonly onCoupons: (part: MoneyPart) => void
}

/** The money of a day or any range, and how things went, from this till's own records. */
export function InsightsScreen({ snapshot, choice, onChoice, onCoupons }: InsightsScreenProps) {
  const { t } = useTranslation(['insights', 'money', 'shell'])
  return (
    <section className={styles['screen']} data-testid="insights" aria-labelledby="insights-title">
      <header className={styles['head']}>
        <h2 id="insights-title" className={styles['title']}>
          {t('shell:destination.insights')}
        </h2>
        <Choice
          label={t('money:view')}
          value={choice.view}
          options={views.map((view) => ({ value: view, label: t(`money:views.${view}`) }))}
          onChange={(view) => onChoice({ ...choice, view })}
          isRow
        />
      </header>
      {choice.view === 'money' ? (
        <MoneyView
          snapshot={snapshot}
          query={choice.query}
          onQuery={(query) => onChoice({ ...choice, query })}
          onCoupons={onCoupons}
        />
      ) : (
        <Charts language={snapshot.language} />
      )}
    </section>
  )
}

/** Charts of the last days. */
function Charts({ language }: { readonly language: Language }) {
  const { t } = useTranslation('insights')
  const [days, setDays] = useState<number>(insightDays[0])
  return (
    <>
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
      <Figures key={days} days={days} language={language} />
    </>
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
