import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import { BackupPasswordDialog } from './backup-password-dialog.tsx'
import styles from './settings-screen.module.css'

/** Says whether backups open on another computer, and sets the password with which they do. */
export function BackupPassword({ hasPassword }: { readonly hasPassword: boolean }) {
  const { t } = useTranslation('settings')
  const [isAsking, setIsAsking] = useState(false)
  const [isSaved, setIsSaved] = useState(false)
  return (
    <>
      <h4>{t('backup.password.title')}</h4>
      <p
        className={hasPassword ? undefined : forms['fault']}
        data-testid="backup-password-state"
        data-set={hasPassword}
      >
        {t(hasPassword ? 'backup.password.isSet' : 'backup.password.notSet')}
      </p>
      {isSaved && <output className={styles['saved']}>{t('backup.password.saved')}</output>}
      <div className={styles['row']}>
        <Button
          className={buttons[hasPassword ? 'quiet' : 'primary'] ?? ''}
          data-testid="backup-password"
          onPress={() => setIsAsking(true)}
        >
          {t(hasPassword ? 'backup.password.change' : 'backup.password.choose')}
        </Button>
      </div>
      {isAsking && (
        <BackupPasswordDialog
          onClose={() => setIsAsking(false)}
          onSaved={() => {
            setIsAsking(false)
            setIsSaved(true)
          }}
        />
      )}
    </>
  )
}
