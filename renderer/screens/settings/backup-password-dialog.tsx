import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import {
  backupPasswordLength,
  isGoodBackupPassword,
  strengthOf,
} from '../../../main/contract/backup-password.ts'
import type { BackupPasswordFault } from '../../../main/contract/upkeep.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

interface BackupPasswordDialogProps {
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** Asks twice for a new password of the backups, shows how strong it is, and suggests one on demand. */
export function BackupPasswordDialog({ onClose, onSaved }: BackupPasswordDialogProps) {
  const { t } = useTranslation('settings')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [suggested, setSuggested] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<BackupPasswordFault['code'] | 'failed' | null>(null)
  const isGood = isGoodBackupPassword(password)
  // Not while the second is still being typed.
  const differs = again.length >= password.length && again !== password

  async function save(): Promise<void> {
    if (!isGood || again !== password || isBusy) return
    setIsBusy(true)
    const reply = await window.till.backup.setPassword({ password })
    setIsBusy(false)
    if (!reply.ok) setFault('failed')
    else if (!reply.value.ok) setFault(reply.value.error.code)
    else onSaved()
  }

  async function suggest(): Promise<void> {
    const reply = await window.till.backup.suggestPassword({})
    if (reply.ok) setSuggested(reply.value)
  }

  return (
    <Dialog
      title={t('backup.password.newTitle')}
      onClose={onClose}
      testId="backup-password-dialog"
      wide
    >
      <p>{t('backup.password.lead')}</p>
      {suggested !== null && (
        <p
          className={styles['suggested']}
          data-testid="backup-password-suggested"
          data-password={suggested}
        >
          {t('backup.password.suggested', { password: suggested })}
        </p>
      )}
      <CodeField
        label={t('backup.password.password')}
        description={t('backup.password.passwordHint')}
        value={password}
        onChange={setPassword}
        maxLength={backupPasswordLength.most}
        invalid={password !== '' && !isGood}
        secret
        takesFocus
      />
      <output data-testid="backup-password-strength" data-strength={strengthOf(password)}>
        {password === '' ? '' : t(`backup.password.strength.${strengthOf(password)}`)}
      </output>
      <CodeField
        label={t('backup.password.again')}
        value={again}
        onChange={setAgain}
        onSubmit={() => void save()}
        maxLength={backupPasswordLength.most}
        invalid={differs}
        secret
      />
      {differs && (
        <p className={forms['fault']} role="alert">
          {t('backup.password.differs')}
        </p>
      )}
      {fault !== null && (
        <p className={forms['fault']} role="alert" data-testid="backup-password-fault">
          {t(`backup.password.fault.${fault}`)}
        </p>
      )}
      <DialogButtons>
        {!isBusy && (
          <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
            {t('backup.password.cancel')}
          </Button>
        )}
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="backup-password-suggest"
          onPress={() => void suggest()}
        >
          {t('backup.password.suggest')}
        </Button>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isGood || again !== password || isBusy}
          data-testid="backup-password-save"
          onPress={() => void save()}
        >
          {t(isBusy ? 'backup.password.saving' : 'backup.password.save')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
