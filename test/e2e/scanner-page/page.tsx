import { useState, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { CodeField } from '../../../renderer/components/code-field.tsx'
import { startTranslations } from '../../../renderer/i18n/translations.ts'
import { CalibrationWizard } from '../../../renderer/scanner/calibration/calibration-wizard.tsx'
import { useScanner } from '../../../renderer/scanner/use-scanner.ts'
import { pageLog } from './page-log.ts'

/** The scanner's code with one field of every kind and without the till. What arrives is recorded. */
function ScannerPage() {
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  useScanner({
    onScan: (scan) => pageLog.scans.push(scan.text),
    onRejected: (rejected) => pageLog.rejected.push(rejected.why),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        pageLog.submitted += 1
      }}
    >
      <button
        type="button"
        id="button"
        onClick={() => {
          pageLog.clicks += 1
        }}
      >
        button
      </button>
      <CodeField
        label="code"
        value={code}
        onChange={setCode}
        onSubmit={(text) => pageLog.typed.push(text)}
      />
      <input
        id="name"
        aria-label="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <output id="name-state">{name}</output>
      <textarea id="note" aria-label="note" />
    </form>
  )
}

/** Shows the calibration for `#calibrate`. */
function Page() {
  const hash = useSyncExternalStore(listenToHash, () => location.hash)
  return hash === '#calibrate' ? (
    <CalibrationWizard
      onSave={(profile) => {
        pageLog.profile = profile
      }}
      onClose={() => {
        location.hash = ''
      }}
    />
  ) : (
    <ScannerPage />
  )
}

function listenToHash(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

startTranslations('linux')
const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<Page />)
