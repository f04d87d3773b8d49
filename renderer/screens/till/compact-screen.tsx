import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { ToneIcon } from '../../components/tone-icon.tsx'
import { describeStock } from '../../format/stock.ts'
import { HealthLine } from '../../scanner/health/health-line.tsx'
import type { HealthNote } from '../../scanner/health/scanner-health.ts'
import { Choices } from './choices.tsx'
import { CompactBar } from './compact-bar.tsx'
import styles from './compact-screen.module.css'
import { CopyLine } from './copy-line.tsx'
import { SettledNotice } from '../../shell/settled-notice.tsx'
import { OpenCoupons } from './open-coupons.tsx'
import { NextCustomer } from './next-customer.tsx'
import { OrderLine } from './order-line.tsx'
import { contentOf, dataAttributesOf, isPanelFree, lookOf, subjectOf } from './panel-content.ts'
import type { PageState } from './use-counter.ts'
import { useTopOf } from './use-top-of.ts'
import tones from './verdict-tones.module.css'
import { VerdictWords } from './verdict-words.tsx'

interface CompactScreenProps {
  readonly snapshot: AppSnapshot
  readonly page: PageState | null
  readonly isTotalInvalid: boolean
  readonly notes: readonly HealthNote[]
  readonly onNextCustomer: () => void
  readonly onTotal: () => void
  readonly onLeave: () => void
}

/**
 * The small window beside the POS: the whole verdict, its choices, the order, and who is waiting. The lists do not fit.
 */
export function CompactScreen(props: CompactScreenProps) {
  const { snapshot, page, isTotalInvalid, notes, onNextCustomer, onTotal, onLeave } = props
  const { t } = useTranslation('till')
  const { counter, language } = snapshot
  const content = contentOf(counter, page)
  const isTold = content.kind === 'verdict' || content.kind === 'aged'
  const redemption = content.kind === 'verdict' ? content.verdict.redemption : null
  const isFree = isPanelFree(content)
  // There is room for one of the two: first whom to tell of a refusal, because no list has it, then what still needs an action.
  const hasRefused = (snapshot.settledLater?.refusedHeld.length ?? 0) > 0
  const isOpenShown = counter.open.length > 0 && !hasRefused
  const panel = useTopOf<HTMLElement>(content)
  return (
    <div className={styles['screen']} data-testid="compact">
      <section
        ref={panel}
        className={`${styles['panel']} ${tones['tones']}`}
        data-testid="verdict"
        {...dataAttributesOf(content)}
      >
        <div className={styles['body']}>
          <ToneIcon look={lookOf(content)} />
          <div className={styles['words']}>
            <VerdictWords content={content} aside={counter.aside} language={language} isBrief />
          </div>
        </div>
        {redemption && (
          <p className={styles['coupon']}>
            {t('recent.tail', { tail: redemption.codeTail })}
            {redemption.stock && ` · ${describeStock(redemption.stock, t, language)}`}
          </p>
        )}
        {isTold && (
          <Choices key={subjectOf(content)} {...content} {...{ language, onNextCustomer }} />
        )}
        <CopyLine copy={snapshot.discountCopy} />
        <div className={styles['foot']}>
          <OrderLine counter={counter} isTotalInvalid={isTotalInvalid} language={language} />
          <NextCustomer
            content={content}
            className={styles['next'] ?? ''}
            onPress={onNextCustomer}
          />
        </div>
      </section>
      {isFree && isOpenShown && (
        <div className={styles['open']}>
          <OpenCoupons open={counter.open} hasKeys language={language} />
        </div>
      )}
      {isFree && !isOpenShown && <SettledNotice snapshot={snapshot} onGo={null} />}
      <CompactBar snapshot={snapshot} onTotal={onTotal} onLeave={onLeave} />
      <div className={styles['health']}>
        <HealthLine notes={notes} />
      </div>
    </div>
  )
}
