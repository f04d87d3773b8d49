import { Calculator, Maximize2, Users } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { Shortcut } from '../../components/shortcut.tsx'
import { useNow } from '../../components/use-now.ts'
import { formatSum } from '../../format/money.ts'
import { formatInstant } from '../../format/time.ts'
import { SyncReport } from '../../shell/sync-report.tsx'
import styles from './compact-screen.module.css'

interface CompactBarProps {
  readonly snapshot: AppSnapshot
  readonly onTotal: () => void
  readonly onLeave: () => void
}

/** The foot of the small window: the order's total, who is waiting, the queue, and the button to the big window. */
export function CompactBar({ snapshot, onTotal, onLeave }: CompactBarProps) {
  const { t } = useTranslation(['till', 'window', 'training', 'shell'])
  const { badge, language, queue, counter } = snapshot
  const now = useNow()
  const totalFen = counter.order?.totalFen ?? null
  const state = t(`badge.${badge}`, { count: badge === 'review' ? queue.review : queue.waiting })
  return (
    <footer className={styles['bar']}>
      {snapshot.training && <strong className={styles['training']}>{t('training:title')}</strong>}
      {snapshot.foreignHosts.length > 0 && (
        <strong
          className={styles['foreign']}
          data-testid="foreign-hosts"
          title={snapshot.foreignHosts.join(', ')}
        >
          {t('shell:foreignHosts.short')}
        </strong>
      )}
      <Button
        className={`${buttons['quiet']} ${styles['small']}`}
        data-testid="total"
        onPress={onTotal}
      >
        <Calculator aria-hidden className={styles['optional'] ?? ''} size={16} />
        {totalFen === null ? t('total.open') : formatSum(totalFen, language)}
        <Shortcut keys="Ctrl T" />
      </Button>
      {counter.open.length > 0 && (
        <Button
          className={`${buttons['quiet']} ${styles['small']} ${styles['waiting']}`}
          data-testid="open-count"
          data-count={counter.open.length}
          onPress={onLeave}
        >
          <Users aria-hidden className={styles['optional'] ?? ''} size={16} />
          {t('open.count', { count: counter.open.length })}
        </Button>
      )}
      <span
        className={styles['badge']}
        data-testid="queue-count"
        data-count={queue.waiting}
        data-state={badge}
        title={state}
      >
        {state}
        {queue.oldestAt !== null &&
          ` · ${t('badge.oldest', { time: formatInstant(queue.oldestAt, now, language) })}`}
      </span>
      <Button className={`${buttons['quiet']} ${styles['small']}`} onPress={onLeave}>
        <Maximize2 aria-label={t('window:compact.leave')} size={16} />
        <Shortcut keys="F11" />
      </Button>
      <SyncReport snapshot={snapshot} />
    </footer>
  )
}
