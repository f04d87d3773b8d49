import { memo } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Shortcut } from '../components/shortcut.tsx'
import { type SnapshotWithoutCounter, isSameWithoutCounter } from './snapshot-without-counter.ts'
import { type Destination, destinations } from './destinations.ts'
import styles from './navigation.module.css'
import { may } from './permissions.ts'

interface NavigationProps {
  readonly snapshot: SnapshotWithoutCounter
  readonly current: Destination
  readonly onGo: (destination: Destination) => void
}

/** The list of screens, always in sight, with the number of entries that wait for a person. */
function DrawnNavigation({ snapshot, current, onGo }: NavigationProps) {
  const { t } = useTranslation('shell')
  const { review } = snapshot.queue
  return (
    <nav className={styles['rail']} aria-label={t('navigation')}>
      <div className={styles['items']}>
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
      </div>
    </nav>
  )
}

/** Memoized because every scan redraws the shell around it. */
export const Navigation = memo(DrawnNavigation, isSameWithoutCounter)
