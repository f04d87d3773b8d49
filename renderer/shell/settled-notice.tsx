import { Check, ClipboardCheck } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SettledLater } from '../../main/contract/snapshot.ts'
import buttons from '../components/buttons.module.css'
import { Shortcut } from '../components/shortcut.tsx'
import { useNow } from '../components/use-now.ts'
import { formatInstant } from '../format/time.ts'
import type { Destination } from './destinations.ts'
import { may } from './permissions.ts'
import styles from './settled-notice.module.css'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'

interface SettledNoticeProps {
  readonly snapshot: SnapshotWithoutCounter
  /** `null` in the small window, which has no other screens. */
  readonly onGo: ((destination: Destination) => void) | null
}

/** In the order in which somebody has to do something about them. */
const counts = ['refusedGiven', 'notGiven', 'review', 'refused', 'returned', 'redeemed'] as const
type Count = (typeof counts)[number]

/** Whether somebody has to do something about coupons of this kind. */
function needsAction(count: Count): boolean {
  return count === 'refusedGiven' || count === 'notGiven' || count === 'review'
}

/** Tells what became of the coupons that waited while nobody looked, until a person has read it. */
export function SettledNotice({ snapshot, onGo }: SettledNoticeProps) {
  const { t } = useTranslation('till')
  const now = useNow()
  const { settledLater, session, language } = snapshot
  if (settledLater === null) return null
  const shown = counts.filter((count) => settledLater[count] > 0)
  const lines = shown.map((count) => ({
    count,
    text: t(`settled.${count}`, { count: settledLater[count] }),
  }))
  const title = t('settled.title', {
    count: sum(settledLater),
    time: formatInstant(settledLater.since, now, language),
  })
  const isUrgent = shown.some(needsAction)
  const hasReview = settledLater.refusedGiven + settledLater.review > 0
  return (
    <section
      className={styles['notice']}
      data-testid="settled-notice"
      data-urgent={isUrgent}
      aria-labelledby="settled-title"
    >
      {/* On one line the end may be cut off. */}
      <div className={styles['text']} title={[title, ...lines.map(({ text }) => text)].join('\n')}>
        <strong id="settled-title">{title}</strong>
        <ul className={styles['counts']}>
          {lines.map(({ count, text }) => (
            <li key={count} data-testid={`settled-${count}`} data-action={needsAction(count)}>
              {text}
            </li>
          ))}
        </ul>
      </div>
      {hasReview && onGo !== null && may(session, 'read-history') && (
        <Button
          className={buttons['primary'] ?? ''}
          data-testid="settled-review"
          onPress={() => onGo('review')}
        >
          <ClipboardCheck aria-hidden size={18} />
          {t('settled.toReview')}
          <Shortcut keys="F5" />
        </Button>
      )}
      <Button
        className={buttons['quiet'] ?? ''}
        data-testid="settled-read"
        onPress={() => void window.till.outbox.settledRead({})}
      >
        <Check aria-hidden size={18} />
        {t('settled.read')}
      </Button>
    </section>
  )
}

function sum(settled: SettledLater): number {
  return counts.reduce((total, count) => total + settled[count], 0)
}
