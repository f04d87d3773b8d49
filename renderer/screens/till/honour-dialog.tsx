import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import { isWorth, WorthField, worthOf } from '../../components/worth-field.tsx'
import { discountOf } from '../../format/stock.ts'
import { ReasonDialog } from '../../shell/reason-dialog.tsx'
import { CouponSubject } from './coupon-subject.tsx'
import { useCouponRequest } from './use-coupon-request.ts'

interface HonourDialogProps {
  readonly redemption: RedemptionView
  readonly language: Language
  readonly onClose: () => void
}

/**
 * Lets a supervisor honour the coupon that the dialog shows; the audit row records who and why. It closes when another
 * coupon is scanned or a reply comes for this one, and the question for the PIN with it.
 */
export function HonourDialog({ redemption, language, onClose }: HonourDialogProps) {
  const { t } = useTranslation(['till', 'review'])
  const { run } = useCouponRequest()
  const { useRequestNo } = redemption
  const isUnknown = discountOf(redemption) === null
  const [worth, setWorth] = useState('')
  const inputOf = (why: string) => ({ useRequestNo, why, worthFen: worthOf(worth) })

  async function honour(why: string): Promise<string | null> {
    if (!isWorth(worth)) return t('review:worth.invalid')
    const fault = await run(() => window.till.redemption.honour(inputOf(why)))
    if (fault === null) onClose()
    return fault
  }

  return (
    <ReasonDialog
      title={t('honour.title')}
      text={t('honour.risk')}
      hasUsualReason
      suggestions={t('honour.suggestions', { returnObjects: true })}
      submitLabel={t('honour.submit')}
      order={{
        permission: 'honour-anyway',
        request: 'redemption.honour',
        inputOf,
      }}
      onSubmit={honour}
      onClose={onClose}
    >
      <CouponSubject redemption={redemption} language={language} />
      {isUnknown && (
        <>
          <p data-testid="honour-unknown">{t('honour.unknown')}</p>
          <WorthField value={worth} onChange={setWorth} />
        </>
      )}
    </ReasonDialog>
  )
}
