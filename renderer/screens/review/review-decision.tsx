import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../main/contract/language.ts'
import type { ReviewAction, ReviewCase, ReviewEntry } from '../../../main/contract/snapshot.ts'
import { ReasonDialog } from '../../shell/reason-dialog.tsx'
import { StockField } from '../../components/stock-field.tsx'
import { isWorth, WorthField, worthOf } from '../../components/worth-field.tsx'
import { useNow } from '../../components/use-now.ts'
import { formatFen } from '../../format/money.ts'
import { formatInstant } from '../../format/time.ts'
import styles from './review-screen.module.css'
import { actionWording } from './review-words.ts'

export type Decision = Exclude<ReviewAction, 'look-up'>

interface ReviewDecisionProps {
  readonly of: ReviewCase
  readonly entries: readonly ReviewEntry[]
  readonly action: Decision
  readonly language: Language
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Lists what is decided, asks for the reason and, where needed, for a supervisor's approval. */
export function ReviewDecision(props: ReviewDecisionProps) {
  const { of, entries, action, language, onClose, onDone } = props
  const { t } = useTranslation('review')
  const [stockId, setStockId] = useState('')
  const [worth, setWorth] = useState('')
  const now = useNow()
  const word = actionWording(of, action)
  const isMany = entries.length > 1
  // After a refused return the batch itself may be wrong, even where the till knows one.
  const asksStock =
    action === 'return' &&
    (of === 'return-refused' || entries.some(({ redemption }) => redemption.stockId == null))

  // One sum would not be that of each.
  const asksWorth = action === 'loss' && !isMany && entries[0]?.givenFen === null

  const title = isMany
    ? t('bulk.title', { order: t(`order.${word}`), count: entries.length })
    : t(`order.${word}`)
  const listed = (
    <ul className={styles['listed']} data-testid="review-listed">
      {entries.map(({ redemption, givenFen }) => (
        <li key={redemption.useRequestNo}>
          <span>{redemption.codeTail}</span>
          <time>{formatInstant(redemption.recordedAt, now, language)}</time>
          <span>{redemption.cashier}</span>
          <span>{givenFen === null ? '' : formatFen(givenFen, language)}</span>
        </li>
      ))}
    </ul>
  )

  function inputOf(why: string) {
    return {
      useRequestNos: entries.map(({ redemption }) => redemption.useRequestNo),
      action,
      why,
      stockId: stockId.trim() === '' ? null : stockId.trim(),
      worthFen: asksWorth ? worthOf(worth) : null,
    }
  }

  async function decide(why: string) {
    if (!isWorth(worth)) return t('worth.invalid')
    const reply = await window.till.review.decideAll(inputOf(why))
    if (!reply.ok) return t('fault.failed')
    const { done, failed } = reply.value
    const [first] = failed
    if (first === undefined) {
      onDone()
      return null
    }
    const fault = t(`fault.${first.fault.code}`)
    return isMany ? t('bulk.some', { done, count: failed.length, fault }) : fault
  }

  return (
    <ReasonDialog
      title={title}
      text={t(`explain.${word}`)}
      hasUsualReason={false}
      suggestions={t(`suggestion.${word}`, { returnObjects: true })}
      submitLabel={t(`order.${word}`)}
      order={{ permission: 'decide-review', request: 'review.decideAll', inputOf }}
      onSubmit={decide}
      onClose={onClose}
    >
      {isMany && listed}
      {asksStock && <StockField value={stockId} onChange={setStockId} />}
      {asksWorth && <WorthField value={worth} onChange={setWorth} />}
    </ReasonDialog>
  )
}
