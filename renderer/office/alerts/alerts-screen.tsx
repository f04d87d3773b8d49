import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficeAlert } from '../../../main/contract/office-alerts.ts'
import type { OfficeSnapshot } from '../../../main/contract/office-requests.ts'
import { mayInOffice } from '../../../main/contract/office-roles.ts'
import buttons from '../../components/buttons.module.css'
import { Choice } from '../../components/choice.tsx'
import { useNow } from '../../components/use-now.ts'
import { formatInstant } from '../office-time.ts'
import { AskedView } from '../asked-view.tsx'
import type { View } from '../figures/view.ts'
import { MoreButton } from '../more-button.tsx'
import { HeadRow } from '../head-row.tsx'
import { ShopPicker } from '../shop-picker.tsx'
import styles from '../office.module.css'
import { usePages } from '../use-pages.ts'
import { foundText } from './alert-value.ts'

const shows = ['open', 'closed'] as const

interface AlertsScreenProps {
  readonly view: View
  readonly snapshot: OfficeSnapshot
}

/** Alerts, open or closed, and who sees to each. */
export function AlertsScreen({ view, snapshot }: AlertsScreenProps) {
  const { t } = useTranslation('office')
  const { sight, scope, fresh, onSight } = view
  const [show, setShow] = useState<(typeof shows)[number]>('open')
  const query = { isOpen: show === 'open', shopId: sight.shopId }
  const { open, unseen } = snapshot.alerts
  const { first, entries, hasMore, readMore } = usePages(
    `${JSON.stringify(query)} ${open} ${unseen} ${fresh}`,
    (cursor) => window.office.alerts.list({ ...query, cursor }),
  )
  async function see(id: string): Promise<void> {
    await window.office.alerts.see({ id })
    first.again()
  }
  const head = [
    t('alerts.what'),
    t('alerts.where'),
    t('alerts.found'),
    t('alerts.since'),
    ...(show === 'closed' ? [t('alerts.until')] : []),
    t('alerts.seen'),
    t('alerts.sentState'),
  ]
  return (
    <section className={styles['screen']} data-testid="alerts" aria-label={t('destination.alerts')}>
      <div className={styles['filters']}>
        <Choice
          label={t('alerts.show')}
          value={show}
          options={shows.map((each) => ({ value: each, label: t(`alerts.${each}`) }))}
          onChange={setShow}
          isRow
        />
        <ShopPicker sight={sight} scope={scope} onSight={onSight} />
      </div>
      <AskedView asked={first}>
        {() =>
          entries.length === 0 ? (
            <p className={styles['empty']}>
              {t(show === 'open' ? 'alerts.emptyOpen' : 'alerts.emptyClosed')}
            </p>
          ) : (
            <>
              <div className={styles['sheet']}>
                <table className={styles['table']} data-texts>
                  <HeadRow columns={head} />
                  <tbody>
                    {entries.map((alert) => (
                      <Alert key={alert.id} alert={alert} view={view} onSee={see} />
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

interface AlertProps {
  readonly alert: OfficeAlert
  readonly view: View
  readonly onSee: (id: string) => Promise<void>
}

function Alert({ alert, view, onSee }: AlertProps) {
  const { t } = useTranslation('office')
  const now = useNow()
  const { language, role } = view
  const { seen, closedAt, shopName, tillName } = alert
  const where = [shopName, tillName].filter((each) => each !== null).join(' · ')
  return (
    <tr data-testid="alert" data-kind={alert.kind}>
      <td>
        <strong>{t(`alerts.kind.${alert.kind}`)}</strong>
      </td>
      <td>{where === '' ? t('alerts.chain') : where}</td>
      <td>{foundText(alert, language, t)}</td>
      <td>{formatInstant(alert.openedAt, now, language)}</td>
      {closedAt !== null && <td>{formatInstant(closedAt, now, language)}</td>}
      <td>
        {seen !== null &&
          t('alerts.seenBy', { name: seen.by, time: formatInstant(seen.at, now, language) })}
        {seen === null && closedAt === null && mayInOffice(role, 'see-alerts') && (
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="see"
            onPress={() => void onSee(alert.id)}
          >
            {t('alerts.see')}
          </Button>
        )}
      </td>
      <td data-warns={alert.sent === 'failed'}>{t(`alerts.sent.${alert.sent}`)}</td>
    </tr>
  )
}
