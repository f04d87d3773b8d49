import { DatabaseBackup } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BesideCounter } from './beside-counter.ts'
import { isBackupLate } from '../../main/contract/upkeep.ts'
import { useNow } from '../components/use-now.ts'
import styles from './status-bar.module.css'

/** Nobody looks into the settings: a stick that was pulled out is said here. */
export function BackupWarning({ snapshot }: { readonly snapshot: BesideCounter }) {
  const { t } = useTranslation('shell')
  const now = useNow()
  if (snapshot.mode !== 'live' || !isBackupLate(snapshot.backup, now)) return null
  return (
    <span className={styles['certificate']} data-testid="backup-warning" data-level="soon">
      <DatabaseBackup aria-hidden size={20} />
      {t('backupLate')}
    </span>
  )
}
