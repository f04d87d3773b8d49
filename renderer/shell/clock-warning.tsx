import { ClockAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import banners from './banners.module.css'
import styles from './status-bar.module.css'

interface ClockProps {
  readonly clock: AppSnapshot['clock']
}

/** More than a minute off: how much, and which way. */
export function ClockWarning({ clock }: ClockProps) {
  const difference = useDifference()
  if (!clock || clock.level === 'small') return null
  return (
    <span
      className={styles['certificate']}
      data-testid="clock-warning"
      data-level={clock.level === 'explained' ? 'urgent' : 'soon'}
    >
      <ClockAlert aria-hidden size={20} />
      {difference(clock.skewMs)}
    </span>
  )
}

/** More than five minutes off: why that matters, and how the clock is set right. */
export function ClockBanner({ clock }: ClockProps) {
  const { t } = useTranslation('shell')
  const difference = useDifference()
  if (clock?.level !== 'explained') return null
  return (
    <p className={banners['notice']} role="alert" data-testid="clock-banner">
      <strong>{difference(clock.skewMs)}</strong>
      <span>{t('clock.why')}</span>
      <span>{t('clock.how')}</span>
    </p>
  )
}

const units = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const

function useDifference(): (skewMs: number) => string {
  const { t } = useTranslation('shell')
  return (skewMs) => {
    const size = Math.abs(skewMs)
    // From two of a unit on: 90 seconds say more than 2 minutes.
    const [unit, unitMs] = units.find(([, ms]) => size >= 2 * ms) ?? ['seconds', 1000]
    const said = t(`clock.${unit}`, { value: Math.round(size / unitMs) })
    return t(skewMs > 0 ? 'clock.slow' : 'clock.fast', { size: said })
  }
}
