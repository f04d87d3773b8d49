import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import styles from './banners.module.css'
import { ExpiredBanner } from './certificate-warning.tsx'
import { TrainingBanner } from './training-banner.tsx'

interface BannersProps {
  readonly snapshot: AppSnapshot
  /** `null` while the till is locked. */
  readonly onSetUp: (() => void) | null
}

/** Above every screen, until what they tell of is over. */
export function Banners({ snapshot, onSetUp }: BannersProps) {
  return (
    <div className={styles['banners']}>
      <TrainingBanner snapshot={snapshot} />
      <ExpiredBanner snapshot={snapshot} onSetUp={onSetUp} />
    </div>
  )
}
