import { useTranslation } from 'react-i18next'
import { mayInOffice, type OfficeRole } from '../../main/contract/office-roles.ts'
import { NavigationRail } from '../components/navigation-rail.tsx'
import { type Place, places } from './places.ts'

interface OfficeNavProps {
  readonly role: OfficeRole
  readonly current: Place
  readonly openAlerts: number
  readonly onGo: (place: Place) => void
}

/** The screens of the head office, with the number of open alerts. */
export function OfficeNav({ role, current, openAlerts, onGo }: OfficeNavProps) {
  const { t } = useTranslation('office')
  return (
    <NavigationRail<Place>
      label={t('navigation')}
      items={places
        .filter(({ needs }) => mayInOffice(role, needs))
        .map((each) => ({ ...each, label: t(`destination.${each.name}`) }))}
      current={current}
      badge={{ of: 'alerts', count: openAlerts, testId: 'alert-badge' }}
      onGo={onGo}
    />
  )
}
