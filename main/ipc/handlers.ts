import { ok } from '../contract/result.ts'
import type { Application } from '../app/ports.ts'
import { counterHandlers } from './counter-handlers.ts'
import { personOrderHandlers } from './person-order-handlers.ts'
import { done, notAvailable } from './replies.ts'
import type { Handlers } from './router.ts'
import { handOverHandlers } from './hand-over-handlers.ts'
import { recordsHandlers } from './records-handlers.ts'
import { setupHandlers } from './setup-handlers.ts'
import { updateHandlers } from './update-handlers.ts'
import { upkeepHandlers } from './upkeep-handlers.ts'
import { shopHandlers } from './shop-handlers.ts'

/** Turns requests of the page into calls of the application. */
export function createHandlers(application: Application): Handlers {
  return {
    ...setupHandlers(application.setup),
    ...shopHandlers(application),
    ...counterHandlers(application),
    ...personOrderHandlers(application),
    ...recordsHandlers(application),
    ...handOverHandlers(application),
    ...upkeepHandlers(application),
    ...updateHandlers(application),
    'app.snapshot': () => Promise.resolve(ok(application.snapshot())),
    'app.setLanguage': ({ language }) => {
      application.prefer({ language })
      return done()
    },
    'app.retry': async () => {
      await application.retry()
      return done()
    },
    'till.redeem': async (scan, { person }) => {
      const till = application.till()
      if (!till) return notAvailable()
      return ok(await till.redeem({ ...scan, ...(person && { cashier: person.name }) }))
    },
    'app.setScanner': ({ profile }) => {
      application.prefer({ scanner: profile })
      return done()
    },
    'app.setPlacement': ({ placement }) => {
      application.prefer({ placement })
      return done()
    },
    'app.setAppearance': ({ appearance: { theme, textPercent } }) => {
      const { appearance: before } = application.snapshot()
      application.prefer({
        appearance: {
          theme: theme ?? before.theme,
          textPercent: textPercent ?? before.textPercent,
        },
      })
      return done()
    },
    'app.setSound': ({ sound: { volumePercent, muted } }) => {
      const { sound: before } = application.snapshot()
      application.prefer({
        sound: {
          volumePercent: volumePercent ?? before.volumePercent,
          muted: muted ?? before.muted,
        },
      })
      return done()
    },
    'app.setWrapping': ({ wrapping }) => {
      application.prefer({ wrapping })
      return done()
    },
    'scanner.setConnection': ({ connection }) => {
      application.setScannerConnection(connection)
      return done()
    },
    'scanner.ports': async () => ok([...(await application.scannerPorts())]),
    'outbox.syncNow': () => {
      application.till()?.syncNow()
      return done()
    },
    'training.samples': async () => {
      const training = application.training()
      return training ? ok(await training.samples()) : notAvailable()
    },
    'training.renewSamples': async () => {
      const training = application.training()
      return training ? ok(await training.renewSamples()) : notAvailable()
    },
    'training.setNetwork': async ({ network }) => {
      const training = application.training()
      if (!training) return notAvailable()
      await training.setNetwork(network)
      return done()
    },
  }
}
