import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'
import { HistoryScreen } from '../screens/history/history-screen.tsx'
import { ReviewScreen } from '../screens/review/review-screen.tsx'
import type { Destination } from './destinations.ts'

interface ScreenProps {
  readonly destination: Exclude<Destination, 'till'>
  readonly snapshot: AppSnapshot
  readonly onGo: (destination: Destination) => void
}

/** Everything but the till itself. */
export function Screen({ destination, snapshot, onGo }: ScreenProps) {
  switch (destination) {
    case 'history':
      return <HistoryScreen snapshot={snapshot} />
    case 'review':
      return <ReviewScreen snapshot={snapshot} />
    case 'settings':
      return <SettingsScreen snapshot={snapshot} onGo={onGo} />
  }
}
