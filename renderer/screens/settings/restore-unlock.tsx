import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { backupPasswordLength } from '../../../main/contract/backup-password.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

interface RestoreUnlockProps {
  /** The password that was tried last was not the one. */
  readonly isWrong: boolean
  readonly onUnlock: (password: string) => Promise<void>
}

/** Asks for the password of another computer's backup. */
export function RestoreUnlock({ isWrong, onUnlock }: RestoreUnlockProps) {
  const { t } = useTranslation('settings')
  const [password, setPassword] = useState('')
  const [isBusy, setIsBusy] = useState(false)

  async function unlock(): Promise<void> {
    if (password === '' || isBusy) return
    setIsBusy(true)
    await onUnlock(password)
    setIsBusy(false)
  }

  return (
    <div className={styles['unlock']} data-testid="restore-unlock">
      <p>{t('restore.fault.password-needed')}</p>
      <CodeField
        label={t('restore.password')}
        description={t('restore.passwordHint')}
        value={password}
        onChange={setPassword}
        onSubmit={() => void unlock()}
        maxLength={backupPasswordLength.most}
        invalid={isWrong}
        secret
        takesFocus
      />
      {isWrong && !isBusy && (
        <p
          className={forms['fault']}
          role="alert"
          data-testid="restore-fault"
          data-code="wrong-password"
        >
          {t('restore.fault.wrong-password')}
        </p>
      )}
      <div className={styles['row']}>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={password === '' || isBusy}
          data-testid="restore-unlock-open"
          onPress={() => void unlock()}
        >
          {t(isBusy ? 'restore.opening' : 'restore.unlock')}
        </Button>
      </div>
    </div>
  )
}
