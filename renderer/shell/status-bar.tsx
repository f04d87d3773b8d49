import { memo } from 'react'
import { CircleDashed, CloudOff, RefreshCw, TriangleAlert, Wifi, WifiOff } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import { Shortcut } from '../components/shortcut.tsx'
import { useNow } from '../components/use-now.ts'
import { formatInstant } from '../format/time.ts'
import { type SnapshotWithoutCounter, isSameWithoutCounter } from './snapshot-without-counter.ts'
import { BackupWarning } from './backup-warning.tsx'
import { ChainWarning } from './chain-warning.tsx'
import { CertificateWarning } from './certificate-warning.tsx'
import { Clock } from './clock.tsx'
import { ClockWarning } from './clock-warning.tsx'
import type { SetupStep } from '../screens/setup/setup-steps.ts'
import { ShiftReminder } from './shift-reminder.tsx'
import { QueueStatus } from './queue-status.tsx'
import { MendSettings, SettingsFaultName } from './settings-fault-notice.tsx'
import styles from './status-bar.module.css'
import { syncNow } from './sync-now.ts'
import { SyncReport } from './sync-report.tsx'
import { UpdateNotice } from './update-notice.tsx'

const icons = {
  untried: CircleDashed,
  unchecked: CircleDashed,
  online: Wifi,
  unsteady: CloudOff,
  offline: WifiOff,
  blocked: TriangleAlert,
}

interface StatusBarProps {
  readonly snapshot: SnapshotWithoutCounter
  /** Opens set-up at a step; `null` while the till is locked. */
  readonly onMend: ((step: SetupStep) => void) | null
  /** Opens the list of what waits; `null` while the till is locked. */
  readonly onQueue: (() => void) | null
}

/** The connection, the queue and the last contact; the worst has the loudest colour. */
function DrawnStatusBar({ snapshot, onMend, onQueue }: StatusBarProps) {
  const { t } = useTranslation('till')
  const { connection, queue, language } = snapshot
  const now = useNow()
  const Icon = icons[connection.state]
  const isLocked = snapshot.session.required && snapshot.session.person === null
  const time = (at: number): string => formatInstant(at, now, language)
  return (
    <footer className={styles['bar']}>
      <span className={styles['connection']} data-testid="connection" data-state={connection.state}>
        <Icon aria-hidden size={20} />
        {connection.state === 'offline'
          ? t('status.offlineSince', { time: time(connection.since) })
          : t(`status.${connection.state}`)}
        {connection.state === 'offline' &&
          connection.nextProbeAt !== null &&
          ` · ${t('status.nextTry', { time: time(connection.nextProbeAt) })}`}
        <SettingsFaultName snapshot={snapshot} />
      </span>
      <MendSettings snapshot={snapshot} onMend={onMend} />
      <QueueStatus queue={queue} time={time} onQueue={onQueue} />
      {queue.review > 0 && (
        <span className={styles['review']} data-testid="review-count">
          {t('status.review', { count: queue.review })}
        </span>
      )}
      {(queue.unreadable > 0 || snapshot.audit === 'broken') && (
        <span className={styles['review']} data-testid="storage-fault">
          {snapshot.audit === 'broken'
            ? t('status.auditBroken')
            : t('status.unreadable', { count: queue.unreadable })}
        </span>
      )}
      <ChainWarning snapshot={snapshot} />
      <CertificateWarning snapshot={snapshot} />
      <BackupWarning snapshot={snapshot} />
      <ClockWarning clock={snapshot.clock} />
      <ShiftReminder snapshot={snapshot} />
      <UpdateNotice snapshot={snapshot} />
      <span className={styles['space']} />
      <span className={styles['contact']}>
        {connection.lastContactAt === null
          ? t('status.never')
          : t('status.lastContact', { time: time(connection.lastContactAt) })}
      </span>
      <Clock language={language} />
      {!isLocked && (
        <Button className={buttons['quiet'] ?? ''} onPress={() => void syncNow()}>
          <RefreshCw aria-hidden size={18} />
          {t('action.syncNow')}
          <Shortcut keys="F8" />
        </Button>
      )}
      <SyncReport snapshot={snapshot} />
    </footer>
  )
}

/** Memoized because every scan redraws the shell around it. */
export const StatusBar = memo(DrawnStatusBar, isSameWithoutCounter)
