import type { AppSnapshot, TillState, Verdict } from '../contract/snapshot.ts'
import type { ScanSource } from '../contract/snapshot.ts'
import type { Application, TrainingControls } from './handlers.ts'

type Preferences = Pick<AppSnapshot, 'language' | 'scanner'>

/** The parts that the page sees as one. */
export interface ApplicationParts {
  readonly till: {
    state(): TillState
    subscribe(listener: () => void): () => void
    redeem(scan: { payload: string; source: ScanSource }): Promise<Verdict>
    syncNow(): void
  }
  readonly preferences: {
    get(): Preferences
    set(change: Partial<Preferences>): void
  }
  readonly training: (TrainingControls & { readonly network: 'up' | 'cut' }) | null
  readonly isAuditIntact: () => Promise<boolean>
  readonly about: Pick<AppSnapshot, 'mode' | 'keyStorage' | 'runtime'>
}

export interface ObservableApplication extends Application {
  /** Called after every change; the listener reads `snapshot()`. */
  subscribe(listener: () => void): () => void
}

/** Joins the till, the preferences and the training controls into one snapshot with a growing revision. */
export function createApplication(parts: ApplicationParts): ObservableApplication {
  const { till, preferences, training, about } = parts
  const listeners = new Set<() => void>()
  let revision = 0
  let network = training?.network ?? 'up'
  const changed = (): void => {
    revision += 1
    for (const listener of listeners) listener()
  }
  till.subscribe(changed)
  let audit: AppSnapshot['audit'] = 'unchecked'
  void parts.isAuditIntact().then((isIntact) => {
    audit = isIntact ? 'intact' : 'broken'
    changed()
  })

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    snapshot: () => ({
      ...till.state(),
      ...about,
      revision,
      audit,
      ...preferences.get(),
      training: training ? { network } : null,
    }),
    setLanguage: (language) => {
      preferences.set({ language })
      changed()
    },
    setScanner: (scanner) => {
      preferences.set({ scanner })
      changed()
    },
    redeem: (scan) => till.redeem(scan),
    syncNow: () => till.syncNow(),
    training: training && {
      samples: () => training.samples(),
      renewSamples: () => training.renewSamples(),
      setNetwork: async (next) => {
        await training.setNetwork(next)
        network = next
        changed()
      },
    },
  }
}
