import type { i18n } from 'i18next'
import { useEffect, useSyncExternalStore } from 'react'
import type { OfficeSnapshot } from '../../main/contract/office-requests.ts'
import { useKeys } from '../components/use-keys.ts'
import { useSecondEnter } from '../components/use-second-enter.ts'
import { StartingScreen } from '../screens/starting/starting-screen.tsx'
import { BeginScreen } from './entry/begin-screen.tsx'
import { EntryScreen } from './entry/entry-screen.tsx'
import type { OfficeStore } from './office-store.ts'
import { OfficeShell } from './office-shell.tsx'

interface OfficeAppProps {
  readonly store: OfficeStore
  readonly translations: i18n
}

/** The mark in the page's timeline by which a test knows that something is shown. */
const shownMark = 'office-shown'

export function OfficeApp({ store, translations }: OfficeAppProps) {
  const snapshot = useSyncExternalStore(store.subscribe, store.get)
  useSecondEnter()
  const { language, theme, textPercent } = snapshot?.preferences ?? {}
  useEffect(() => {
    if (language === undefined) return
    document.documentElement.lang = language
    void translations.changeLanguage(language)
  }, [language, translations])
  useEffect(() => {
    if (theme !== undefined) document.documentElement.dataset['theme'] = theme
  }, [theme])
  useEffect(() => {
    if (textPercent !== undefined)
      document.documentElement.style.setProperty('--text-percent', `${textPercent}%`)
  }, [textPercent])
  useKeys(({ key }) => {
    if (key !== 'F6' || language === undefined) return false
    void window.office.office.prefer({ language: language === 'zh-CN' ? 'en' : 'zh-CN' })
    return true
  })
  return snapshot ? <Shown snapshot={snapshot} /> : <StartingScreen />
}

function Shown({ snapshot }: { readonly snapshot: OfficeSnapshot }) {
  useEffect(() => void performance.mark(shownMark), [])
  const { person, people, isUnreadable } = snapshot.session
  if (person !== null) return <OfficeShell key={person.id} snapshot={snapshot} person={person} />
  if (people.length === 0 && !isUnreadable) return <BeginScreen />
  return <EntryScreen session={snapshot.session} />
}
