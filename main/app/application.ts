import type { AppSnapshot, TillState } from '../contract/snapshot.ts'
import type { AttachedRead } from '../contract/attached-scanner.ts'
import { createAttachedScanner, type Devices } from '../scanners/attached-scanner.ts'
import { CounterRevision } from './counter-revision.ts'
import { createDailyBackups } from '../backup/daily-backups.ts'
import { type CounterView, noCounter } from '../contract/counter.ts'
import { createUpdateChecker, type FetchFeed } from '../updates/update-checker.ts'
import { type BackupFiles, createBackupOrders } from './backup-orders.ts'
import { createHandOverOrders, type HandOverFiles } from './hand-over-orders.ts'
import { createListeners } from './listeners.ts'
import type { OpenTill } from './open-till.ts'
import type { TillHost } from './till-host.ts'
import type { Application, KeptPreferences } from './ports.ts'

/** The parts that the page sees as one. */
export interface ApplicationParts {
  readonly tillHost: TillHost
  readonly preferences: KeptPreferences
  readonly setup: Application['setup']
  readonly reports: Application['reports']
  readonly handOverFiles: HandOverFiles
  readonly backupFiles: BackupFiles
  readonly startUp: Application['startUp']
  /** For anything but WeChat Pay: through the system's proxy. */
  readonly fetch: FetchFeed
  readonly onBackupFault: (cause: unknown) => void
  /** Of scanners that do not type. */
  readonly devices: Devices
  readonly runtime: AppSnapshot['runtime']
  /** Epoch milliseconds. */
  readonly clock: () => number
}

export interface ObservableApplication extends Application {
  /** Called after every change; the listener reads `snapshot()`. */
  subscribe(listener: () => void): () => void
  /** Called at once after every change at the counter. */
  onCounter(listener: (counter: CounterView) => void): () => void
  /** Called with everything that a scanner sent which does not type. */
  onScannerRead(listener: (read: AttachedRead) => void): () => void
  /** Lets go of the scanner and of what stands at the counter. */
  close(): Promise<void>
}

