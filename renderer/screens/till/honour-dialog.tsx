import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useApproval } from '../../shell/approval.tsx'
import { CouponSubject } from './coupon-subject.tsx'
import { useCouponRequest } from './use-coupon-request.ts'

interface HonourDialogProps {
  readonly redemption: RedemptionView
  readonly language: Language
  readonly onClose: () => void
}

/**
 * Lets a supervisor honour the coupon that the dialog shows; the audit row records who and why. When the dialog closes
 * because another coupon was scanned or a reply came for this one, the question for the PIN closes with it.
 */
export function HonourDialog({ redemption, language, onClose }: HonourDialogProps) {
  const { t } = useTranslation('till')
  const approve = useApproval()
  const { run } = useCouponRequest()
  const gone = useRef<AbortController>(null)
  useEffect(() => {
    const controller = new AbortController()
    gone.current = controller
    return () => controller.abort()
  }, [])
  const subject = <CouponSubject redemption={redemption} language={language} />

  async function honour(why: string): Promise<string | null> {
    const signal = gone.current?.signal
    if (signal === undefined) return null
    const input = { useRequestNo: redemption.useRequestNo, why }
    const isGiven = await approve({
      permission: 'honour-anyway',
      request: 'redemption.honour',
      input,
      subject: (
        <>
          {subject}
          <p>{why}</p>
        </>
      ),
      signal,
    })
    if (!isGiven || signal.aborted) return null
    const fault = await run(() => window.till.redemption.honour(input))
    if (fault === null) onClose()
    return fault
  }

  return (
    <ReasonDialog
      title={t('honour.title')}
      text={t('honour.risk')}
      suggestions={t('honour.suggestions', { returnObjects: true })}
      submitLabel={t('honour.submit')}
      onSubmit={honour}
      onClose={onClose}
    >
      {subject}
    </ReasonDialog>
  )
}
