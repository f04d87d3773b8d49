import { DatabaseBackup } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import { isBackupLate, isBackupMissing } from '../../main/contract/backup-age.ts'
import { useNow } from '../components/use-now.ts'
import styles from './status-bar.module.css'

/**
 * Warns on every screen of backups that fail (a USB stick was pulled out) or were never begun, because nobody looks into
 * the settings.
 */
export function BackupWarning({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('shell')
  const now = useNow()
  if (snapshot.mode !== 'live') return null
  const isMissing = isBackupMissing(snapshot.backup, snapshot.recent.length > 0)
  if (!isMissing && !isBackupLate(snapshot.backup, now)) return null
  return (
    <span className={styles['certificate']} data-testid="backup-warning" data-level="soon">
      <DatabaseBackup aria-hidden size={20} />
      {t(isMissing ? 'backupMissing' : 'backupLate')}
    </span>
  )
}
