import { CalendarClock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Shortcut } from '../components/shortcut.tsx'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import styles from './status-bar.module.css'

/** Says to whoever is signed in that what is redeemed now is in nobody's shift. */
export function ShiftReminder({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('shell')
  const { session, shift } = snapshot
  if (session.person === null || shift.current !== null) return null
  return (
    <span className={styles['certificate']} data-testid="no-shift" data-level="soon">
      <CalendarClock aria-hidden size={20} />
      {t('noShift')}
      <Shortcut keys="F7" />
    </span>
  )
}
