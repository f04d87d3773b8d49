import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useApproval } from '../../shell/approval.tsx'

export type ReviewOrder = 'send-again' | 'confirmed' | 'loss'

interface ReviewDecisionProps {
  readonly useRequestNo: string
  readonly order: ReviewOrder
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Asks for the reason, and for a supervisor where one must agree. */
export function ReviewDecision({ useRequestNo, order, onClose, onDone }: ReviewDecisionProps) {
  const { t } = useTranslation('review')
  const approve = useApproval()

  async function decide(why: string) {
    if (!(await approve('decide-review'))) return null
    const reply =
      order === 'send-again'
        ? await window.till.sendAgain({ useRequestNo, why })
        : await window.till.resolveRedemption({ useRequestNo, why, how: order })
    if (!reply.ok) return t('fault.failed')
    if (!reply.value.ok) return t(`fault.${reply.value.error}`)
    onDone()
    return null
  }

  return (
    <ReasonDialog
      title={t(`order.${order}`)}
      text={t(`explain.${order}`)}
      suggestions={t(`suggestion.${order}`, { returnObjects: true })}
      submitLabel={t(`order.${order}`)}
      onSubmit={decide}
      onClose={onClose}
    />
  )
}
