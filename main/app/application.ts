/*
 * app/ puts the till of this computer together (live or training, with its set-up) and presents it to ipc/ as one
 * application with one snapshot. No Electron, which is for desktop/, and no rules about coupons, which are redemption/'s.
 */

import type { AppSnapshot } from '../contract/snapshot.ts'
import type { AttachedRead } from '../contract/attached-scanner.ts'
import { createAttachedScanner, type Devices } from '../scanners/attached-scanner.ts'
import { CounterRevision } from './counter-revision.ts'
import { createDailyBackups } from '../backup/daily-backups.ts'
import { type CounterView, noCounter } from '../contract/counter.ts'
import { createUpdateChecker, type FetchText } from '../updates/update-checker.ts'
import { makeSnapshot } from './application-snapshot.ts'
import { type BackupFiles, createBackupOrders } from './backup-orders.ts'
import { createHandOverOrders, type HandOverFiles } from './hand-over-orders.ts'
import { createListeners } from '../redemption/listeners.ts'
import type { OpenTill } from './open-till.ts'
import type { Arrival } from './live/arrival.ts'
import type { MismatchDesk } from './live/mismatch-desk.ts'
import type { OwnerCheck } from './live/owner-check.ts'
import type { TillHost } from './till-host.ts'
import { isMismatch } from '../contract/obstacle.ts'
import { ok } from '../contract/result.ts'
import { createPapers } from './papers.ts'
import type { Application, KeptPreferences } from './ports.ts'

export interface ApplicationParts {
  readonly till: {
    readonly host: TillHost
    readonly setup: Application['setup']
    readonly owners: Pick<OwnerCheck, 'confirm'> & Pick<MismatchDesk, 'found' | 'take'>
    readonly arrival: Arrival
    readonly decommission: Application['decommission']
  }
  readonly computer: {
    readonly preferences: KeptPreferences
    readonly startUp: Application['startUp']
    readonly licences: Application['licences']
    /** Where settings, records and logs are. */
    readonly dataFolder: string
    readonly runtime: AppSnapshot['runtime']
    /** Epoch milliseconds. */
    readonly clock: () => number
    /** Uses the system's proxy. Not for WeChat Pay, which has a client of its own. */
    readonly fetchText: FetchText
    readonly openPractice: Application['openPractice']
    /** Opens scanners that do not act as a keyboard. */
    readonly devices: Devices
  }
  /** What asks a person for a file, or prints. */
  readonly dialogs: {
    readonly reports: Application['reports']
    readonly handOverFiles: HandOverFiles
    readonly backupFiles: BackupFiles
  }
  /** What was thrown in the background: by the disk while a backup was written or restored, or by a till. */
  readonly onFault: (of: 'backup' | 'till', cause: unknown) => void
}

/** `subscribe` and the functions below it return a function that ends the listening. */
export interface ObservableApplication extends Application {
  /** Calls the listener after every change, for it to read `snapshot()`. */
  subscribe(listener: () => void): () => void
  /** Calls the listener at once after every change of the counter. */
  onCounter(listener: (counter: CounterView) => void): () => void
  /** Calls the listener with every read of a scanner that does not act as a keyboard. */
  onScannerRead(listener: (read: AttachedRead) => void): () => void
  /** Closes the scanner and the till. */
  close(): Promise<void>
}

