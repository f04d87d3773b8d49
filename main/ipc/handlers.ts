import type {
  AppSnapshot,
  Language,
  SampleCoupon,
  ScanSource,
  Verdict,
} from '../contract/snapshot.ts'
import type { ScannerProfile } from '../contract/scanner-profile.ts'
import { err, ok } from '../contract/result.ts'
import type { Handlers } from './router.ts'

/** What the handlers need of the rest: no Electron, so that they can be read and tested as plain functions. */
export interface Application {
  snapshot(): AppSnapshot
  setLanguage(language: Language): void
  setScanner(profile: ScannerProfile): void
  redeem(scan: { payload: string; source: ScanSource }): Promise<Verdict>
  syncNow(): void
  /** Absent in live mode. */
  readonly training: TrainingControls | null
}

export interface TrainingControls {
  samples(): Promise<SampleCoupon[]>
  renewSamples(): Promise<SampleCoupon[]>
  setNetwork(network: 'up' | 'cut'): Promise<void>
}

/** Turns requests of the page into calls of the application. */
export function createHandlers(application: Application): Handlers {
  const { training } = application
  const notAvailable = Promise.resolve(err({ code: 'not-available' as const }))
  return {
    'app.snapshot': () => Promise.resolve(ok(application.snapshot())),
    'app.setLanguage': ({ language }) => {
      application.setLanguage(language)
      return Promise.resolve(ok(null))
    },
    'app.setScanner': ({ profile }) => {
      application.setScanner(profile)
      return Promise.resolve(ok(null))
    },
    'till.redeem': async (scan) => ok(await application.redeem(scan)),
    'outbox.syncNow': () => {
      application.syncNow()
      return Promise.resolve(ok(null))
    },
    'training.samples': async () => (training ? ok(await training.samples()) : notAvailable),
    'training.renewSamples': async () =>
      training ? ok(await training.renewSamples()) : notAvailable,
    'training.setNetwork': async ({ network }) => {
      if (!training) return notAvailable
      await training.setNetwork(network)
      return ok(null)
    },
  }
}
