import type { RedemptionView, ScanSource } from '../../../main/contract/redemption-view.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { RecentList } from './recent-list.tsx'
import styles from './till-screen.module.css'
import { TrainingPanel } from './training-panel.tsx'
import type { TillView } from './use-redemption.ts'
import { VerdictPanel } from './verdict-panel.tsx'

interface TillScreenProps {
  readonly snapshot: AppSnapshot
  readonly view: TillView
  readonly honoured: (redemption: RedemptionView) => void
  readonly redeem: (payload: string, source: ScanSource) => void
}

/** Verdict first: what a cashier reads from a metre away fills the middle, everything else is small. */
export function TillScreen({ snapshot, view, honoured, redeem }: TillScreenProps) {
  return (
    <div className={styles['screen']}>
      <VerdictPanel
        view={view}
        recent={snapshot.recent}
        language={snapshot.language}
        onHonoured={honoured}
      />
      <div className={styles['lower']} data-training={snapshot.training !== null}>
        <RecentList recent={snapshot.recent} language={snapshot.language} />
        {snapshot.training && (
          <TrainingPanel
            network={snapshot.training.network}
            language={snapshot.language}
            onScan={redeem}
          />
        )}
      </div>
    </div>
  )
}
