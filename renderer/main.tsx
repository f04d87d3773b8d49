import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startTranslations } from './i18n/translations.ts'
import { createSnapshotStore } from './snapshot-store.ts'
import './styles/tokens.css'
import './styles/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const translations = startTranslations(window.till.platform)
const store = createSnapshotStore(window.till)
createRoot(root).render(
  <StrictMode>
    <App store={store} translations={translations} />
  </StrictMode>,
)
