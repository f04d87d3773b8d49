import { Pause, Play } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import buttons from '../components/buttons.module.css'
import { useApproval } from './approval.tsx'
import styles from './status-bar.module.css'

interface QueueStatusProps {
  readonly queue: AppSnapshot['queue']
  readonly time: (at: number) => string
  /** Opens the list of what waits; `null` while the till is locked. */
  readonly onQueue: (() => void) | null
}

/**
 * Shows what waits to be settled and how far a long settling has come. Its button pauses it, because the shop needs its
 * slow line too.
 */
export function QueueStatus({ queue, time, onQueue }: QueueStatusProps) {
  const { t } = useTranslation('till')
  const approve = useApproval()
  const { waiting, oldestAt, progress, paused } = queue
  async function setPaused(next: boolean): Promise<void> {
    const input = { paused: next }
    const isGiven = await approve({
      permission: 'pause-queue',
      request: 'outbox.setPaused',
      input,
      subject: next ? 'status.pause' : 'status.resume',
    })
    if (isGiven) await window.till.outbox.setPaused(input)
  }
  return (
    <>
      <Button
        className={styles['queue'] ?? ''}
        data-testid="queue-count"
        data-count={waiting}
        data-waiting={waiting > 0}
        isDisabled={waiting === 0 || onQueue === null}
        onPress={() => onQueue?.()}
      >
        {paused && waiting > 0
          ? t('status.paused', { count: waiting })
          : t('status.waiting', { count: waiting })}
        {oldestAt !== null && ` · ${t('status.oldest', { time: time(oldestAt) })}`}
        {progress && (
          <progress
            className={styles['progress']}
            data-testid="queue-progress"
            aria-label={t('status.progress', progress)}
            max={progress.total}
            value={progress.done}
          />
        )}
        {progress && t('status.progress', progress)}
      </Button>
      {waiting > 0 && onQueue !== null && (progress || paused) && (
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="queue-pause"
          onPress={() => void setPaused(!paused)}
        >
          {paused ? <Play aria-hidden size={18} /> : <Pause aria-hidden size={18} />}
          {t(paused ? 'status.resume' : 'status.pause')}
        </Button>
      )}
    </>
  )
}
