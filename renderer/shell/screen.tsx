import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'
import { ShiftScreen } from '../screens/shift/shift-screen.tsx'
import { HelpScreen } from '../screens/help/help-screen.tsx'
import { HistoryScreen } from '../screens/history/history-screen.tsx'
import { InsightsScreen } from '../screens/insights/insights-screen.tsx'
import { ReviewScreen } from '../screens/review/review-screen.tsx'
import type { Destination } from './destinations.ts'

interface ScreenProps {
  readonly destination: Exclude<Destination, 'till'>
  readonly snapshot: AppSnapshot
  /** The redemption that was on the till screen before. */
  readonly left: string | null
  readonly onTutorial: () => void
  readonly onGo: (destination: Destination) => void
}

/** Renders the chosen screen; the till screen itself is rendered by the shell. */
export function Screen({ destination, snapshot, left, onGo, onTutorial }: ScreenProps) {
  switch (destination) {
    case 'history':
      return <HistoryScreen snapshot={snapshot} opened={left} />
    case 'review':
      return <ReviewScreen snapshot={snapshot} />
    case 'shift':
      return <ShiftScreen snapshot={snapshot} />
    case 'insights':
      return <InsightsScreen language={snapshot.language} />
    case 'help':
      return <HelpScreen snapshot={snapshot} onTutorial={onTutorial} />
    case 'settings':
      return <SettingsScreen snapshot={snapshot} onGo={onGo} />
  }
}
