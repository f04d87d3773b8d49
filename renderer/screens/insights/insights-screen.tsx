import { type ReactNode, useEffect, useState } from 'react'
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
import { ScreenHead } from './screen-head.tsx'

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
  const switcher = <Views view={choice.view} onView={(view) => onChoice({ ...choice, view })} />
  return (
    <section className={styles['screen']} data-testid="insights" aria-labelledby="insights-title">
      {choice.view === 'money' ? (
        <MoneyView
          snapshot={snapshot}
          query={choice.query}
          switcher={switcher}
          onQuery={(query) => onChoice({ ...choice, query })}
          onCoupons={onCoupons}
        />
      ) : (
        <Charts language={snapshot.language} switcher={switcher} />
      )}
    </section>
  )
}

interface ViewsProps {
  readonly view: InsightsChoice['view']
  readonly onView: (view: InsightsChoice['view']) => void
}

function Views({ view, onView }: ViewsProps) {
  const { t } = useTranslation('money')
  return (
    <Choice
      label={t('view')}
      value={view}
      options={views.map((each) => ({ value: each, label: t(`views.${each}`) }))}
      onChange={onView}
      isRow
    />
  )
}

/** Charts of the last days. */
function Charts({
  language,
  switcher,
}: {
  readonly language: Language
  readonly switcher: ReactNode
}) {
  const { t } = useTranslation('insights')
  const [days, setDays] = useState<number>(insightDays[0])
  return (
    <>
      <ScreenHead switcher={switcher}>
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
      </ScreenHead>
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
