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
const kinds = [
  'refusedHeld',
  'refusedGiven',
  'notGiven',
  'review',
  'refused',
  'returned',
  'redeemed',
] as const
type Kind = (typeof kinds)[number]

/** Whether somebody has to do something about coupons of this kind. */
function needsAction(kind: Kind): boolean {
  return ['refusedHeld', 'refusedGiven', 'notGiven', 'review'].includes(kind)
}

/** Tells what became of the coupons that waited while nobody looked, until a person has read it. */
export function SettledNotice({ snapshot, onGo }: SettledNoticeProps) {
  const { t } = useTranslation('till')
  const now = useNow()
  const { settledLater, session, language } = snapshot
  if (settledLater === null) return null
  const { refusedHeld } = settledLater
  // Long enough for a till's customers who wait at once.
  const tails = refusedHeld.slice(0, 6).join(language === 'en' ? ', ' : '、')
  const shown = kinds.filter((kind) => countOf(settledLater, kind) > 0)
  const lines = shown.map((kind) => ({
    kind,
    text: t(`settled.${kind}`, { count: countOf(settledLater, kind), tails }),
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
      <div className={styles['text']}>
        <strong id="settled-title">{title}</strong>
        <ul className={styles['counts']}>
          {lines.map(({ kind, text }) => (
            <li key={kind} data-testid={`settled-${kind}`} data-action={needsAction(kind)}>
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

function countOf(settled: SettledLater, kind: Kind): number {
  return kind === 'refusedHeld' ? settled.refusedHeld.length : settled[kind]
}

function sum(settled: SettledLater): number {
  return kinds.reduce((total, kind) => total + countOf(settled, kind), 0)
}
