import type { i18n } from 'i18next'
import { useEffect, useSyncExternalStore } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
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
      {snapshot ? <TillScreen snapshot={snapshot} /> : <Loading />}
    </I18nextProvider>
  )
}

function Loading() {
  const { t } = useTranslation('till')
  return <output>{t('loading')}</output>
}
