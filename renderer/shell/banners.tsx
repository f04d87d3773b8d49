import { memo } from 'react'
import { type SnapshotWithoutCounter, isSameWithoutCounter } from './snapshot-without-counter.ts'
import styles from './banners.module.css'
import { ExpiredBanner } from './certificate-warning.tsx'
import { ForeignHostsBanner } from './foreign-hosts-banner.tsx'
import type { Destination } from './destinations.ts'
import { SettledNotice } from './settled-notice.tsx'
import { TrainingBanner } from './training-banner.tsx'

interface BannersProps {
  readonly snapshot: SnapshotWithoutCounter
  /** `null` while the till is locked. */
  readonly onSetUp: (() => void) | null
  /** `null` while the till is locked. */
  readonly onGo: ((destination: Destination) => void) | null
}

function DrawnBanners({ snapshot, onSetUp, onGo }: BannersProps) {
  return (
    <div className={styles['banners']}>
      <TrainingBanner snapshot={snapshot} />
      <ForeignHostsBanner snapshot={snapshot} />
      <ExpiredBanner snapshot={snapshot} onSetUp={onSetUp} />
      {onGo !== null && <SettledNotice snapshot={snapshot} onGo={onGo} />}
    </div>
  )
}

/** Shown above every screen as long as what they report lasts. */
export const Banners = memo(DrawnBanners, isSameWithoutCounter)
