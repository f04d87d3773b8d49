import type { ScanSource } from '../../../main/contract/redemption-view.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { OpenCoupons } from './open-coupons.tsx'
import { contentOf, isPanelFree } from './panel-content.ts'
import { RecentList } from './recent-list.tsx'
import styles from './till-screen.module.css'
import { TrainingPanel } from './training-panel.tsx'
import type { PageState } from './use-counter.ts'
import { VerdictPanel } from './verdict-panel.tsx'

interface TillScreenProps {
  readonly snapshot: AppSnapshot
  readonly page: PageState | null
  readonly isTotalInvalid: boolean
  readonly redeem: (payload: string, source: ScanSource) => void
  readonly onNextCustomer: () => void
}

/** The till's main screen: the verdict fills the middle, legible from a metre away; everything else is small. */
export function TillScreen(props: TillScreenProps) {
  const { snapshot, page, isTotalInvalid, redeem, onNextCustomer } = props
  const { counter, language, recent, training } = snapshot
  const content = contentOf(counter, page)
  return (
    <div
      className={styles['screen']}
      data-open={counter.open.length > 0}
      data-told={!isPanelFree(content)}
    >
      <VerdictPanel
        content={content}
        counter={counter}
        isTotalInvalid={isTotalInvalid}
        language={language}
        copy={snapshot.discountCopy}
        onNextCustomer={onNextCustomer}
      />
      <div className={styles['lower']} data-training={training !== null}>
        <div className={styles['lists']} data-open={counter.open.length > 0}>
          {counter.open.length > 0 && (
            <OpenCoupons open={counter.open} hasKeys={isPanelFree(content)} language={language} />
          )}
          <RecentList recent={recent} language={language} />
        </div>
        {training && (
          <TrainingPanel
            network={training.network}
            language={language}
            recordsRevision={snapshot.recordsRevision}
            onScan={redeem}
          />
        )}
      </div>
    </div>
  )
}
