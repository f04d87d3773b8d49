import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'
import { ShiftScreen } from '../screens/shift/shift-screen.tsx'
import { HelpScreen } from '../screens/help/help-screen.tsx'
import { HistoryScreen } from '../screens/history/history-screen.tsx'
import { InsightsScreen } from '../screens/insights/insights-screen.tsx'
import { ReviewScreen } from '../screens/review/review-screen.tsx'
import type { SetupStep } from '../screens/setup/setup-steps.ts'
import type { Destination } from './destinations.ts'

interface ScreenProps {
  readonly destination: Exclude<Destination, 'till'>
  readonly snapshot: AppSnapshot
  readonly setupStep: SetupStep | null
  readonly onTutorial: () => void
  readonly onGo: (destination: Destination) => void
}

/** Renders the chosen screen; the till screen itself is rendered by the shell. */
export function Screen({ destination, snapshot, setupStep, onGo, onTutorial }: ScreenProps) {
  switch (destination) {
    case 'history':
      return <HistoryScreen snapshot={snapshot} />
    case 'review':
      return <ReviewScreen snapshot={snapshot} />
    case 'shift':
      return <ShiftScreen snapshot={snapshot} />
    case 'insights':
      return <InsightsScreen language={snapshot.language} />
    case 'help':
      return <HelpScreen snapshot={snapshot} onTutorial={onTutorial} />
    case 'settings':
      // Opened anew where a button leads, also from these settings.
      return (
        <SettingsScreen key={setupStep} snapshot={snapshot} setupStep={setupStep} onGo={onGo} />
      )
  }
}
