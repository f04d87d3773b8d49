import { lazy, Suspense, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficeFigures, OfficeOverview } from '../../../main/contract/office.ts'
import { mayInOffice } from '../../../main/contract/office-roles.ts'
import buttons from '../../components/buttons.module.css'
import { formatSum } from '../../format/money.ts'
import { AskedView } from '../asked-view.tsx'
import { ExportButton } from '../export-button.tsx'
import { FilterBar, hourRange } from '../filter-bar.tsx'
import styles from '../office.module.css'
import { useAsked } from '../use-asked.ts'
import { FiguresTable } from './figures-table.tsx'
import type { ListKind, View } from './view.ts'

// Charts bring a library of their own.
const OverviewCharts = lazy(async () => ({
  default: (await import('./overview-charts.tsx')).OverviewCharts,
}))

/** The figures of the chain: sums, then by shop, by hour and by batch. Each leads to what is behind it. */
export function OverviewScreen({ view }: { readonly view: View }) {
  const { t } = useTranslation('office')
  const { sight, filter, scope, fresh, role, onSight } = view
  const [hasCharts, setHasCharts] = useState(false)
  const asked = useAsked(`${JSON.stringify(filter)} ${fresh}`, () =>
    window.office.figures.overview(filter),
  )
  return (
    <section
      className={styles['screen']}
      data-testid="overview"
      aria-label={t('destination.overview')}
    >
      <FilterBar sight={sight} filter={filter} scope={scope} onSight={onSight}>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="charts"
          onPress={() => setHasCharts(!hasCharts)}
        >
          {t(hasCharts ? 'overview.noCharts' : 'overview.charts')}
        </Button>
        {mayInOffice(role, 'export') && <ExportButton what={{ kind: 'overview', filter }} />}
      </FilterBar>
      <AskedView asked={asked}>
        {(overview) => (
          <>
            <Facts overview={overview} view={view} />
            {hasCharts && (
              <Suspense fallback={<p className={styles['empty']}>{t('loading')}</p>}>
                <OverviewCharts overview={overview} language={view.language} />
              </Suspense>
            )}
            <Tables overview={overview} view={view} />
          </>
        )}
      </AskedView>
    </section>
  )
}

interface PartProps {
  readonly overview: OfficeOverview
  readonly view: View
}

/** The sums, biggest in sight. Whoever may look closer goes from each to its coupons. */
function Facts({ overview, view }: PartProps) {
  const { t } = useTranslation('office')
  const { total } = overview
  const { language } = view
  const facts: readonly (readonly [string, string, string | null, ListKind])[] = [
    ['redeemed', String(total.redeemed), null, 'redeemed'],
    ['discount', formatSum(total.discountFen, language), null, 'redeemed'],
    ['refused', String(total.refused), null, 'refused'],
    ['open', String(total.open), formatSum(total.openFen, language), 'open'],
    ['losses', String(total.losses), formatSum(total.lossFen, language), 'loss'],
    ['returned', String(total.returned), null, 'returned'],
  ]
  const words = {
    redeemed: t('figure.redeemed'),
    discount: t('figure.discount'),
    refused: t('figure.refused'),
    open: t('figure.open'),
    losses: t('figure.losses'),
    returned: t('figure.returned'),
  }
  const mayList = mayInOffice(view.role, 'look-closer')
  return (
    <div className={styles['facts']}>
      {facts.map(([name, value, sum, kind]) => {
        const inside = (
          <>
            <span className={styles['factName']}>{nameOf(words, name)}</span>
            <strong className={styles['factValue']}>{value}</strong>
            {sum !== null && <span className={styles['factName']}>{sum}</span>}
          </>
        )
        const warns = (name === 'open' || name === 'losses') && value !== '0'
        return mayList ? (
          <Button
            key={name}
            className={styles['fact'] ?? ''}
            data-testid={`fact-${name}`}
            data-warns={warns}
            onPress={() => view.onList(view.sight, kind)}
          >
            {inside}
          </Button>
        ) : (
          <div
            key={name}
            className={styles['fact']}
            data-testid={`fact-${name}`}
            data-warns={warns}
          >
            {inside}
          </div>
        )
      })}
    </div>
  )
}

function nameOf(words: Readonly<Record<string, string>>, name: string): string {
  return words[name] ?? name
}

function Tables({ overview, view }: PartProps) {
  const { t } = useTranslation('office')
  const { sight, role, onSight, onList } = view
  const { shops, stocks, hours, total } = overview
  const mayList = mayInOffice(role, 'look-closer')
  if (isEmpty(total) && shops.length === 0)
    return <p className={styles['empty']}>{t('overview.empty')}</p>
  const busy = hours
    .map((figures, hour) => ({ figures, hour }))
    .filter((each) => !isEmpty(each.figures))
  return (
    <div className={styles['tables']}>
      <FiguresTable
        title={t('overview.byShop')}
        column={t('overview.shop')}
        testId="by-shop"
        language={view.language}
        total={sight.shopId === null ? { name: t('overview.total'), figures: total } : null}
        rows={shops
          .filter(({ shopId }) => sight.shopId === null || shopId === sight.shopId)
          .map(({ shopId, name, figures }) => ({
            key: shopId,
            name,
            figures,
            onPress: sight.shopId === null ? () => onSight({ ...sight, shopId }) : null,
          }))}
      />
      <FiguresTable
        title={t('overview.byHour')}
        column={t('overview.hour')}
        testId="by-hour"
        language={view.language}
        total={null}
        rows={busy.map(({ figures, hour }) => ({
          key: String(hour),
          name: t('overview.hourRange', hourRange(hour)),
          figures,
          onPress: mayList ? () => onList({ ...sight, hour }, 'all') : null,
        }))}
      />
      <FiguresTable
        title={t('overview.byStock')}
        column={t('overview.stock')}
        testId="by-stock"
        language={view.language}
        total={null}
        rows={stocks.map(({ stockId, name, figures }) => ({
          key: stockId,
          name: name ?? (stockId === '' ? t('filter.noStock') : stockId),
          figures,
          onPress: sight.stockId === null ? () => onSight({ ...sight, stockId }) : null,
        }))}
      />
    </div>
  )
}

function isEmpty({ redeemed, refused, open, losses }: OfficeFigures): boolean {
  return redeemed + refused + open + losses === 0
}
