import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Language, ReviewEntry } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { useNow } from '../../components/use-now.ts'
import { formatFen } from '../../format/money.ts'
import { describeStock } from '../../format/stock.ts'
import { formatInstant } from '../../format/time.ts'
import { ReviewDecision, type ReviewOrder } from './review-decision.tsx'
import styles from './review-screen.module.css'

interface ReviewCardProps {
  readonly entry: ReviewEntry
  readonly language: Language
  readonly onDone: () => void
}

const orders = ['send-again', 'confirmed', 'loss'] as const satisfies readonly ReviewOrder[]

/** Which button is the recommended one. */
const recommended = {
  'send-again': 'send-again',
  'check-and-confirm': 'confirmed',
  'book-loss': 'loss',
} as const satisfies Record<ReviewEntry['recommendation'], ReviewOrder>

/** One of them: what happened, what speaks for what, and the ways out. */
export function ReviewCard({ entry, language, onDone }: ReviewCardProps) {
  const { t } = useTranslation(['review', 'till', 'reasons'])
  const { t: tillWords } = useTranslation('till')
  const now = useNow()
  const [order, setOrder] = useState<ReviewOrder | null>(null)
  const { redemption, recommendation } = entry
  const { reason, stock, stakeFen } = redemption
  return (
    <li className={styles['card']} data-testid="review-card" data-reason={reason}>
      <div className={styles['summary']}>
        <strong className={styles['amount']}>
          {redemption.honoured && stakeFen != null
            ? t('stake', { amount: formatFen(stakeFen, language) })
            : t(redemption.honoured ? 'honoured' : 'notHonoured')}
        </strong>
        <span>{t('till:recent.tail', { tail: redemption.codeTail })}</span>
        <span>{stock ? describeStock(stock, tillWords, language) : t('stockUnknown')}</span>
        <time>{formatInstant(redemption.recordedAt, now, language)}</time>
        {redemption.cashier && <span>{redemption.cashier}</span>}
        <span className={styles['number']}>{redemption.useRequestNo}</span>
      </div>
      <dl className={styles['evidence']}>
        <div>
          <dt>{t('evidence.happened')}</dt>
          <dd>{reason ? t(`reasons:${reason}.manager`) : t('evidence.nothing')}</dd>
        </div>
        <div>
          <dt>{t('evidence.attempts')}</dt>
          <dd>
            {t('evidence.attemptCount', { count: redemption.attempts })}
            {entry.uncertain && ` ${t('evidence.uncertain')}`}
            {entry.isReturn && ` ${t('evidence.return')}`}
          </dd>
        </div>
        <div>
          <dt>{t('evidence.recommendation')}</dt>
          <dd data-testid="recommendation">{t(`recommendation.${recommendation}`)}</dd>
        </div>
      </dl>
      <div className={styles['actions']}>
        {orders.map((each) => (
          <Button
            key={each}
            className={buttons[each === recommended[recommendation] ? 'primary' : 'quiet'] ?? ''}
            data-testid={`review-${each}`}
            onPress={() => setOrder(each)}
          >
            {t(`order.${each}`)}
          </Button>
        ))}
      </div>
      {order && (
        <ReviewDecision
          useRequestNo={redemption.useRequestNo}
          order={order}
          onClose={() => setOrder(null)}
          onDone={() => {
            setOrder(null)
            onDone()
          }}
        />
      )}
    </li>
  )
}
