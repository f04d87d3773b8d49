import type {
  AppSnapshot,
  Language,
  SampleCoupon,
  ScanSource,
  Verdict,
} from '../contract/snapshot.ts'
import type { ScannerConnection, SerialPortView } from '../contract/attached-scanner.ts'
import type { CodeWrapping } from '../contract/code-wrapping.ts'
import type { Placement } from '../contract/placement.ts'
import type { ScannerProfile } from '../contract/scanner-profile.ts'
import { err, ok } from '../contract/result.ts'
import type { SetupControls } from '../modes/setup.ts'
import type { Handlers } from './router.ts'

/** What the handlers need of the rest: no Electron, so that they can be read and tested as plain functions. */
export interface Application {
  snapshot(): AppSnapshot
  setLanguage(language: Language): void
  setScanner(profile: ScannerProfile): void
  setPlacement(placement: Placement): void
  setWrapping(wrapping: CodeWrapping): void
  setScannerConnection(connection: ScannerConnection): void
  scannerPorts(): Promise<readonly SerialPortView[]>
  /** `null` behind an obstacle. */
  redeem(scan: { payload: string; source: ScanSource }): Promise<Verdict | null>
  syncNow(): void
  /** Looks again at what stood in the way. */
  retry(): Promise<void>
  readonly setup: SetupControls
  /** Absent in live mode. */
  training(): TrainingControls | null
}

export interface TrainingControls {
  samples(): Promise<SampleCoupon[]>
  renewSamples(): Promise<SampleCoupon[]>
  setNetwork(network: 'up' | 'cut'): Promise<void>
}

/** Turns requests of the page into calls of the application. */
export function createHandlers(application: Application): Handlers {
  const { setup } = application
  const notAvailable = Promise.resolve(err({ code: 'not-available' as const }))
  const done = Promise.resolve(ok(null))
  return {
    'app.snapshot': () => Promise.resolve(ok(application.snapshot())),
    'app.setLanguage': ({ language }) => {
      application.setLanguage(language)
      return done
    },
    'app.retry': async () => {
      await application.retry()
      return ok(null)
    },
    'till.redeem': async (scan) => {
      const verdict = await application.redeem(scan)
      return verdict === null ? notAvailable : ok(verdict)
    },
    'app.setScanner': ({ profile }) => {
      application.setScanner(profile)
      return done
    },
    'app.setPlacement': ({ placement }) => {
      application.setPlacement(placement)
      return done
    },
    'app.setWrapping': ({ wrapping }) => {
      application.setWrapping(wrapping)
      return done
    },
    'scanner.setConnection': ({ connection }) => {
      application.setScannerConnection(connection)
      return done
    },
    'scanner.ports': async () => ok([...(await application.scannerPorts())]),
    'outbox.syncNow': () => {
      application.syncNow()
      return done
    },
    'training.samples': async () => {
      const training = application.training()
      return training ? ok(await training.samples()) : notAvailable
    },
    'training.renewSamples': async () => {
      const training = application.training()
      return training ? ok(await training.renewSamples()) : notAvailable
    },
    'training.setNetwork': async ({ network }) => {
      const training = application.training()
      if (!training) return notAvailable
      await training.setNetwork(network)
      return ok(null)
    },
    'setup.state': () => Promise.resolve(ok(setup.state())),
    'setup.chooseFiles': async ({ purpose, merchantId }) =>
      ok(await setup.chooseFiles(purpose, merchantId)),
    'setup.takeFiles': ({ purpose, merchantId, paths }) =>
      Promise.resolve(ok(setup.takeFiles(purpose, merchantId, paths))),
    'setup.test': async (form) => ok(await setup.test(form)),
    'setup.apply': async (form) => ok(await setup.apply(form)),
    'setup.deleteSources': () => Promise.resolve(ok(setup.deleteSources())),
    'setup.forget': () => {
      setup.forget()
      return done
    },
  }
}
