import { ClipboardCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot, Language, ReviewEntry } from '../../../main/contract/snapshot.ts'
import { ReviewCard } from './review-card.tsx'
import styles from './review-screen.module.css'

/** What the till could not settle alone, dearest first. Nothing leaves here without a person and an audit row. */
export function ReviewScreen({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('review')
  const [turn, setTurn] = useState(0)
  return (
    <section className={styles['screen']} data-testid="review" aria-labelledby="review-title">
      <header className={styles['head']}>
        <h2 id="review-title" className={styles['title']}>
          {t('title')}
        </h2>
        <p className={styles['lead']}>{t('lead')}</p>
      </header>
      <ReviewList
        key={`${snapshot.queue.review} ${turn}`}
        language={snapshot.language}
        onDone={() => setTurn(turn + 1)}
      />
    </section>
  )
}

interface ReviewListProps {
  readonly language: Language
  readonly onDone: () => void
}

/** As it was when it was read: mounted anew after every change. */
function ReviewList({ language, onDone }: ReviewListProps) {
  const { t } = useTranslation('review')
  const [entries, setEntries] = useState<readonly ReviewEntry[] | 'failed' | null>(null)
  useEffect(() => {
    void window.till.listReview({}).then((reply) => setEntries(reply.ok ? reply.value : 'failed'))
  }, [])
  if (entries === null) return <p className={styles['empty']}>{t('loading')}</p>
  if (entries === 'failed')
    return (
      <p className={styles['empty']} role="alert">
        {t('failed')}
      </p>
    )
  if (entries.length === 0)
    return (
      <p className={styles['empty']} data-testid="review-empty">
        <ClipboardCheck aria-hidden size={40} />
        {t('empty')}
      </p>
    )
  return (
    <ol className={styles['cards']}>
      {entries.map((entry) => (
        <ReviewCard
          key={entry.redemption.useRequestNo}
          entry={entry}
          language={language}
          onDone={onDone}
        />
      ))}
    </ol>
  )
}
