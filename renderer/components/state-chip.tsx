import { Ban, CircleCheck, Clock3, Flag, Undo2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RedemptionState } from '../../main/contract/redemption-view.ts'
import styles from './state-chip.module.css'

const looks = {
  pending: { Icon: Clock3, tone: 'amber' },
  redeemed: { Icon: CircleCheck, tone: 'green' },
  refused: { Icon: X, tone: 'red' },
  review: { Icon: Flag, tone: 'red' },
  returning: { Icon: Undo2, tone: 'amber' },
  returned: { Icon: Undo2, tone: 'neutral' },
  cancelled: { Icon: Ban, tone: 'neutral' },
  resolved: { Icon: CircleCheck, tone: 'neutral' },
} as const satisfies Record<RedemptionState, unknown>

/** Shows a redemption's state as icon, word and colour. */
export function StateChip({ state }: { readonly state: RedemptionState }) {
  const { t } = useTranslation('till')
  const { Icon, tone } = looks[state]
  return (
    <span className={styles['chip']} data-tone={tone}>
      <Icon aria-hidden size={16} strokeWidth={2.4} />
      {t(`state.${state}`)}
    </span>
  )
}
