import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startTranslations } from './i18n/translations.ts'
import { createSnapshotStore } from './snapshot-store.ts'
import './styles/tokens.css'
import './styles/base.css'

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no #root')
const root = createRoot(element)

if (Object.hasOwn(window, 'office')) {
  // A till loads nothing of the head office.
  void import('./office/start-office-page.tsx').then(({ startOfficePage }) => startOfficePage(root))
} else {
  const translations = startTranslations(window.till.platform)
  const store = createSnapshotStore(window.till)
  root.render(
    <StrictMode>
      <App store={store} translations={translations} />
    </StrictMode>,
  )
}
