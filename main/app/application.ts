/*
 * app/ puts the till of this computer together (live or training, with its set-up) and presents it to ipc/ as one
 * application with one snapshot. No Electron, which is for desktop/, and no rules about coupons, which are redemption/'s.
 */

import type { AppSnapshot } from '../contract/snapshot.ts'
import type { AttachedRead } from '../contract/attached-scanner.ts'
import { createAttachedScanner } from '../scanners/attached-scanner.ts'
import { CounterRevision } from './counter-revision.ts'
import { createDiscountDesk } from './discount-desk.ts'
import { createDailyBackups } from '../backup/daily-backups.ts'
import { type CounterView, noCounter } from '../contract/counter.ts'
import { toldControls } from './training/told-controls.ts'
import type { ApplicationParts } from './application-parts.ts'
import { makeSnapshot } from './application-snapshot.ts'
import { createAuditCheck } from './audit-check.ts'
import { createBackupOrders } from './backup-orders.ts'
import { exportDiagnostics } from './diagnostics.ts'
import { createHandOverOrders } from './hand-over-orders.ts'
import { createListeners } from '../redemption/listeners.ts'
import type { OpenTill } from './open-till.ts'
import { createObstacleOrders } from './obstacle-orders.ts'
import { createPapers } from './papers.ts'
import { createPosLink, type PosLink } from '../pos/link.ts'
import { posTillOf } from './pos-till.ts'
import type { Application } from './ports.ts'
import { createProvisioning } from './provisioning.ts'
import { createUpdates } from './updates.ts'

/** `subscribe` and the functions below it return a function that ends the listening. */
export interface ObservableApplication extends Application {
  /** Calls the listener after every change, for it to read `snapshot()`. */
  subscribe(listener: () => void): () => void
  /** Calls the listener at once after every change of the counter. */
  onCounter(listener: (counter: CounterView) => void): () => void
  /** Calls the listener with every read of a scanner that does not act as a keyboard. */
  onScannerRead(listener: (read: AttachedRead) => void): () => void
  /** The link to a POS. */
  readonly pos: PosLink
  /** `hexiao-till provision` has changed something: goes on under it, and carries out its order for the shop. */
  provisioned(): Promise<void>
  /** Closes the scanner and the till. */
  close(): Promise<void>
}

/** Joins the till that is open, the preferences and the set-up. The snapshot's revision grows with every change. */
export function createApplication(parts: ApplicationParts): ObservableApplication {
  const { till, sight, computer, dialogs, onFault } = parts
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

  const auditNow = createAuditCheck({
    till: tillNow,
    onChanged: changed,
    onTampered() {
      till.owners.found('tampered-records')
      host.reopen().catch((cause: unknown) => onFault('till', cause))
    },
    onFault: (cause) => onFault('till', cause),
  })

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

  const updates = createUpdates({
    preferences,
    fetchText: computer.fetchText,
    program: computer.updateProgram,
    version: runtime.version,
    clock,
    till: tillNow,
    onChange: changed,
    onFault: (cause) => onFault('update', cause),
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

  const chain = till.chain(() => reopen())

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

  const pos = createPosLink({
    till: () => posTillOf(tillNow(), clock),
    isPractice: runtime.practice,
    elapsed: () => performance.now(),
    now: clock,
    fileTime: Date.now,
    onFault: (cause) => onFault('pos', cause),
  })

  const discounts = createDiscountDesk({
    till: tillNow,
    counter: counterNow,
    clipboard: dialogs.clipboard,
    language: () => preferences.get().language,
    onChanged: changed,
    onFault: (cause) => onFault('till', cause),
  })

  const provisioned = createProvisioning({
    till: tillNow,
    obstacle: () => host.obstacle(),
    provisioned: till.provisioned,
    preferences,
    backups,
    updates: updates.orders,
    prefer: (change) => application.prefer(change),
    saveSettings: (settings) => application.saveSettings(settings),
    reopen: () => reopen(),
  })

  sight.onFront(() => tillNow()?.till.counterCameToFront())
  host.onCounter(() => {
    const counter = counterNow()
    // The till tells of a verdict and its sound as two changes; the page is told once.
    if (counter.revision === sentCounterRevision) return
    sentCounterRevision = counter.revision
    updates.touched()
    counterChanges.tell(counter)
    // After the page: a cashier's eyes come first.
    discounts.changed()
    pos.changed()
  })
  host.subscribe(() => {
    auditNow()
    discounts.changed()
    changed()
    pos.sync()
    pos.changed()
    chain.sync()
  })
  chain.subscribe(changed)
  chain.sync()
  auditNow()
  discounts.changed()
  pos.sync()

  const application: ObservableApplication = {
    subscribe: changes.add,
    onCounter: counterChanges.add,
    onScannerRead: scannerReads.add,
    provisioned,
    async close() {
      backups.close()
      const emptied = discounts.close()
      updates.close()
      await pos.close()
      await attached.close()
      await host.close()
      await chain.close()
      // Last, because another program may hold the clipboard.
      await emptied
    },
    snapshot() {
      const current = host.current()
      // Made once for each revision, since window, tray and page all ask for it. While the till is being opened anew, the
      // last one stands.
      if (latestSnapshot && (latestSnapshot.revision === revision || current === null))
        return latestSnapshot
      if (current === null) throw new Error('no snapshot before the first till was opened')
      const scannerState = attached.state()
      const updateProgress = updates.progress()
      const discountCopy = discounts.view()
      latestSnapshot = makeSnapshot({
        current,
        always: {
          revision,
          runtime,
          ...preferences.get(),
          scannerState,
          updateProgress,
          discountCopy,
        },
        counter: counterNow(),
        audit: auditNow(),
        shopServer: chain.glance(),
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
    exportDiagnostics: () => exportDiagnostics(parts, application.snapshot()),
    till: () => (host.obstacle() === null ? (tillNow()?.till ?? null) : null),
    showsCounter: (isCounter) => sight.pageShows(isCounter),
    scanned: () => sight.scanned(),
    expectScan: () => tillNow()?.expectScan(),
    shop: () => tillNow()?.shop ?? null,
    records: () => tillNow()?.records ?? null,
    async saveSettings(settings) {
      const shop = tillNow()?.shop
      if (!shop) return
      shop.saveSettings(settings)
      await reopen()
    },
    ...createObstacleOrders(host, till.owners),
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
    chain,
    updates: updates.orders,
    pos,
    copyDiscount: () => discounts.copy(),
    openPractice: computer.openPractice,
    training: () => toldControls(tillNow()?.training ?? null, changed),
  }
  return application
}
