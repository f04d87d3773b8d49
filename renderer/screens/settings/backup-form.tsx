import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import type { BackupFault } from '../../../main/contract/upkeep.ts'
import { isBackupLate } from '../../../main/contract/backup-age.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import { useNow } from '../../components/use-now.ts'
import styles from './settings-screen.module.css'

/** A daily copy of the records in another folder. Shows the last failure until a copy has succeeded. */
export function BackupForm({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t, i18n } = useTranslation('settings')
  const [isBusy, setIsBusy] = useState(false)
  const [failed, setFailed] = useState<BackupFault['code'] | null>(null)
  const now = useNow()
  const { folder, lastAt, fault, isDeclined } = snapshot.backup
  const shown = failed ?? fault

  async function run(
    order: typeof window.till.backup.make | typeof window.till.backup.chooseFolder,
  ) {
    setIsBusy(true)
    const reply = await order({})
    setFailed(reply.ok && !reply.value.ok ? reply.value.error.code : null)
    setIsBusy(false)
  }

  return (
    <>
      <p>{t('backup.lead')}</p>
      <p data-testid="backup-state" data-at={lastAt ?? ''}>
        {folder === null
          ? t(isDeclined ? 'backup.declined' : 'backup.none')
          : lastAt === null
            ? t('backup.never', { folder })
            : t('backup.last', {
                folder,
                at: new Intl.DateTimeFormat(i18n.language, {
                  dateStyle: 'medium',
                  timeStyle: 'short',
                }).format(lastAt),
              })}
      </p>
      {isBusy && <output>{t('backup.busy')}</output>}
      {!isBusy && shown !== null && (
        <p className={forms['fault']} role="alert" data-testid="backup-fault">
          {t(`backup.fault.${shown}`)}
        </p>
      )}
      {!isBusy && shown === null && isBackupLate(snapshot.backup, now) && (
        <p className={forms['fault']}>{t('backup.late')}</p>
      )}
      <div className={styles['row']}>
        {folder !== null && (
          <Button
            className={buttons['primary'] ?? ''}
            isDisabled={isBusy}
            data-testid="backup-make"
            onPress={() => void run(window.till.backup.make)}
          >
            {t('backup.make')}
          </Button>
        )}
        <Button
          className={buttons[folder === null ? 'primary' : 'quiet'] ?? ''}
          isDisabled={isBusy}
          data-testid="backup-folder"
          onPress={() => void run(window.till.backup.chooseFolder)}
        >
          {t(folder === null ? 'backup.chooseFolder' : 'backup.otherFolder')}
        </Button>
        {(folder !== null || !isDeclined) && (
          <Button
            className={buttons['quiet'] ?? ''}
            isDisabled={isBusy}
            data-testid="backup-off"
            onPress={() => void window.till.backup.turnOff({}).then(() => setFailed(null))}
          >
            {t(folder === null ? 'backup.decline' : 'backup.turnOff')}
          </Button>
        )}
      </div>
    </>
  )
}
