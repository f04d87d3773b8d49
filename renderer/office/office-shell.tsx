import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficePerson } from '../../main/contract/office-people.ts'
import type { OfficeSnapshot } from '../../main/contract/office-requests.ts'
import { mayInOffice } from '../../main/contract/office-roles.ts'
import buttons from '../components/buttons.module.css'
import { Shortcut } from '../components/shortcut.tsx'
import { isDialogOpen, useKeys } from '../components/use-keys.ts'
import { useNow } from '../components/use-now.ts'
import shell from '../shell/shell.module.css'
import { useScrollKeys } from '../shell/use-scroll-keys.ts'
import { AlertsScreen } from './alerts/alerts-screen.tsx'
import { ConnectionLine, HubBanner } from './connection-line.tsx'
import { AttachScreen } from './entry/attach-screen.tsx'
import { DoublesScreen } from './figures/doubles-screen.tsx'
import { ListScreen } from './figures/list-screen.tsx'
import { OutagesScreen } from './figures/outages-screen.tsx'
import { OverviewScreen } from './figures/overview-screen.tsx'
import type { ListKind, View } from './figures/view.ts'
import { HealthScreen } from './health/health-screen.tsx'
import styles from './office-shell.module.css'
import { OfficeNav } from './office-nav.tsx'
import { filterOf, firstSight, type Sight } from './period.ts'
import { type Place, places } from './places.ts'
import { OfficeSettings } from './settings/office-settings.tsx'
import { freshness, useAsked } from './use-asked.ts'
import { usePresence } from './use-presence.ts'

interface OfficeShellProps {
  readonly snapshot: OfficeSnapshot
  readonly person: OfficePerson
}

/** The frame around the screens. What is looked at (time, shop, batch, hour) stays from one screen to the next. */
export function OfficeShell({ snapshot, person }: OfficeShellProps) {
  const { t } = useTranslation('office')
  const { connection, preferences, alerts } = snapshot
  const { language } = preferences
  const [place, setPlace] = useState<Place>('overview')
  const [sight, setSight] = useState<Sight>(firstSight)
  const [kind, setKind] = useState<ListKind>('all')
  const isAttached = connection.state !== 'not-attached'
  const fresh = freshness(connection.asOf)
  const scope = useAsked(`${isAttached} ${fresh}`, () => window.office.figures.scope({}))
  // The day changes under a window that stays open over night.
  const now = useNow()
  const main = useScrollKeys(true)
  usePresence()
  useKeys((event) => {
    if (isDialogOpen()) return false
    if (event.ctrlKey && event.code === 'KeyL') {
      void window.office.entry.signOut({})
      return true
    }
    const next = places.find(({ shortcut }) => shortcut === event.key)
    if (next === undefined || !mayInOffice(person.role, next.needs)) return false
    setPlace(next.name)
    return true
  })
  const view: View = {
    sight,
    filter: filterOf(sight, now),
    scope: scope.value,
    fresh,
    language,
    role: person.role,
    onSight: setSight,
    onList(nextSight, nextKind) {
      setSight(nextSight)
      setKind(nextKind)
      setPlace('list')
    },
  }
  return (
    <div className={shell['shell']} data-testid="office">
      <div className={shell['banner']}>
        <HubBanner connection={connection} language={language} />
      </div>
      <header className={styles['header']}>
        <h1 className={styles['name']}>
          {t('title')} · {t(`destination.${place}`)}
        </h1>
        <span className={styles['space']} />
        <span data-testid="who">
          {person.name} · {t(`people.roles.${person.role}`)}
        </span>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="language"
          onPress={() =>
            void window.office.office.prefer({ language: language === 'zh-CN' ? 'en' : 'zh-CN' })
          }
        >
          <span lang={language === 'zh-CN' ? 'en' : 'zh-CN'}>{t('language')}</span>
          <Shortcut keys="F6" />
        </Button>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="sign-out"
          onPress={() => void window.office.entry.signOut({})}
        >
          {t('signOut')}
          <Shortcut keys="Ctrl+L" />
        </Button>
      </header>
      <OfficeNav
        role={person.role}
        current={place}
        openAlerts={alerts.open}
        onGo={(next) => setPlace(next)}
      />
      <main key={place} ref={main} className={shell['main']} data-testid={`screen-${place}`}>
        {place === 'settings' ? (
          <OfficeSettings snapshot={snapshot} person={person} />
        ) : isAttached ? (
          <>
            {place === 'overview' && <OverviewScreen view={view} />}
            {place === 'list' && <ListScreen view={view} kind={kind} onKind={setKind} />}
            {place === 'doubles' && <DoublesScreen view={view} />}
            {place === 'outages' && <OutagesScreen view={view} />}
            {place === 'health' && <HealthScreen view={view} />}
            {place === 'alerts' && <AlertsScreen view={view} snapshot={snapshot} />}
          </>
        ) : (
          <AttachScreen mayAttach={mayInOffice(person.role, 'set-up')} />
        )}
      </main>
      <ConnectionLine connection={connection} language={language} />
    </div>
  )
}
