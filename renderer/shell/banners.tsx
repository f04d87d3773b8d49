import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import styles from './banners.module.css'
import { ClockBanner } from './clock-warning.tsx'
import { TrainingBanner } from './training-banner.tsx'

/** Above every screen, until what they tell of is over. */
export function Banners({ snapshot }: { readonly snapshot: AppSnapshot }) {
  return (
    <div className={styles['banners']}>
      <TrainingBanner snapshot={snapshot} />
      <ClockBanner clock={snapshot.clock} />
    </div>
  )
}
