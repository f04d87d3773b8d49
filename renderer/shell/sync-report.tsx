import { useTranslation } from 'react-i18next'
import { useNow } from '../components/use-now.ts'
import { formatInstant } from '../format/time.ts'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import styles from './status-bar.module.css'
import { useSyncBegun } from './sync-now.ts'
import { syncOutcome } from './sync-outcome.ts'

/** Says what "settle now" (F8) did, and what it found. */
export function SyncReport({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('till')
  const now = useNow()
  const begun = useSyncBegun()
  const { queue, connection, language } = snapshot
  const report = begun === null ? null : syncOutcome(begun, snapshot)
  const { nextProbeAt } = connection
  return (
    <output className={styles['report']} data-testid="sync-report" data-report={report}>
      {report !== null &&
        t(`sync.${report}`, {
          count: queue.waiting,
          done: Math.max(0, (begun?.waiting ?? 0) - queue.waiting),
        })}
      {report === 'silent' &&
        nextProbeAt !== null &&
        ` · ${t('status.nextTry', { time: formatInstant(nextProbeAt, now, language) })}`}
    </output>
  )
}
