import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

/** Saves one zip for support. */
export function SaveDiagnostics() {
  const { t } = useTranslation('settings')
  const [saved, setSaved] = useState<{ readonly file: string | null } | null>(null)

  async function save(): Promise<void> {
    const reply = await window.till.app.exportDiagnostics({})
    if (!reply.ok) return
    if (!reply.value.ok) setSaved({ file: null })
    else if (reply.value.value !== null) setSaved({ file: reply.value.value })
  }

  return (
    <div>
      <div className={styles['row']}>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="save-diagnostics"
          onPress={() => void save()}
        >
          {t('about.diagnostics.button')}
        </Button>
      </div>
      <p className={styles['hint']}>{t('about.diagnostics.hint')}</p>
      {saved !== null && saved.file !== null && (
        <output className={styles['saved']} data-testid="diagnostics-saved">
          {t('about.diagnostics.saved', { file: saved.file })}
        </output>
      )}
      {saved !== null && saved.file === null && (
        <p className={forms['fault']} role="alert">
          {t('about.diagnostics.failed')}
        </p>
      )}
    </div>
  )
}
