import { useTranslation } from 'react-i18next'
import type { Language } from '../../../main/contract/language.ts'
import type { OfficeOverview } from '../../../main/contract/office.ts'
import { formatDay } from '../../format/time.ts'
import { BarFigure } from '../../screens/insights/bar-figure.tsx'
import styles from '../office.module.css'

interface OverviewChartsProps {
  readonly overview: OfficeOverview
  readonly language: Language
}

/** Redemptions by hour of the day, and by day where there is more than one. */
export function OverviewCharts({ overview, language }: OverviewChartsProps) {
  const { t } = useTranslation('office')
  const unit = t('figure.redeemed')
  return (
    <div className={styles['charts']} data-testid="overview-charts">
      <BarFigure
        title={t('overview.byHour')}
        unit={unit}
        bars={overview.hours.map(({ redeemed }, hour) => ({ name: String(hour), count: redeemed }))}
      />
      {overview.days.length > 1 && (
        <BarFigure
          title={t('overview.byDay')}
          unit={unit}
          bars={overview.days.map(({ at, figures }) => ({
            name: formatDay(at, language),
            count: figures.redeemed,
          }))}
        />
      )}
    </div>
  )
}
