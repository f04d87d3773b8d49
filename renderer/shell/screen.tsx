import { lazy, Suspense, useEffect, useState } from 'react'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import type { SetupStep } from '../screens/setup/setup-steps.ts'
import type { InsightsChoice } from '../screens/insights/insights-screen.tsx'
import type { HistoryOpening } from '../screens/history/history-opening.ts'
import type { Destination } from './destinations.ts'

interface ScreenProps {
  readonly destination: Exclude<Destination, 'till'>
  readonly snapshot: AppSnapshot
  readonly setupStep: SetupStep | null
  /** What History shows at first; `null` for everything. */
  readonly history: HistoryOpening | null
  readonly onTutorial: () => void
  readonly onGo: (destination: Destination) => void
  readonly onHistory: (opening: HistoryOpening) => void
}

// Loaded after the till's own screen, which a cashier waits for: charts alone are a third of the page's code.
const modules = {
  history: () => import('../screens/history/history-screen.tsx'),
  review: () => import('../screens/review/review-screen.tsx'),
  shift: () => import('../screens/shift/shift-screen.tsx'),
  insights: () => import('../screens/insights/insights-screen.tsx'),
  help: () => import('../screens/help/help-screen.tsx'),
  settings: () => import('../screens/settings/settings-screen.tsx'),
}
const HistoryScreen = lazy(async () => ({ default: (await modules.history()).HistoryScreen }))
const ReviewScreen = lazy(async () => ({ default: (await modules.review()).ReviewScreen }))
const ShiftScreen = lazy(async () => ({ default: (await modules.shift()).ShiftScreen }))
const InsightsScreen = lazy(async () => ({ default: (await modules.insights()).InsightsScreen }))
const HelpScreen = lazy(async () => ({ default: (await modules.help()).HelpScreen }))
const SettingsScreen = lazy(async () => ({ default: (await modules.settings()).SettingsScreen }))

// Wanted once in a till's life, like the set-up itself.
const FinishedSetupDialog = lazy(async () => ({
  default: (await import('../screens/setup/setup-done.tsx')).FinishedSetupDialog,
}))

/** What an owner who signs in is told of a set-up that was saved. Asked once the till's own screen is drawn. */
export function FinishedSetup() {
  const [isDrawn, setIsDrawn] = useState(false)
  useEffect(() => {
    const waiting = requestIdleCallback(() => setIsDrawn(true))
    return () => cancelIdleCallback(waiting)
  }, [])
  if (!isDrawn) return null
  return (
    <Suspense fallback={null}>
      <FinishedSetupDialog />
    </Suspense>
  )
}

/** Loads the screens while nobody uses the till, so that they are there when one is wanted. */
export function useScreensAhead(): void {
  useEffect(() => {
    const waiting = requestIdleCallback(() => {
      for (const load of Object.values(modules)) void load()
    })
    return () => cancelIdleCallback(waiting)
  }, [])
}

/** Renders the chosen screen; the till screen itself is rendered by the shell. */
export function Screen(props: ScreenProps) {
  // Kept from one screen to another, so that whoever looked at a figure's coupons comes back to the same figures.
  const [insights, setInsights] = useState<InsightsChoice>({
    view: 'money',
    query: { range: 'today', place: 'all' },
  })
  return <Suspense fallback={null}>{chosen(props, insights, setInsights)}</Suspense>
}

function chosen(
  { destination, snapshot, setupStep, history, onGo, onHistory, onTutorial }: ScreenProps,
  insights: InsightsChoice,
  onInsights: (choice: InsightsChoice) => void,
) {
  switch (destination) {
    case 'history':
      return <HistoryScreen key={JSON.stringify(history)} snapshot={snapshot} opened={history} />
    case 'review':
      return <ReviewScreen snapshot={snapshot} />
    case 'shift':
      return <ShiftScreen snapshot={snapshot} />
    case 'insights':
      return (
        <InsightsScreen
          snapshot={snapshot}
          choice={insights}
          onChoice={onInsights}
          onCoupons={(part) => onHistory({ part })}
        />
      )
    case 'help':
      return <HelpScreen snapshot={snapshot} onTutorial={onTutorial} />
    case 'settings':
      // Opened anew where a button leads, also from these settings.
      return (
        <SettingsScreen key={setupStep} snapshot={snapshot} setupStep={setupStep} onGo={onGo} />
      )
  }
}
