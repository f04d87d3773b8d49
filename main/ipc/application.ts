import type { AppSnapshot, TillState } from '../contract/snapshot.ts'
import type { AttachedRead } from '../contract/attached-scanner.ts'
import { createAttachedScanner, type Devices } from '../scanners/attached-scanner.ts'
import type { OpenTill } from '../modes/open-till.ts'
import type { Station } from '../modes/station.ts'
import type { Application } from './handlers.ts'

type Preferences = Pick<
  AppSnapshot,
  'language' | 'scanner' | 'scannerConnection' | 'wrapping' | 'placement'
>

/** The parts that the page sees as one. */
export interface ApplicationParts {
  readonly station: Station
  readonly preferences: {
    get(): Preferences
    set(change: Partial<Preferences>): void
  }
  readonly setup: Application['setup']
  /** Of scanners that do not type. */
  readonly devices: Devices
  readonly onScannerRead: (read: AttachedRead) => void
  readonly runtime: AppSnapshot['runtime']
  /** Epoch milliseconds. */
  readonly clock: () => number
}

export interface ObservableApplication extends Application {
  /** Called after every change; the listener reads `snapshot()`. */
  subscribe(listener: () => void): () => void
  /** Lets go of the scanner and of what stands at the counter. */
  close(): Promise<void>
}

/** Joins what stands at the counter, the preferences and the set-up into one snapshot with a growing revision. */
export function createApplication(parts: ApplicationParts): ObservableApplication {
  const { station, preferences, runtime } = parts
  const listeners = new Set<() => void>()
  const startedAt = parts.clock()
  let revision = 0
  /** What is learned of one open till; another starts afresh. */
  let learned: { of: OpenTill; audit: AppSnapshot['audit']; network: 'up' | 'cut' } | null = null

  function changed(): void {
    revision += 1
    for (const listener of listeners) listener()
  }

  function learn(): typeof learned {
    const here = station.current()
    if (!here.ok) return null
    if (learned?.of === here.value) return learned
    const fresh: NonNullable<typeof learned> = {
      of: here.value,
      audit: 'unchecked',
      network: here.value.controls?.network ?? 'up',
    }
    learned = fresh
    void here.value.isAuditIntact().then((isIntact) => {
      fresh.audit = isIntact ? 'intact' : 'broken'
      changed()
    })
    return fresh
  }

  const attached = createAttachedScanner({
    devices: parts.devices,
    onRead: parts.onScannerRead,
    onChange: changed,
    after: (ms, call) => {
      const timer = setTimeout(call, ms)
      return () => clearTimeout(timer)
    },
  })
  attached.connect(preferences.get().scannerConnection)

  station.subscribe(() => {
    learn()
    changed()
  })
  learn()

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async close() {
      await attached.close()
      await station.close()
    },
    snapshot() {
      const here = station.current()
      const about = { revision, runtime, ...preferences.get(), scannerState: attached.state() }
      const obstacle = station.obstacle()
      if (!here.ok) {
        const { mode, certificate } = here.error
        const nothing = { audit: 'unchecked', keyStorage: 'keychain', training: null } as const
        return { ...idleState(startedAt), ...about, ...nothing, mode, obstacle, certificate }
      }
      const { mode, keyStorage, controls, till } = here.value
      const { audit = 'unchecked', network = 'up' } = learn() ?? {}
      return {
        ...till.state(),
        ...about,
        mode,
        keyStorage,
        obstacle,
        audit,
        certificate: here.value.certificate(),
        training: controls && { network },
      }
    },
    setLanguage: (language) => {
      preferences.set({ language })
      changed()
    },
    setScanner: (scanner) => {
      preferences.set({ scanner })
      changed()
    },
    setPlacement: (placement) => {
      preferences.set({ placement })
      changed()
    },
    setWrapping: (wrapping) => {
      preferences.set({ wrapping })
      changed()
    },
    setScannerConnection: (scannerConnection) => {
      preferences.set({ scannerConnection })
      attached.connect(scannerConnection)
      changed()
    },
    scannerPorts: () => attached.ports(),
    async redeem(scan) {
      const here = station.current()
      return here.ok && station.obstacle() === null ? here.value.till.redeem(scan) : null
    },
    syncNow() {
      const here = station.current()
      if (here.ok) here.value.till.syncNow()
    },
    retry: () => station.reopen(),
    setup: parts.setup,
    training() {
      const here = station.current()
      const controls = here.ok ? here.value.controls : null
      return (
        controls && {
          samples: () => controls.samples(),
          renewSamples: () => controls.renewSamples(),
          setNetwork: async (next) => {
            await controls.setNetwork(next)
            const known = learn()
            if (known) known.network = next
            changed()
          },
        }
      )
    },
  }
}

/** Behind an obstacle there is no till and nothing to tell of one. */
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
    recent: [],
  }
}