/** Joins the till that is open, the preferences and the set-up. The snapshot's revision grows with every change. */
export function createApplication(parts: ApplicationParts): ObservableApplication {
  const { till, computer, dialogs, onFault } = parts
  const onBackupFault = (cause: unknown): void => onFault('backup', cause)
  const { preferences, runtime, clock } = computer
  const { host } = till
  const changes = createListeners()
  const startedAt = clock()
  const counterChanges = createListeners<CounterView>()
  const scannerReads = createListeners<AttachedRead>()
  let revision = 0
  const counterRevision = new CounterRevision()
  let sentCounterRevision = 0
  let latestSnapshot: AppSnapshot | null = null
  /** The result of checking the audit trail of one open till. */
  let auditCheck: { readonly of: OpenTill; result: AppSnapshot['audit'] } | null = null

  function changed(): void {
    revision += 1
    changes.tell()
  }

  function tillNow(): OpenTill | null {
    const current = host.current()
    return current?.ok === true ? current.value : null
  }

  function counterNow(): CounterView {
    return counterRevision.number(tillNow()?.till.counter() ?? noCounter)
  }

  /** What is known of the open till's audit trail. Starts the check of a till that was opened since the last call. */
  function auditNow(): AppSnapshot['audit'] {
    const open = tillNow()
    if (!open) return 'unchecked'
    if (auditCheck?.of === open) return auditCheck.result
    const check: NonNullable<typeof auditCheck> = { of: open, result: 'unchecked' }
    auditCheck = check
    open.checkRecords().then(
      (result) => {
        check.result = result === 'intact' ? 'intact' : 'broken'
        changed()
        if (result !== 'tampered' || tillNow() !== open) return
        till.owners.found('tampered-records')
        host.reopen().catch((cause: unknown) => onFault('till', cause))
      },
      (cause: unknown) => {
        // The till was closed during the check, and the one that is opened after it is checked in its place.
        if (tillNow() === open) onFault('till', cause)
      },
    )
    return check.result
  }

  const attached = createAttachedScanner({
    devices: computer.devices,
    onRead: scannerReads.tell,
    onChange: changed,
    after: (ms, call) => {
      const timer = setTimeout(call, ms)
      return () => clearTimeout(timer)
    },
  })
  attached.connect(preferences.get().scannerConnection)

  const backups = createDailyBackups({
    state: {
      get: () => preferences.get().backup,
      set(backup) {
        preferences.set({ backup })
        changed()
      },
    },
    source: () => tillNow()?.backup ?? null,
    clock,
    onFault: onBackupFault,
  })

  const updates = createUpdateChecker({
    state: {
      get: () => preferences.get().updates,
      set(next) {
        preferences.set({ updates: next })
        changed()
      },
    },
    fetchText: computer.fetchText,
    version: runtime.version,
    platform: process.platform,
    clock,
  })

  /** Opens the till anew, with the same person signed in. */
  async function reopen(meanwhile?: () => void): Promise<void> {
    const { person = null } = tillNow()?.shop.session.view() ?? {}
    try {
      await host.reopen(meanwhile)
    } finally {
      if (person) tillNow()?.shop.session.resume(person.id)
    }
  }

  const backupOrders = createBackupOrders({
    backups,
    files: dialogs.backupFiles,
    live: () => tillNow()?.backup ?? null,
    arrival: till.arrival,
    hasFolder: () => preferences.get().backup.folder !== null,
    reopen,
    onChange: changed,
    onFault: onBackupFault,
  })

  host.onCounter(() => {
    const counter = counterNow()
    // The till tells of a verdict and its sound as two changes; the page is told once.
    if (counter.revision === sentCounterRevision) return
    sentCounterRevision = counter.revision
    counterChanges.tell(counter)
  })
  host.subscribe(() => {
    auditNow()
    changed()
  })
  auditNow()

  return {
    subscribe: changes.add,
    onCounter: counterChanges.add,
    onScannerRead: scannerReads.add,
    async close() {
      backups.close()
      updates.close()
      await attached.close()
      await host.close()
    },
    snapshot() {
      const current = host.current()
      // Made once for each revision, since window, tray and page all ask for it. While the till is being opened anew, the
      // last one stands.
      if (latestSnapshot && (latestSnapshot.revision === revision || current === null))
        return latestSnapshot
      if (current === null) throw new Error('no snapshot before the first till was opened')
      const scannerState = attached.state()
      latestSnapshot = makeSnapshot({
        current,
        always: { revision, runtime, ...preferences.get(), scannerState },
        counter: counterNow(),
        audit: auditNow(),
        startedAt,
      })
      return latestSnapshot
    },
    settled: () => host.settled(),
    prefer(change) {
      preferences.set(change)
      if (change.scannerConnection) attached.connect(change.scannerConnection)
      changed()
    },
    scannerPorts: () => attached.ports(),
    about: () => ({
      merchantId: null,
      tillId: null,
      ...tillNow()?.identity,
      dataFolder: computer.dataFolder,
      supportContact: tillNow()?.shop.settings().supportContact ?? '',
    }),
    licences: computer.licences,
    till: () => (host.obstacle() === null ? (tillNow()?.till ?? null) : null),
    expectScan: () => tillNow()?.expectScan(),
    shop: () => tillNow()?.shop ?? null,
    records: () => tillNow()?.records ?? null,
    async saveSettings(settings) {
      const shop = tillNow()?.shop
      if (!shop) return
      shop.saveSettings(settings)
      await reopen()
    },
    // An open till stays as it is: anybody may ask for this, and it must neither sign a person out nor cut off their work.
    async retry() {
      if (host.obstacle() !== null) await host.reopen()
    },
    async confirmOwner(proof) {
      const shown = host.obstacle()
      const confirmed = await till.owners.confirm(proof)
      if (!confirmed.ok) return confirmed
      if (shown !== null && isMismatch(shown.code)) {
        till.owners.take(shown.code, confirmed.value)
        await host.reopen()
      }
      return ok(null)
    },
    setup: till.setup,
    reports: dialogs.reports,
    papers: createPapers({
      till: tillNow,
      language: () => preferences.get().language,
      clock,
    }),
    handOvers: createHandOverOrders({
      files: dialogs.handOverFiles,
      isOpen: (opened) => tillNow()?.till === opened,
    }),
    handingTill: () => (host.obstacle() === null ? tillNow() : null),
    startUp: computer.startUp,
    backups: backupOrders,
    decommission: till.decommission,
    updates,
    openPractice: computer.openPractice,
    training() {
      const controls = tillNow()?.training ?? null
      return (
        controls && {
          ...controls,
          async setNetwork(next) {
            await controls.setNetwork(next)
            changed()
          },
        }
      )
    },
  }
}
