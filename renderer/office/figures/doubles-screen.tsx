import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayInOffice } from '../../../main/contract/office-roles.ts'
import { formatSum } from '../../format/money.ts'
import { AskedView } from '../asked-view.tsx'
import { ExportButton } from '../export-button.tsx'
import { FilterBar } from '../filter-bar.tsx'
import { MoreButton } from '../more-button.tsx'
import styles from '../office.module.css'
import { usePages } from '../use-pages.ts'
import { LifeDialog } from './life-dialog.tsx'
import { RedemptionTable } from './redemption-table.tsx'
import type { View } from './view.ts'

/** Coupons whose discount was given more than once, each with every time that it was given. */
export function DoublesScreen({ view }: { readonly view: View }) {
  const { t } = useTranslation('office')
  const { sight, filter, scope, fresh, role, language, onSight } = view
  const [opened, setOpened] = useState<string | null>(null)
  const { first, entries, hasMore, readMore } = usePages(
    `${JSON.stringify(filter)} ${fresh}`,
    (cursor) => window.office.figures.doubles({ filter, cursor }),
  )
  return (
    <section
      className={styles['screen']}
      data-testid="doubles"
      aria-label={t('destination.doubles')}
    >
      <FilterBar sight={sight} filter={filter} scope={scope} onSight={onSight}>
        {mayInOffice(role, 'export') && <ExportButton what={{ kind: 'doubles', filter }} />}
      </FilterBar>
      <p className={styles['hint']}>{t('doubles.intro')}</p>
      <AskedView asked={first}>
        {({ count, lossFen }) =>
          entries.length === 0 ? (
            <p className={styles['empty']}>{t('doubles.empty')}</p>
          ) : (
            <>
              <p className={styles['sum']} data-testid="doubles-sum">
                {t('doubles.sum', { count, sum: formatSum(lossFen, language) })}
              </p>
              {entries.map((each) => (
                <section key={each.couponId} className={styles['double']} data-testid="double">
                  <h2>
                    {each.stockName ?? each.stockId ?? t('filter.noStock')} ·{' '}
                    {each.shops > 1
                      ? t('doubles.shops', { count: each.shops })
                      : t('doubles.oneShop')}{' '}
                    <span className={styles['warning']}>
                      {t('doubles.loss', { sum: formatSum(each.lossFen, language) })}
                    </span>
                  </h2>
                  <RedemptionTable entries={each.given} language={language} onOpen={setOpened} />
                </section>
              ))}
              <MoreButton count={entries.length} hasMore={hasMore} onMore={readMore} />
            </>
          )
        }
      </AskedView>
      {opened !== null && (
        <LifeDialog
          key={opened}
          id={opened}
          view={view}
          onOpen={setOpened}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  )
}
