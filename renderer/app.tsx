import type { i18n } from 'i18next'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { I18nextProvider } from 'react-i18next'
import type { Obstacle } from '../main/contract/obstacle.ts'
import type { AppSnapshot } from '../main/contract/snapshot.ts'
import { useSecondEnter } from './components/use-second-enter.ts'
import { ObstacleScreen } from './screens/obstacle/obstacle-screen.tsx'
import { StartingScreen } from './screens/starting/starting-screen.tsx'
import { Shell } from './shell/shell.tsx'
import type { SnapshotStore } from './snapshot-store.ts'

// Loaded when it is wanted, which is once in a till's life.
const SetupScreen = lazy(async () => ({
  default: (await import('./screens/setup/setup-screen.tsx')).SetupScreen,
}))

interface AppProps {
  readonly store: SnapshotStore
  readonly translations: i18n
}

export function App({ store, translations }: AppProps) {
  const snapshot = useSyncExternalStore(store.subscribe, store.get)
  useSecondEnter()
  const language = snapshot?.language
  useEffect(() => {
    if (language === undefined) return
    document.documentElement.lang = language
    void translations.changeLanguage(language)
  }, [language, translations])

  const isPractice = snapshot?.runtime.practice === true
  useEffect(() => {
    if (isPractice) document.documentElement.dataset['practice'] = 'true'
  }, [isPractice])

  const { theme, textPercent } = snapshot ?? {}
  useEffect(() => {
    if (theme !== undefined) document.documentElement.dataset['theme'] = theme
  }, [theme])
  useEffect(() => {
    if (textPercent !== undefined)
      document.documentElement.style.setProperty('--text-percent', `${textPercent}%`)
  }, [textPercent])

  return (
    <I18nextProvider i18n={translations}>
      {snapshot ? <Screen snapshot={snapshot} /> : <StartingScreen />}
    </I18nextProvider>
  )
}

/** The mark in the page's timeline by which `npm run bench start` knows that scans are taken. */
const shownMark = 'till-shown'

function Screen({ snapshot }: { readonly snapshot: AppSnapshot }) {
  useEffect(() => void performance.mark(shownMark), [])
  const { obstacle } = snapshot
  if (!obstacle) return <Shell snapshot={snapshot} />
  return <WithoutTill snapshot={snapshot} obstacle={obstacle} />
}

interface WithoutTillProps {
  readonly snapshot: AppSnapshot
  readonly obstacle: Obstacle
}

/**
 * Without a till the page shows the obstacle, or the set-up screen that gets past it. Set-up ends with the obstacle that it
 * was opened at: the next one, perhaps days later, is shown.
 */
function WithoutTill({ snapshot, obstacle }: WithoutTillProps) {
  const [isSettingUp, setIsSettingUp] = useState(false)
  if (isSettingUp)
    return (
      <Suspense fallback={null}>
        <SetupScreen startAt={null} onClose={() => setIsSettingUp(false)} />
      </Suspense>
    )
  return (
    <ObstacleScreen snapshot={snapshot} obstacle={obstacle} onSetUp={() => setIsSettingUp(true)} />
  )
}