/** Joins what stands at the counter, the preferences and the set-up into one snapshot with a growing revision. */
export function createApplication(parts: ApplicationParts): ObservableApplication {
  const { tillHost, preferences, runtime } = parts
  const changes = createListeners()
  const startedAt = parts.clock()
  const counterChanges = createListeners<CounterView>()
  const scannerReads = createListeners<AttachedRead>()
  let revision = 0
  const counterRevision = new CounterRevision()
  let toldRevision = 0
  let made: AppSnapshot | null = null
  /** What is openTillFacts of one open till; another starts afresh. */
  let openTillFacts: { of: OpenTill; audit: AppSnapshot['audit']; network: 'up' | 'cut' } | null =
    null

  function changed(): void {
    revision += 1
    changes.tell()
  }

  /** What stands at the counter of the till that is open. */
  function counterNow(): CounterView {
    return counterRevision.of(here()?.till.counter() ?? noCounter)
  }

  function here(): OpenTill | null {
    const current = tillHost.current()
    return current?.ok === true ? current.value : null
  }

  function factsOfOpenTill(): typeof openTillFacts {
    const open = here()
    if (!open) return null
    if (openTillFacts?.of === open) return openTillFacts
    const fresh: NonNullable<typeof openTillFacts> = {
      of: open,
      audit: 'unchecked',
      network: open.controls?.network ?? 'up',
    }
    openTillFacts = fresh
    void open.isAuditIntact().then((isIntact) => {
      fresh.audit = isIntact ? 'intact' : 'broken'
      changed()
    })
    return fresh
  }

  const attached = createAttachedScanner({
    devices: parts.devices,
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
    source: () => here()?.backup ?? null,
    clock: parts.clock,
    onFault: parts.onBackupFault,
  })

  const updates = createUpdateChecker({
    state: {
      get: () => preferences.get().updates,
      set(next) {
        preferences.set({ updates: next })
        changed()
      },
    },
    fetch: parts.fetch,
    version: runtime.version,
    platform: process.platform,
    clock: parts.clock,
  })

  /** The person who is signed in stays so. */
  async function reopen(meanwhile?: () => void): Promise<void> {
    const { person = null } = here()?.shop.session.view() ?? {}
    try {
      await tillHost.reopen(meanwhile)
    } finally {
      if (person) here()?.shop.session.resume(person.id)
    }
  }

  const backupOrders = createBackupOrders({
    backups,
    files: parts.backupFiles,
    live: () => here()?.backup ?? null,
    reopen,
    onFault: parts.onBackupFault,
  })

  /** Window, tray and page all ask after one change: it is put together once. */
  function makeSnapshot(current: NonNullable<ReturnType<TillHost['current']>>): AppSnapshot {
    const about = { revision, runtime, ...preferences.get(), scannerState: attached.state() }
    const obstacle = tillHost.obstacle()
    if (!current.ok) {
      const { mode, certificate } = current.error
      return { ...idleState(startedAt), ...about, ...closedTill, mode, obstacle, certificate }
    }
    const { mode, keyStorage, controls, till, shop } = current.value
    const { audit = 'unchecked', network = 'up' } = factsOfOpenTill() ?? {}
    return {
      ...till.state(),
      counter: counterNow(),
      ...about,
      mode,
      keyStorage,
      obstacle,
      audit,
      certificate: current.value.certificate(),
      clock: current.value.clock(),
      rescue: current.value.rescue,
      session: shop.session.view(),
      shift: shop.shifts.state(),
      training: controls && { network },
    }
  }

  tillHost.onCounter(() => {
    const counter = counterNow()
    // A verdict and its sound are two changes, and one that is told.
    if (counter.revision === toldRevision) return
    toldRevision = counter.revision
    counterChanges.tell(counter)
  })
  tillHost.subscribe(() => {
    factsOfOpenTill()
    changed()
  })
  factsOfOpenTill()

  return {
    subscribe: changes.add,
    onCounter: counterChanges.add,
    onScannerRead: scannerReads.add,
    async close() {
      backups.close()
      updates.close()
      await attached.close()
      await tillHost.close()
    },
    snapshot() {
      const current = tillHost.current()
      // While the till is opened again, the page shows what stood there before.
      if (made && (made.revision === revision || current === null)) return made
      if (current === null) throw new Error('asked before the first till was opened')
      made = makeSnapshot(current)
      return made
    },
    settled: () => tillHost.settled(),
    prefer(change) {
      preferences.set(change)
      if (change.scannerConnection) attached.connect(change.scannerConnection)
      changed()
    },
    scannerPorts: () => attached.ports(),
    till: () => (tillHost.obstacle() === null ? (here()?.till ?? null) : null),
    shop: () => here()?.shop ?? null,
    records: () => here()?.records ?? null,
    async saveSettings(settings) {
      const before = here()?.shop
      if (!before) return
      before.saveSettings(settings)
      await reopen()
    },
    retry: () => tillHost.reopen(),
    setup: parts.setup,
    reports: parts.reports,
    handOvers: createHandOverOrders(parts.handOverFiles),
    startUp: parts.startUp,
    backups: backupOrders,
    updates,
    training() {
      const controls = here()?.controls
      return (
        controls && {
          samples: () => controls.samples(),
          renewSamples: () => controls.renewSamples(),
          setNetwork: async (next) => {
            await controls.setNetwork(next)
            const known = factsOfOpenTill()
            if (known) known.network = next
            changed()
          },
        }
      )
    },
  }
}

/** Behind an obstacle there is no till and nothing to tell of one. */
const closedTill = {
  audit: 'unchecked',
  keyStorage: 'keychain',
  session: { required: false, person: null, staff: [] },
  shift: { current: null, toAcknowledge: null },
  training: null,
  clock: null,
  rescue: null,
} as const satisfies Partial<AppSnapshot>

function idleState(since: number): TillState {
  return {
    connection: {
      state: 'untried',
      since,
      lastContactAt: null,
      nextProbeAt: null,
      blockedBy: null,
    },
    queue: { waiting: 0, oldestAt: null, review: 0, unreadable: 0, paused: true },
    badge: 'untried',
    recent: [],
    recordsRevision: 0,
    counter: noCounter,
  }
}
