import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Ledger } from './ledger.ts'
import './style.css'
import { languageHere, wordsIn } from './words.ts'

const language = languageHere()
const words = wordsIn(language)
document.documentElement.lang = language
document.title = words.title

const place = document.getElementById('app')
if (place === null) throw new Error('the page has no place for the app')
const root = createRoot(place)

// Two pages that write one ledger would overwrite each other. The lock is held for as long as the page is there.
void navigator.locks.request('ledger', { ifAvailable: true }, async (lock) => {
  if (lock === null) return root.render(<p className="alone">{words.otherTab}</p>)
  const ledger = readLedger()
  if (ledger === null) return root.render(<p className="alone">{words.unreadable}</p>)
  root.render(<App ledger={ledger} language={language} words={words} />)
  await new Promise(() => {})
})

function readLedger(): Ledger | null {
  try {
    return new Ledger(localStorage)
  } catch {
    return null
  }
}
