import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { Choice } from '../../components/choice.tsx'
import { BackupForm } from './backup-form.tsx'
import { BackupPassword } from './backup-password.tsx'
import { RestoreForm } from './restore-form.tsx'
import styles from './settings-screen.module.css'
import { UpdatesForm } from './updates-form.tsx'

/** Starting with the computer, backups of the records, and restoring one. */
export function UpkeepPanel({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('settings')
  return (
    <div className={styles['form']} data-testid="upkeep">
      <h2 className={styles['title']}>{t('tab.upkeep')}</h2>
      <StartUp />
      <h3>{t('backup.title')}</h3>
      {snapshot.mode === 'live' ? (
        <>
          <BackupForm snapshot={snapshot} />
          <BackupPassword hasPassword={snapshot.backup.hasPassword} />
          <h3>{t('restore.title')}</h3>
          <RestoreForm />
        </>
      ) : (
        <>
          <p className={styles['hint']}>{t('backup.notLive')}</p>
          <h3>{t('restore.title')}</h3>
          <RestoreForm isEmptyHere />
        </>
      )}
      <h3>{t('updates.title')}</h3>
      <UpdatesForm snapshot={snapshot} />
    </div>
  )
}

function StartUp() {
  const { t } = useTranslation('settings')
  const [isOn, setIsOn] = useState<boolean | null>(null)
  useEffect(() => {
    void window.till.startUp.read({}).then((reply) => {
      if (reply.ok) setIsOn(reply.value.isOn)
    })
  }, [])
  if (isOn === null) return null
  return (
    <Choice
      label={t('startUp.label')}
      value={isOn ? 'on' : 'off'}
      options={[
        { value: 'on', label: t('startUp.on') },
        { value: 'off', label: t('startUp.off') },
      ]}
      onChange={(next) => {
        setIsOn(next === 'on')
        void window.till.startUp.set({ isOn: next === 'on' })
      }}
      isRow
    />
  )
}
