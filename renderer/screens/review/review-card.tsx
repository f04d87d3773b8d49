import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../main/contract/language.ts'
import type { ReviewAction, ReviewEntry } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { ApiReplyText } from '../../components/api-reply-text.tsx'
import { useNow } from '../../components/use-now.ts'
import { formatFen } from '../../format/money.ts'
import { describeStock } from '../../format/stock.ts'
import { formatInstant } from '../../format/time.ts'
import styles from './review-screen.module.css'
import { actionWording } from './review-words.ts'

interface ReviewCardProps {
  readonly entry: ReviewEntry
  readonly language: Language
  /** The result of a look-up that settled nothing. */
  readonly notice: string | null
  readonly isBusy: boolean
  readonly onAction: (action: ReviewAction) => void
}

/** One entry in review: what happened, what WeChat Pay replied, and the decisions that fit. */
export function ReviewCard({ entry, language, notice, isBusy, onAction }: ReviewCardProps) {
  const { t } = useTranslation(['review', 'till', 'reasons'])
  const { t: tillWords } = useTranslation('till')
  const now = useNow()
  const { redemption, said, givenFen } = entry
  const { reason, stock } = redemption
  return (
    <li
      className={styles['card']}
      data-testid="review-card"
      data-reason={reason}
      data-case={entry.case}
    >
      <div className={styles['summary']}>
        <strong className={styles['amount']} data-given={entry.wasGiven}>
          {entry.wasGiven && givenFen !== null
            ? t('stake', { amount: formatFen(givenFen, language) })
            : t(entry.wasGiven ? 'given' : 'notGiven')}
        </strong>
        <span>{t('till:recent.tail', { tail: redemption.codeTail })}</span>
        <span>
          {stock
            ? describeStock(stock, tillWords, language)
            : (redemption.stockId ?? t('stockUnknown'))}
        </span>
        <time>{formatInstant(redemption.recordedAt, now, language)}</time>
        {redemption.cashier && <span>{redemption.cashier}</span>}
        <span className={styles['number']}>{redemption.useRequestNo}</span>
      </div>
      <dl className={styles['evidence']}>
        <div>
          <dt>{t('happened')}</dt>
          <dd>{reason ? t(`reasons:${reason}.manager`) : t('nothing')}</dd>
        </div>
        {said && (
          <div>
            <dt>{t('said')}</dt>
            <dd>
              <ApiReplyText said={said} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('attempts')}</dt>
          <dd>
            {t('attemptCount', { count: redemption.attempts })}
            {entry.uncertain && ` ${t('uncertain')}`}
          </dd>
        </div>
      </dl>
      <div className={styles['actions']}>
        <output className={styles['notice']} data-testid="review-notice">
          {notice}
        </output>
        {entry.actions.map((action, at) => (
          <Button
            key={action}
            className={buttons[at === 0 ? 'primary' : 'quiet'] ?? ''}
            data-testid={`review-${action}`}
            isDisabled={isBusy}
            onPress={() => onAction(action)}
          >
            {t(`order.${actionWording(entry.case, action)}`)}
          </Button>
        ))}
      </div>
    </li>
  )
}
