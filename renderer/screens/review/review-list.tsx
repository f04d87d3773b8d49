import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../main/contract/language.ts'
import type { ReviewAction, ReviewEntry } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { ReviewCard } from './review-card.tsx'
import { type Decision, ReviewDecision } from './review-decision.tsx'
import styles from './review-screen.module.css'
import { groupEntries, type ReviewGroup, actionWording } from './review-words.ts'
import { useLookUp } from './use-look-up.ts'

interface ReviewListProps {
  readonly entries: readonly ReviewEntry[]
  readonly language: Language
  /** Called when something was decided, so that the list is read anew. */
  readonly onDone: () => void
}

interface Deciding {
  readonly group: ReviewGroup
  readonly entries: readonly ReviewEntry[]
  readonly action: Decision
}

/** Groups entries of the same case: its question once, one decision for the whole group, and each of its coupons. */
export function ReviewList({ entries, language, onDone }: ReviewListProps) {
  const { t } = useTranslation('review')
  const [deciding, setDeciding] = useState<Deciding | null>(null)
  const { busy, notices, lookUp } = useLookUp(onDone)

  function act(group: ReviewGroup, of: readonly ReviewEntry[], action: ReviewAction): void {
    if (action === 'look-up') void lookUp(of)
    else setDeciding({ group, entries: of, action })
  }

  function close(): void {
    setDeciding(null)
    onDone()
  }

  return (
    <>
      {groupEntries(entries).map((group) => (
        <section
          key={group.key}
          className={styles['group']}
          data-testid="review-group"
          data-case={group.case}
          aria-label={t(`case.${group.case}.title`)}
        >
          <header className={styles['groupHead']}>
            <h3 className={styles['groupTitle']}>{t(`case.${group.case}.title`)}</h3>
            {group.entries.length > 1 && <span>{t('count', { count: group.entries.length })}</span>}
            <p className={styles['lead']} data-testid="review-advice">
              {t(`case.${group.case}.advice`)}
            </p>
            {group.entries.length > 1 && (
              <div className={styles['actions']}>
                {group.actions.map((action) => (
                  <Button
                    key={action}
                    className={buttons['quiet'] ?? ''}
                    data-testid={`review-all-${action}`}
                    isDisabled={busy.size > 0}
                    onPress={() => act(group, group.entries, action)}
                  >
                    {t('bulk.title', {
                      order: t(`order.${actionWording(group.case, action)}`),
                      count: group.entries.length,
                    })}
                  </Button>
                ))}
              </div>
            )}
          </header>
          <ol className={styles['cards']}>
            {group.entries.map((entry) => {
              const { useRequestNo } = entry.redemption
              const isBusy = busy.has(useRequestNo)
              return (
                <ReviewCard
                  key={useRequestNo}
                  entry={entry}
                  language={language}
                  isBusy={isBusy}
                  notice={isBusy ? t('bulk.looking') : (notices.get(useRequestNo) ?? null)}
                  onAction={(action) => act(group, [entry], action)}
                />
              )
            })}
          </ol>
        </section>
      ))}
      {deciding && (
        <ReviewDecision
          of={deciding.group.case}
          entries={deciding.entries}
          action={deciding.action}
          language={language}
          onClose={close}
          onDone={close}
        />
      )}
    </>
  )
}
