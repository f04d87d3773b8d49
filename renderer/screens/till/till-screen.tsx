import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import type { Rejected, Scan } from '../../scanner/decision.ts'
import { useScanner } from '../../scanner/use-scanner.ts'
import { ManualEntry } from './manual-entry.tsx'
import { RecentList } from './recent-list.tsx'
import { StatusBar } from './status-bar.tsx'
import styles from './till-screen.module.css'
import { TillHeader } from './till-header.tsx'
import { TrainingPanel } from './training-panel.tsx'
import { useRedemption } from './use-redemption.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { VerdictPanel } from './verdict-panel.tsx'

interface TillScreenProps {
  readonly snapshot: AppSnapshot
  readonly onSetUp: () => void
}

/** Verdict first: what a cashier reads from a metre away fills the middle, everything else is small. */
export function TillScreen({ snapshot, onSetUp }: TillScreenProps) {
  const { t } = useTranslation('training')
  const [isTyping, setIsTyping] = useState(false)
  const { view, redeem, rejectScan, clear } = useRedemption()
  const onScan = useCallback(
    (scan: Scan) => {
      setIsTyping(false)
      redeem(scan.text, scan.source)
    },
    [redeem],
  )
  const onRejected = useCallback(({ why }: Rejected) => rejectScan(why), [rejectScan])
  const openManualEntry = useCallback(() => setIsTyping(true), [])
  useScanner({ onScan, onRejected })
  useShortcuts({ snapshot, clear, openManualEntry })

  useEffect(() => {
    // No button keeps the focus after a click: a scan must find nothing editable and press nothing.
    const release = (): void => {
      if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur()
    }
    window.addEventListener('pointerup', release)
    return () => window.removeEventListener('pointerup', release)
  }, [])

  return (
    <div className={styles['screen']}>
      {snapshot.training && (
        <p className={styles['training']} data-testid="training-banner">
          <strong>{t('banner')}</strong>
          {snapshot.keyStorage === 'memory' && <span>{t('keysInMemory')}</span>}
        </p>
      )}
      <TillHeader snapshot={snapshot} onManualEntry={openManualEntry} onSetUp={onSetUp} />
      <main className={styles['main']}>
        <VerdictPanel view={view} recent={snapshot.recent} language={snapshot.language} />
        <div className={styles['lower']} data-training={snapshot.training !== null}>
          <RecentList recent={snapshot.recent} language={snapshot.language} />
          {snapshot.training && (
            <TrainingPanel
              network={snapshot.training.network}
              language={snapshot.language}
              onScan={(code) => redeem(code, 'typed')}
            />
          )}
        </div>
      </main>
      <StatusBar snapshot={snapshot} />
      {isTyping && (
        <ManualEntry
          onClose={() => setIsTyping(false)}
          onSubmit={(code, source) => {
            setIsTyping(false)
            redeem(code, source)
          }}
        />
      )}
    </div>
  )
}
