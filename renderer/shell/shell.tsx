import { useCallback, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import { isDialogOpen } from '../components/use-keys.ts'
import { parseYuan } from '../format/money.ts'
import type { SetupStep } from '../screens/setup/setup-steps.ts'
import { RecoveryDialog } from '../screens/staff/recovery-dialog.tsx'
import { CompactScreen } from '../screens/till/compact-screen.tsx'
import type { HistoryOpening } from '../screens/history/history-opening.ts'
import { ManualEntry } from '../screens/till/manual-entry.tsx'
import { ScannerSettings } from '../screens/till/scanner-settings.tsx'
import { TotalDialog } from '../screens/till/total-dialog.tsx'
import { TillScreen } from '../screens/till/till-screen.tsx'
import { useCounter } from '../screens/till/use-counter.ts'
import { useTillScanner } from '../screens/till/use-till-scanner.ts'
import { playTone } from '../sounds/tones.ts'
import { useCounterSound } from '../sounds/use-counter-sound.ts'
import { Tutorial } from '../tutorial/tutorial.tsx'
import { ApprovalProvider } from './approval.tsx'
import { Banners } from './banners.tsx'
import type { Destination } from './destinations.ts'
import { Header } from './header.tsx'
import { rememberPerson } from './last-person.ts'
import { LeaveGuardProvider, useLeaveQuestion } from './leave-guard.tsx'
import { LockedShell } from './locked-shell.tsx'
import { Navigation } from './navigation.tsx'
import { type Aside, Notices } from './notices.tsx'
import { may } from './permissions.ts'
import { RescueNotice } from './rescue-notice.tsx'
import { ScanTarget, useScanTargets } from './scan-target.ts'
import { FinishedSetup, Screen, useScreensAhead } from './screen.tsx'
import styles from './shell.module.css'
import { StatusBar } from './status-bar.tsx'
import { useExpectedScan } from '../scanner/use-expected-scan.ts'
import { useActivity } from './use-activity.ts'
import { useCounterInFront } from './use-counter-in-front.ts'
import { useCouponInSight } from './use-coupon-in-sight.ts'
import { useBlurAfterClick } from './use-blur-after-click.ts'
import { useScrollKeys } from './use-scroll-keys.ts'
import { useTotalEntry } from './use-total-entry.ts'
import { type ShellDialog, switchSize, useLanguageShortcut, useShortcuts } from './use-shortcuts.ts'

/**
 * The frame around all screens, or the lock screen. Whoever signs in starts at the till, wherever the person before
 * was.
 */
export function Shell({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { required, person } = snapshot.session
  // Heard on every screen and while nobody is signed in, because results may come at any time.
  useCounterSound(snapshot)
  useEffect(() => rememberPerson(person), [person])
  if (required && person === null) return <LockedShell snapshot={snapshot} />
  return <OpenShell key={person?.id ?? ''} snapshot={snapshot} />
}

/** What stays in sight on every screen, and the scanner, which every screen uses. */
function OpenShell({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { session, compact } = snapshot
  const [destination, setDestination] = useState<Destination>('till')
  /** Where a button led to in the set-up; `null` where nothing did. */
  const [setupStep, setSetupStep] = useState<SetupStep | null>(null)
  const [dialog, setDialog] = useState<ShellDialog | null>(null)
  const [history, setHistory] = useState<HistoryOpening | null>(null)
  const inSight = useCouponInSight(destination === 'till', snapshot.counter)
  const closeDialog = useCallback(() => setDialog(null), [])
  const { page, isTotalInvalid, redeem, misread, setTotal, nextCustomer } = useCounter(snapshot)
  const [asksAgain, setAsksAgain] = useState(false)
  const totalFen = snapshot.counter.order?.totalFen ?? null
  const total = useTotalEntry(totalFen)
  const { begin } = total
  const openDialog = useCallback(
    (next: ShellDialog) => {
      begin()
      setAsksAgain(false)
      setDialog(next)
    },
    [begin],
  )
  /** How many times the tutorial was started; 0 while it is closed. */
  const [tutored, setTutored] = useState(0)
  /** Until the owner signs in the next time. */
  const [isRecoveryPutOff, setIsRecoveryPutOff] = useState(false)
  const [aside, setAside] = useState<Aside | null>(null)
  const { offered, setOffered, take, targets } = useScanTargets()

  const { guard, question } = useLeaveQuestion()
  const go = useCallback(
    (next: Destination, then: () => void = () => undefined) => {
      guard.leave(() => {
        setDialog(null)
        setOffered(null)
        setAside(null)
        setSetupStep(null)
        // The complaint is about the coupon on the screen.
        setHistory(inSight.current === null ? null : { coupon: inSight.current })
        setDestination(next)
        // Other screens need the whole window.
        if (compact && next !== 'till') switchSize(compact)
        then()
      })
    },
    [setOffered, compact, guard, inSight],
  )
  const goSetup = useCallback((step: SetupStep) => go('settings', () => setSetupStep(step)), [go])
  const goSettings = useCallback(() => go('settings'), [go])
  const goHistory = useCallback(
    (opening: HistoryOpening) => go('history', () => setHistory(opening)),
    [go],
  )
  const goQueue = useCallback(() => goHistory({ state: 'pending' }), [goHistory])
  const onScannerSettings = useCallback(() => openDialog('calibration'), [openDialog])
  const onManualEntry = useCallback(() => {
    go('till', () => openDialog('manual-entry'))
  }, [go, openDialog])
  const onTotal = useCallback(() => {
    go('till', () => openDialog('total'))
  }, [go, openDialog])
  const isTill = compact || destination === 'till'
  useCounterInFront(isTill)
  const scanner = useTillScanner({
    calibrated: snapshot.scanner,
    attached: snapshot.scannerState,
    enabled: dialog !== 'calibration',
    expectsTyping: dialog === 'total',
    // The field may be open already and not focused yet.
    takesAmount: () => isTill && (dialog === null ? !isDialogOpen() : dialog === 'total'),
    // Drawn at once: the next key, perhaps Enter, is on its way to the field.
    onAmount: (digits, at) =>
      flushSync(() => {
        const isNew = dialog !== 'total'
        if (isNew) openDialog('total')
        total.append(digits, at, isNew)
      }),
    onScan: (text, source, startedAt) => {
      setAside(null)
      // A receipt may carry its total as a barcode.
      const scannedTotal = dialog === 'total' ? parseYuan(text) : null
      if (scannedTotal !== null) {
        closeDialog()
        setTotal(scannedTotal)
        return
      }
      if (isTill) {
        closeDialog()
        redeem(text, source, dialog === 'total' ? total.typedBefore(startedAt) : null)
        return
      }
      if (!take({ text, source })) setOffered({ text, source })
    },
    onRejected: (why, startedAt) => {
      const isOfDigits = total.isPieceOf(startedAt)
      if (isOfDigits) closeDialog()
      if (!isTill) {
        setAside({ missed: why })
      } else if (dialog === 'total' && !isOfDigits) {
        // Typed keys and scanned keys cannot be told apart here: the amount must be checked, and the scanner is not at
        // fault.
        setAsksAgain(true)
        playTone('not-yet', snapshot)
      } else if (isOfDigits || why !== 'unsteady' || !isDialogOpen()) misread(why)
    },
  })
  useLanguageShortcut(snapshot.language)
  useShortcuts({
    snapshot,
    go,
    openDialog,
    nextCustomer() {
      setAside(null)
      nextCustomer()
    },
    onRefused: (refused) => setAside({ refused }),
    destination: isTill ? 'till' : destination,
  })
  useActivity(session.person !== null)
  useExpectedScan()
  useScreensAhead()
  useBlurAfterClick()
  // At the till, Home chooses a batch.
  const main = useScrollKeys(!isTill)
  const enterCode = (
    <ManualEntry
      snapshot={snapshot}
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
      text={total.text}
      isOld={total.isOld}
      onClose={closeDialog}
      onText={total.type}
      asksAgain={asksAgain}
      onSet={(fen) => {
        closeDialog()
        setTotal(fen)
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
  const dialogs = (
    <>
      {may(session, 'set-up') && !compact && <FinishedSetup />}
      <RescueNotice rescue={snapshot.rescue} />
      {session.recovery.isDue && !isRecoveryPutOff && !compact && (
        <RecoveryDialog paper={snapshot.paperSize} onClose={() => setIsRecoveryPutOff(true)} />
      )}
      {dialog === 'manual-entry' && enterCode}
      {dialog === 'total' && enterTotal}
      {settings}
      {question}
    </>
  )
  const notices = (
    <Notices
      language={snapshot.language}
      aside={aside}
      offered={offered}
      onRedeem={({ text, source }) => go('till', () => redeem(text, source))}
      onRead={(which) => (which === 'aside' ? setAside(null) : setOffered(null))}
    />
  )
  if (compact)
    return (
      <ApprovalProvider session={session} at={`${destination} ${dialog}`}>
        <CompactScreen
          snapshot={snapshot}
          page={page}
          isTotalInvalid={isTotalInvalid}
          notes={scanner.notes}
          onNextCustomer={nextCustomer}
          onTotal={onTotal}
          onLeave={() => switchSize(compact)}
        />
        {notices}
        {dialogs}
      </ApprovalProvider>
    )
  return (
    <ApprovalProvider session={session} at={`${destination} ${dialog}`}>
      <ScanTarget value={targets}>
        <div className={styles['shell']}>
          <div className={styles['banner']}>
            <Banners snapshot={snapshot} onSetUp={goSettings} onGo={go} />
            {tutored > 0 && snapshot.training && (
              <Tutorial key={tutored} snapshot={snapshot} onClose={() => setTutored(0)} />
            )}
          </div>
          <Header
            snapshot={snapshot}
            totalFen={totalFen}
            onManualEntry={onManualEntry}
            onScannerSettings={onScannerSettings}
            onTotal={onTotal}
            notes={scanner.notes}
          />
          <Navigation snapshot={snapshot} current={destination} onGo={go} />
          <main ref={main} className={styles['main']} data-testid={`screen-${destination}`}>
            {destination === 'till' ? (
              <TillScreen
                snapshot={snapshot}
                page={page}
                isTotalInvalid={isTotalInvalid}
                redeem={redeem}
                onNextCustomer={nextCustomer}
              />
            ) : (
              <LeaveGuardProvider value={guard}>
                <Screen
                  destination={destination}
                  snapshot={snapshot}
                  setupStep={setupStep}
                  history={history}
                  onGo={go}
                  onHistory={goHistory}
                  onTutorial={() => go('till', () => setTutored((count) => count + 1))}
                />
              </LeaveGuardProvider>
            )}
          </main>
          <StatusBar snapshot={snapshot} onMend={goSetup} onQueue={goQueue} />
        </div>
        {notices}
        {dialogs}
      </ScanTarget>
    </ApprovalProvider>
  )
}
