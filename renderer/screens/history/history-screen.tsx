import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { useScanTarget } from '../../shell/scan-target.ts'
import type { HistoryOpening } from './history-opening.ts'
import { HistoryDetailPanel } from './history-detail.tsx'
import { type Filters, filtersOf, HistoryFilters, noFilters } from './history-filters.tsx'
import { HistoryList } from './history-list.tsx'
import styles from './history-screen.module.css'
import { HistorySumsBar } from './history-sums-bar.tsx'

interface HistoryScreenProps {
  readonly snapshot: AppSnapshot
  /** What is open at first; `null` for everything. */
  readonly opened: HistoryOpening | null
}

/** Everything that this till ever recorded, to be found by code, number, state, batch, cashier and time. */
export function HistoryScreen({ snapshot, opened }: HistoryScreenProps) {
  const { t } = useTranslation('history')
  const [filters, setFilters] = useState<Filters>(() => filtersAt(opened))
  const [chosen, setChosen] = useState(opened && 'coupon' in opened ? opened.coupon : null)
  const [latest, setLatest] = useState<RedemptionView | null>(null)
  // Increased when something was done to an entry, so that the list is read anew.
  const [turn, setTurn] = useState(0)
  // On this screen a scan searches for a coupon; it does not redeem it.
  useScanTarget(({ text }) => {
    setChosen(null)
    setFilters({ ...noFilters, text })
    // The next key is about the coupon, and no text to search for.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  return (
    <section className={styles['screen']} data-testid="history" aria-label={t('title')}>
      <HistoryFilters
        filters={filters}
        language={snapshot.language}
        onChange={(next) => {
          setChosen(null)
          setFilters(next)
        }}
      />
      <HistorySumsBar
        key={`${JSON.stringify(filters)} ${turn}`}
        filters={filters}
        snapshot={snapshot}
        onAll={() => setFilters({ ...filters, part: null })}
      />
      <div className={styles['columns']}>
        <HistoryList
          key={`${JSON.stringify(filters)} ${turn}`}
          filters={filters}
          language={snapshot.language}
          chosen={chosen}
          latest={latest}
          onChoose={setChosen}
        />
        {chosen !== null && (
          <HistoryDetailPanel
            key={`${chosen} ${turn}`}
            useRequestNo={chosen}
            language={snapshot.language}
            paper={snapshot.paperSize}
            recordsRevision={snapshot.recordsRevision}
            onRead={setLatest}
            onClose={() => setChosen(null)}
            onChanged={() => setTurn(turn + 1)}
          />
        )}
      </div>
    </section>
  )
}

function filtersAt(opened: HistoryOpening | null): Filters {
  if (opened === null || 'coupon' in opened) return noFilters
  return 'part' in opened ? filtersOf(opened.part) : { ...noFilters, state: opened.state }
}
