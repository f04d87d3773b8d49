import { memo } from 'react'
import { type BesideCounter, isSameBesideCounter } from './beside-counter.ts'
import styles from './banners.module.css'
import { ExpiredBanner } from './certificate-warning.tsx'
import { TrainingBanner } from './training-banner.tsx'

interface BannersProps {
  readonly snapshot: BesideCounter
  /** `null` while the till is locked. */
  readonly onSetUp: (() => void) | null
}

function DrawnBanners({ snapshot, onSetUp }: BannersProps) {
  return (
    <div className={styles['banners']}>
      <TrainingBanner snapshot={snapshot} />
      <ExpiredBanner snapshot={snapshot} onSetUp={onSetUp} />
    </div>
  )
}

/** Above every screen, until what they tell of is over. */
export const Banners = memo(DrawnBanners, isSameBesideCounter)
