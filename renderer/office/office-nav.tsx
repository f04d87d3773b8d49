import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { mayInOffice, type OfficeRole } from '../../main/contract/office-roles.ts'
import { Shortcut } from '../components/shortcut.tsx'
import styles from '../shell/navigation.module.css'
import { type Place, places } from './places.ts'

interface OfficeNavProps {
  readonly role: OfficeRole
  readonly current: Place
  readonly openAlerts: number
  readonly onGo: (place: Place) => void
}

/** The list of screens, always in sight, with the number of open alerts. */
export function OfficeNav({ role, current, openAlerts, onGo }: OfficeNavProps) {
  const { t } = useTranslation('office')
  return (
    <nav className={styles['rail']} aria-label={t('navigation')}>
      <div className={styles['items']}>
        {places
          .filter(({ needs }) => mayInOffice(role, needs))
          .map(({ name, icon: Icon, shortcut }) => (
            <Button
              key={name}
              className={styles['item'] ?? ''}
              data-testid={`go-${name}`}
              data-current={name === current}
              {...(name === current && { 'aria-current': 'page' as const })}
              onPress={() => onGo(name)}
            >
              <span className={styles['icon']}>
                <Icon aria-hidden size={26} />
                {name === 'alerts' && openAlerts > 0 && (
                  <span className={styles['badge']} data-testid="alert-badge">
                    {openAlerts > 99 ? '99+' : openAlerts}
                  </span>
                )}
              </span>
              <span className={styles['label']}>{t(`destination.${name}`)}</span>
              <Shortcut keys={shortcut} />
            </Button>
          ))}
      </div>
    </nav>
  )
}
