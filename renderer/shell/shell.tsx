import { useCallback, useState } from 'react'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import type { RejectReason } from '../scanner/decision.ts'
import { parseYuan } from '../format/money.ts'
import { HealthLine } from '../scanner/health/health-line.tsx'
import { LockScreen } from '../screens/lock/lock-screen.tsx'
import { CompactScreen } from '../screens/till/compact-screen.tsx'
import { ManualEntry } from '../screens/till/manual-entry.tsx'
import { ScannerSettings } from '../screens/till/scanner-settings.tsx'
import { TotalDialog } from '../screens/till/total-dialog.tsx'
import { TillScreen } from '../screens/till/till-screen.tsx'
import { useRedemption } from '../screens/till/use-redemption.ts'
import { useTillScanner } from '../screens/till/use-till-scanner.ts'
import { Tutorial } from '../tutorial/tutorial.tsx'
import { ApprovalProvider } from './approval.tsx'
import type { Destination } from './destinations.ts'
import { Header } from './header.tsx'
import { MissedScan } from './missed-scan.tsx'
import { Navigation } from './navigation.tsx'
import { OfferedScan } from './offered-scan.tsx'
import { RescueNotice } from './rescue-notice.tsx'
import { ScanTarget, useScanTargets } from './scan-target.ts'
import { Screen } from './screen.tsx'
import styles from './shell.module.css'
import { StatusBar } from './status-bar.tsx'
import { TrainingBanner } from './training-banner.tsx'
import { useActivity } from './use-activity.ts'
import { useButtonRelease } from './use-button-release.ts'
import { type ShellDialog, switchSize, useLanguageShortcut, useShortcuts } from './use-shortcuts.ts'

/** Somebody stands at the till, or it waits for somebody. Who signs in next begins at the till, not where the last one stood. */
export function Shell({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { required, person } = snapshot.session
  if (required && person === null) return <LockedShell snapshot={snapshot} />
  return <OpenShell key={person?.id ?? ''} snapshot={snapshot} />
}

function LockedShell({ snapshot }: { readonly snapshot: AppSnapshot }) {
  useLanguageShortcut(snapshot.language)
  useButtonRelease()
  return (
    <div className={styles['locked']}>
      <TrainingBanner snapshot={snapshot} />
      <LockScreen snapshot={snapshot} />
      {!snapshot.placement.compact && <StatusBar snapshot={snapshot} />}
    </div>
  )
}

/** What stays in sight on every screen; and the scanner, which is heard on every screen. */
function OpenShell({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { session, placement } = snapshot
  const { compact } = placement
  const [destination, setDestination] = useState<Destination>('till')
  const [dialog, setDialog] = useState<ShellDialog | null>(null)
  const closeDialog = useCallback(() => setDialog(null), [])
  const [totalFen, setTotalFen] = useState<number | null>(null)
  const { view, redeem, honoured, rejectScan, clear } = useRedemption({
    sound: snapshot.sound,
    totalFen,
    // One total is for one coupon: the next customer's is another.
    onSent: () => setTotalFen(null),
  })
  /** How many times the practice was begun; 0 when none is under way. */
  const [tutored, setTutored] = useState(0)
  const [missed, setMissed] = useState<RejectReason | null>(null)
  const { offered, setOffered, take, targets } = useScanTargets()

  const go = useCallback(
    (next: Destination) => {
      setDialog(null)
      setOffered(null)
      setMissed(null)
      setDestination(next)
      // Other screens need the whole window.
      if (compact && next !== 'till') switchSize(placement)
    },
    [setOffered, compact, placement],
  )
  const isTill = compact || destination === 'till'
  const scanner = useTillScanner({
    calibrated: snapshot.scanner,
    attached: snapshot.scannerState,
    enabled: dialog !== 'calibration',
    onScan: (text, source) => {
      setMissed(null)
      // A till's slip may carry the total as a barcode.
      const scannedTotal = dialog === 'total' ? parseYuan(text) : null
      if (scannedTotal !== null) {
        setTotalFen(scannedTotal)
        closeDialog()
        return
      }
      if (isTill) {
        closeDialog()
        redeem(text, source)
      } else if (!take({ text, source })) setOffered({ text, source })
    },
    onRejected: (why) => {
      if (isTill) rejectScan(why)
      else setMissed(why)
    },
  })
  useLanguageShortcut(snapshot.language)
  useShortcuts({
    snapshot,
    go,
    openDialog: setDialog,
    clear,
    destination: isTill ? 'till' : destination,
  })
  useActivity(session.person !== null)
  useButtonRelease()
  const enterCode = (
    <ManualEntry
      onClose={closeDialog}
      onSubmit={(code, source) => {
        closeDialog()
        scanner.typed()
        redeem(code, source)
      }}
    />
  )
  const enterTotal = (
    <TotalDialog
      totalFen={totalFen}
      onClose={closeDialog}
      onSet={(total) => {
        closeDialog()
        setTotalFen(total)
      }}
    />
  )
  const settings = (dialog === 'calibration' || dialog === 'scanner') && (
    <ScannerSettings
      snapshot={snapshot}
      onClose={closeDialog}
      onCalibrating={(is) => setDialog(is ? 'calibration' : 'scanner')}
    />
  )
  if (compact)
    return (
      <>
        <CompactScreen
          snapshot={snapshot}
          view={view}
          notes={scanner.notes}
          onLeave={() => switchSize(placement)}
        />
        <RescueNotice rescue={snapshot.rescue} />
        {dialog === 'manual-entry' && enterCode}
        {dialog === 'total' && enterTotal}
        {settings}
      </>
    )
  return (
    <ApprovalProvider session={session}>
      <ScanTarget value={targets}>
        <div className={styles['shell']}>
          <TrainingBanner snapshot={snapshot} />
          <Header
            snapshot={snapshot}
            onManualEntry={() => {
              go('till')
              setDialog('manual-entry')
            }}
            onScannerSettings={() => setDialog('calibration')}
            totalFen={totalFen}
            onTotal={() => {
              go('till')
              setDialog('total')
            }}
          >
            <HealthLine notes={scanner.notes} />
          </Header>
          <Navigation snapshot={snapshot} current={destination} onGo={go} />
          <main className={styles['main']} data-testid={`screen-${destination}`}>
            {destination === 'till' ? (
              <TillScreen snapshot={snapshot} view={view} honoured={honoured} redeem={redeem} />
            ) : (
              <Screen
                destination={destination}
                snapshot={snapshot}
                onGo={go}
                onTutorial={() => {
                  setTutored((count) => count + 1)
                  go('till')
                }}
              />
            )}
          </main>
          <StatusBar snapshot={snapshot} />
        </div>
        {/* Over dialogs too: who types there must hear of it. */}
        <div className={styles['notices']} data-react-aria-top-layer="true">
          {missed && <MissedScan why={missed} onDismiss={() => setMissed(null)} />}
          {offered && (
            <OfferedScan
              scan={offered}
              onRedeem={() => {
                go('till')
                redeem(offered.text, offered.source)
              }}
              onDismiss={() => setOffered(null)}
            />
          )}
        </div>
        {tutored > 0 && snapshot.training && (
          <Tutorial key={tutored} snapshot={snapshot} view={view} onClose={() => setTutored(0)} />
        )}
        <RescueNotice rescue={snapshot.rescue} />
        {dialog === 'manual-entry' && enterCode}
        {dialog === 'total' && enterTotal}
        {settings}
      </ScanTarget>
    </ApprovalProvider>
  )
}
