import { Maximize2 } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { Shortcut } from '../../components/shortcut.tsx'
import { ToneIcon } from '../../components/tone-icon.tsx'
import { useNow } from '../../components/use-now.ts'
import { describeStock } from '../../format/stock.ts'
import { formatInstant } from '../../format/time.ts'
import { HealthLine } from '../../scanner/health/health-line.tsx'
import type { HealthNote } from '../../scanner/health/scanner-health.ts'
import styles from './compact-screen.module.css'
import { usePanelContent } from './use-panel-content.ts'
import type { TillView } from './use-redemption.ts'

interface CompactScreenProps {
  readonly snapshot: AppSnapshot
  readonly view: TillView
  readonly notes: readonly HealthNote[]
  readonly onLeave: () => void
}

/** Beside the POS: the verdict, what to do now, which code it was, and what waits. Nothing else has room. */
export function CompactScreen({ snapshot, view, notes, onLeave }: CompactScreenProps) {
  const { t } = useTranslation(['till', 'window', 'training'])
  const content = usePanelContent(view, snapshot.recent)
  const { redemption } = content
  const { badge, language, queue } = snapshot
  const now = useNow()
  return (
    <div className={styles['screen']} data-testid="compact">
      <section
        className={styles['panel']}
        data-testid="verdict"
        data-tone={content.tone}
        data-reason={content.reason}
      >
        <output aria-live="assertive" className={styles['announced']}>
          <h2 className={styles['title']} data-testid="verdict-title">
            <ToneIcon tone={content.tone} />
            {content.title}
          </h2>
          <p data-testid="verdict-action">{content.action}</p>
          {content.honour !== null && (
            <p className={styles['honour']} data-testid="verdict-honour">
              {t(content.honour ? 'honour.yes' : 'honour.no')}
            </p>
          )}
        </output>
        {redemption && (
          <p className={styles['coupon']}>
            {t('recent.tail', { tail: redemption.codeTail })}
            {redemption.stock && ` · ${describeStock(redemption.stock, t, language)}`}
          </p>
        )}
      </section>
      <footer className={styles['bar']}>
        {snapshot.training && <strong className={styles['training']}>{t('training:title')}</strong>}
        <span
          className={styles['badge']}
          data-testid="queue-count"
          data-count={queue.waiting}
          data-state={badge}
        >
          {t(`badge.${badge}`, { count: badge === 'review' ? queue.review : queue.waiting })}
          {queue.oldestAt !== null &&
            ` · ${t('badge.oldest', { time: formatInstant(queue.oldestAt, now, language) })}`}
        </span>
        <Button className={`${buttons['quiet']} ${styles['leave']}`} onPress={onLeave}>
          <Maximize2 aria-hidden size={16} />
          {t('window:compact.leave')}
          <Shortcut keys="F11" />
        </Button>
      </footer>
      <div className={styles['health']}>
        <HealthLine notes={notes} />
      </div>
    </div>
  )
}
