import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { NavigationRail } from '../components/navigation-rail.tsx'
import { type SnapshotWithoutCounter, isSameWithoutCounter } from './snapshot-without-counter.ts'
import { type Destination, destinations } from './destinations.ts'
import { may } from './permissions.ts'

interface NavigationProps {
  readonly snapshot: SnapshotWithoutCounter
  readonly current: Destination
  readonly onGo: (destination: Destination) => void
}

/** The screens of the till, with the number of entries that wait for a person. */
function DrawnNavigation({ snapshot, current, onGo }: NavigationProps) {
  const { t } = useTranslation('shell')
  return (
    <NavigationRail<Destination>
      label={t('navigation')}
      items={destinations
        .filter(({ needs }) => may(snapshot.session, needs))
        .map((each) => ({ ...each, label: t(`destination.${each.name}`) }))}
      current={current}
      badge={{ of: 'review', count: snapshot.queue.review, testId: 'review-badge' }}
      onGo={onGo}
    />
  )
}

/** Memoized because every scan redraws the shell around it. */
export const Navigation = memo(DrawnNavigation, isSameWithoutCounter)
