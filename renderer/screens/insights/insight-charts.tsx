import { useTranslation } from 'react-i18next'
import { type Insights, settleSpansMs } from '../../../main/contract/insights.ts'
import { reasons } from '../../../main/contract/reason.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatDay } from '../../format/time.ts'
import { BarFigure } from './bar-figure.tsx'
import styles from './insights-screen.module.css'
import { OutageTable } from './outage-table.tsx'

interface InsightChartsProps {
  readonly insights: Insights
  readonly language: Language
}

export function InsightCharts({ insights, language }: InsightChartsProps) {
  const { t } = useTranslation(['insights', 'reasons'])
  const total = insights.days.reduce((sum, { redeemed }) => sum + redeemed, 0)
  const refused = insights.days.reduce((sum, each) => sum + each.refused, 0)
  const open = insights.days.reduce((sum, each) => sum + each.open, 0)
  const facts = [
    ['redeemed', total],
    ['refused', refused],
    ['open', open],
    ['outages', insights.outages.length],
  ] as const
  return (
    <>
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name} data-fact={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles['charts']}>
        <BarFigure
          title={t('chart.days')}
          unit={t('fact.redeemed')}
          bars={insights.days.map(({ at, redeemed }) => ({
            name: formatDay(at, language),
            count: redeemed,
          }))}
        />
        <BarFigure
          title={t('chart.hours')}
          unit={t('fact.redeemed')}
          bars={insights.hours.map((count, hour) => ({ name: String(hour), count }))}
        />
        <BarFigure
          title={t('chart.stocks')}
          unit={t('fact.redeemed')}
          isLying
          bars={insights.stocks.slice(0, 10).map(({ stockId, name, redeemed }) => ({
            name: name ?? (stockId || t('unknownStock')),
            count: redeemed,
          }))}
        />
        <BarFigure
          title={t('chart.refusals')}
          unit={t('fact.refused')}
          isLying
          bars={insights.refusals.slice(0, 10).map(({ reason, count }) => {
            const known = reasons.find((each) => each === reason)
            return { name: known ? t(`reasons:${known}.cashier.title`) : t('otherReason'), count }
          })}
        />
        <BarFigure
          title={t('chart.settled')}
          unit={t('fact.redeemed')}
          bars={settleSpansMs.map((ms, at) => ({
            name: t(`span.${ms ?? 'longer'}`),
            count: insights.settled[at] ?? 0,
          }))}
        />
        <OutageTable outages={insights.outages} language={language} />
      </div>
    </>
  )
}
