import { HandHeart } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import buttons from '../../components/buttons.module.css'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useApproval } from '../../shell/approval.tsx'
import styles from './verdict-panel.module.css'

interface HonourAnywayProps {
  readonly redemption: RedemptionView
  readonly onDone: (redemption: RedemptionView) => void
}

/** A supervisor gives the goods although nobody has answered; the audit row says who and why. */
export function HonourAnyway({ redemption, onDone }: HonourAnywayProps) {
  const { t } = useTranslation(['till', 'review'])
  const [isAsking, setIsAsking] = useState(false)
  const approve = useApproval()

  async function honour(why: string) {
    if (!(await approve('honour-anyway'))) return null
    const reply = await window.till.honourAnyway({ useRequestNo: redemption.useRequestNo, why })
    if (!reply.ok) return t('review:fault.failed')
    if (!reply.value.ok) return t(`review:fault.${reply.value.error}`)
    setIsAsking(false)
    onDone(reply.value.value)
    return null
  }

  return (
    <div className={styles['anyway']}>
      <Button
        className={buttons['quiet'] ?? ''}
        data-testid="honour-anyway"
        onPress={() => setIsAsking(true)}
      >
        <HandHeart aria-hidden size={20} />
        {t('honour.anyway')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={t('honour.anyway')}
          text={t('honour.risk')}
          suggestions={t('honour.suggestions', { returnObjects: true })}
          submitLabel={t('honour.submit')}
          onSubmit={honour}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  )
}
