import { memo } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Shortcut } from '../components/shortcut.tsx'
import { type BesideCounter, isSameBesideCounter } from './beside-counter.ts'
import { type Destination, destinations } from './destinations.ts'
import styles from './navigation.module.css'
import { may } from './permissions.ts'

interface NavigationProps {
  readonly snapshot: BesideCounter
  readonly current: Destination
  readonly onGo: (destination: Destination) => void
}

/** One place for every screen, always in sight. What waits for a person is counted here. */
function DrawnNavigation({ snapshot, current, onGo }: NavigationProps) {
  const { t } = useTranslation('shell')
  const { review } = snapshot.queue
  return (
    <nav className={styles['rail']} aria-label={t('navigation')}>
      {destinations
        .filter(({ needs }) => may(snapshot.session, needs))
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
              {name === 'review' && review > 0 && (
                <span className={styles['badge']} data-testid="review-badge">
                  {review > 99 ? '99+' : review}
                </span>
              )}
            </span>
            <span className={styles['label']}>{t(`destination.${name}`)}</span>
            <Shortcut keys={shortcut} />
          </Button>
        ))}
    </nav>
  )
}

/** Drawn again only when what it shows has changed: every scan changes the shell around it. */
export const Navigation = memo(DrawnNavigation, isSameBesideCounter)
