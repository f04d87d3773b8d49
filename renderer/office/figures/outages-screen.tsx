import { useTranslation } from 'react-i18next'
import { mayInOffice } from '../../../main/contract/office-roles.ts'
import { useNow } from '../../components/use-now.ts'
import { formatSum } from '../../format/money.ts'
import { formatDateTime } from '../office-time.ts'
import { AskedView } from '../asked-view.tsx'
import { durationText } from '../duration.ts'
import { ExportButton } from '../export-button.tsx'
import { FilterBar } from '../filter-bar.tsx'
import { MoreButton } from '../more-button.tsx'
import { HeadRow } from '../head-row.tsx'
import styles from '../office.module.css'
import { usePages } from '../use-pages.ts'
import type { View } from './view.ts'

/** Times without WeChat Pay, a shop's server or the hub, and what they cost. */
export function OutagesScreen({ view }: { readonly view: View }) {
  const { t } = useTranslation('office')
  const { sight, filter, scope, fresh, role, language, onSight } = view
  const now = useNow()
  const { first, entries, hasMore, readMore } = usePages(
    `${JSON.stringify(filter)} ${fresh}`,
    (cursor) => window.office.figures.outages({ filter, cursor }),
  )
  const head = [
    t('outages.kind'),
    t('outages.where'),
    t('outages.from'),
    t('outages.until'),
    t('outages.lasted'),
    t('outages.honoured'),
    t('outages.loss'),
  ]
  return (
    <section
      className={styles['screen']}
      data-testid="outages"
      aria-label={t('destination.outages')}
    >
      <FilterBar sight={sight} filter={filter} scope={scope} onSight={onSight}>
        {mayInOffice(role, 'export') && <ExportButton what={{ kind: 'outages', filter }} />}
      </FilterBar>
      <AskedView asked={first}>
        {({ count }) =>
          entries.length === 0 ? (
            <p className={styles['empty']}>{t('outages.empty')}</p>
          ) : (
            <>
              <div className={styles['sheet']}>
                <table className={styles['table']} data-texts>
                  <caption>{t('outages.count', { count })}</caption>
                  <HeadRow columns={head} />
                  <tbody>
                    {entries.map((each) => (
                      <tr
                        key={`${each.kind} ${each.shopId} ${each.tillId} ${each.from}`}
                        data-testid="outage"
                      >
                        <td>{t(`outages.${each.kind}`)}</td>
                        <td>
                          {each.shopName} · {each.tillName ?? t('outages.wholeShop')}
                        </td>
                        <td>{formatDateTime(each.from, language)}</td>
                        <td>
                          {each.until === null ? (
                            <span className={styles['warning']}>{t('outages.going')}</span>
                          ) : (
                            formatDateTime(each.until, language)
                          )}
                        </td>
                        <td>{durationText((each.until ?? now) - each.from, t)}</td>
                        <td>
                          {each.honoured} · {formatSum(each.honouredFen, language)}
                        </td>
                        <td data-warns={each.lossFen > 0}>{formatSum(each.lossFen, language)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <MoreButton count={entries.length} hasMore={hasMore} onMore={readMore} />
            </>
          )
        }
      </AskedView>
    </section>
  )
}
