import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { HealthLine } from '../../scanner/health/health-line.tsx'
import { CompactScreen } from './compact-screen.tsx'
import { ManualEntry } from './manual-entry.tsx'
import { RecentList } from './recent-list.tsx'
import { ScannerSettings } from './scanner-settings.tsx'
import { StatusBar } from './status-bar.tsx'
import styles from './till-screen.module.css'
import { TillHeader } from './till-header.tsx'
import { TrainingPanel } from './training-panel.tsx'
import { useRedemption } from './use-redemption.ts'
import { switchSize, useShortcuts } from './use-shortcuts.ts'
import { useTillScanner } from './use-till-scanner.ts'
import { VerdictPanel } from './verdict-panel.tsx'

interface TillScreenProps {
  readonly snapshot: AppSnapshot
  readonly onSetUp: () => void
}

/** Verdict first: what a cashier reads from a metre away fills the middle, everything else is small. */
export function TillScreen({ snapshot, onSetUp }: TillScreenProps) {
  const { t } = useTranslation('training')
  const [dialog, setDialog] = useState<'manual-entry' | 'calibration' | 'scanner' | null>(null)
  const close = useCallback(() => setDialog(null), [])
  const { view, redeem, rejectScan, clear } = useRedemption()
  const openManualEntry = useCallback(() => setDialog('manual-entry'), [])
  const openScannerSettings = useCallback(() => setDialog('calibration'), [])
  const scanner = useTillScanner({
    calibrated: snapshot.scanner,
    attached: snapshot.scannerState,
    enabled: dialog !== 'calibration',
    onScan: (text, source) => {
      close()
      redeem(text, source)
    },
    onRejected: rejectScan,
  })
  useShortcuts({ snapshot, clear, openManualEntry, openScannerSettings })

  useEffect(() => {
    // No button keeps the focus after a click: a scan must find nothing editable and press nothing.
    const release = (): void => {
      if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur()
    }
    window.addEventListener('pointerup', release)
    return () => window.removeEventListener('pointerup', release)
  }, [])

  const full = (
    <div className={styles['screen']}>
      {snapshot.training && (
        <p className={styles['training']} data-testid="training-banner">
          <strong>{t('banner')}</strong>
          {snapshot.keyStorage === 'memory' && <span>{t('keysInMemory')}</span>}
        </p>
      )}
      <TillHeader
        snapshot={snapshot}
        onManualEntry={openManualEntry}
        onScannerSettings={openScannerSettings}
        onSetUp={onSetUp}
      >
        <HealthLine notes={scanner.notes} />
      </TillHeader>
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
    </div>
  )
  return (
    <>
      {snapshot.placement.compact ? (
        <CompactScreen
          snapshot={snapshot}
          view={view}
          notes={scanner.notes}
          onLeave={() => switchSize(snapshot.placement)}
        />
      ) : (
        full
      )}
      {(dialog === 'calibration' || dialog === 'scanner') && (
        <ScannerSettings
          snapshot={snapshot}
          onClose={close}
          onCalibrating={(is) => setDialog(is ? 'calibration' : 'scanner')}
        />
      )}
      {dialog === 'manual-entry' && (
        <ManualEntry
          onClose={close}
          onSubmit={(code, source) => {
            close()
            scanner.typed()
            redeem(code, source)
          }}
        />
      )}
    </>
  )
}
