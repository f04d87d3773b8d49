import type { i18n } from 'i18next'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../main/contract/snapshot.ts'
import { ObstacleScreen } from './screens/obstacle/obstacle-screen.tsx'
import { SetupScreen } from './screens/setup/setup-screen.tsx'
import { Shell } from './shell/shell.tsx'
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

  const { theme, textPercent } = snapshot ?? {}
  useEffect(() => {
    if (theme !== undefined) document.documentElement.dataset['theme'] = theme
  }, [theme])
  useEffect(() => {
    if (textPercent !== undefined) document.documentElement.style.fontSize = `${textPercent}%`
  }, [textPercent])

  return (
    <I18nextProvider i18n={translations}>
      {snapshot ? <Screen snapshot={snapshot} /> : <Loading />}
    </I18nextProvider>
  )
}

/** Without a till the page shows the obstacle, or the set-up screen that gets past it. */
function Screen({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const [isSettingUp, setIsSettingUp] = useState(false)
  const { obstacle } = snapshot
  if (!obstacle) return <Shell snapshot={snapshot} />
  if (isSettingUp) return <SetupScreen startAt={null} onClose={() => setIsSettingUp(false)} />
  return (
    <ObstacleScreen snapshot={snapshot} obstacle={obstacle} onSetUp={() => setIsSettingUp(true)} />
  )
}

function Loading() {
  const { t } = useTranslation('till')
  return <output>{t('loading')}</output>
}
