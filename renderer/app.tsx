import type { i18n } from 'i18next'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../main/contract/snapshot.ts'
import { ObstacleScreen } from './screens/obstacle/obstacle-screen.tsx'
import { SetupScreen } from './screens/setup/setup-screen.tsx'
import { TillScreen } from './screens/till/till-screen.tsx'
import type { SnapshotStore } from './snapshot-store.ts'

interface AppProps {
  readonly store: SnapshotStore
  readonly translations: i18n
}

export function App({ store, translations }: AppProps) {
  const snapshot = useSyncExternalStore(store.subscribe, store.get)
  const language = snapshot?.language
  useEffect(() => {
    if (language === undefined) return
    document.documentElement.lang = language
    void translations.changeLanguage(language)
  }, [language, translations])

  return (
    <I18nextProvider i18n={translations}>
      {snapshot ? <Screen snapshot={snapshot} /> : <Loading />}
    </I18nextProvider>
  )
}

/** One at a time: the scanner listens on the till's own screen alone. */
function Screen({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const [isSettingUp, setIsSettingUp] = useState(false)
  const setUp = useCallback(() => setIsSettingUp(true), [])
  const { obstacle, placement } = snapshot
  // The set-up needs the whole screen.
  if (isSettingUp && !placement.compact)
    return <SetupScreen onClose={() => setIsSettingUp(false)} />
  if (obstacle) return <ObstacleScreen snapshot={snapshot} obstacle={obstacle} onSetUp={setUp} />
  return <TillScreen snapshot={snapshot} onSetUp={setUp} />
}

function Loading() {
  const { t } = useTranslation('till')
  return <output>{t('loading')}</output>
}
