import { ClipboardCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot, ReviewEntry } from '../../../main/contract/snapshot.ts'
import { ReviewList } from './review-list.tsx'
import styles from './review-screen.module.css'

/** What the till could not settle alone, highest value first. Each entry is closed by a person and an audit row. */
export function ReviewScreen({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('review')
  const [turn, setTurn] = useState(0)
  const entries = useReview(`${snapshot.recordsRevision} ${turn}`)
  return (
    <section className={styles['screen']} data-testid="review" aria-labelledby="review-title">
      <header className={styles['head']}>
        <h2 id="review-title" className={styles['title']}>
          {t('title')}
        </h2>
        <p className={styles['lead']}>{t('lead')}</p>
      </header>
      {entries === null && <p className={styles['empty']}>{t('loading')}</p>}
      {entries === 'failed' && (
        <p className={styles['empty']} role="alert">
          {t('failed')}
        </p>
      )}
      {Array.isArray(entries) && entries.length === 0 && (
        <p className={styles['empty']} data-testid="review-empty">
          <ClipboardCheck aria-hidden size={40} />
          {t('empty')}
        </p>
      )}
      {Array.isArray(entries) && entries.length > 0 && (
        <ReviewList
          entries={entries}
          language={snapshot.language}
          onDone={() => setTurn((before) => before + 1)}
        />
      )}
    </section>
  )
}

/**
 * Reads the entries anew whenever `moment` changes. The old ones stay on the screen meanwhile, with what is open in
 * them.
 */
function useReview(moment: string): ReviewEntry[] | 'failed' | null {
  const [entries, setEntries] = useState<ReviewEntry[] | 'failed' | null>(null)
  useEffect(() => {
    let isCurrent = true
    void window.till.review.list({}).then((reply) => {
      if (isCurrent) setEntries(reply.ok ? reply.value : 'failed')
    })
    return () => {
      isCurrent = false
    }
    // `moment` is not used, only watched: whenever it changes, the list may have changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [moment])
  return entries
}
