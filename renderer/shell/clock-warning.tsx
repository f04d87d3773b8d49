import { ClockAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import styles from './status-bar.module.css'

const minuteMs = 60_000

/** This computer's clock compared with WeChat Pay's: shown from one minute off, explained from five. */
export function ClockWarning({ clock }: { readonly clock: AppSnapshot['clock'] }) {
  const { t } = useTranslation('till')
  if (!clock || clock.level === 'small') return null
  const minutes = Math.max(1, Math.round(Math.abs(clock.offsetMs) / minuteMs))
  const direction = clock.offsetMs > 0 ? 'slow' : 'fast'
  return (
    <span
      className={styles['certificate']}
      data-testid="clock-warning"
      data-level={clock.level === 'explained' ? 'urgent' : 'soon'}
    >
      <ClockAlert aria-hidden size={20} />
      {t(`clock.${direction}`, { count: minutes })}
      {clock.level === 'explained' && ` ${t('clock.why')}`}
    </span>
  )
}
