import { ok } from '../contract/result.ts'
import type { scannerRequests } from '../contract/scanner-requests.ts'
import type { Application } from './handlers.ts'
import { done } from './replies.ts'
import type { Handlers } from './router.ts'

/** Scanners that do not type, and where the window stands. */
export function scannerHandlers(
  application: Pick<Application, 'setPlacement' | 'setScannerConnection' | 'scannerPorts'>,
): Pick<Handlers, keyof typeof scannerRequests> {
  return {
    'app.setPlacement': ({ placement }) => {
      application.setPlacement(placement)
      return done()
    },
    'scanner.setConnection': ({ connection }) => {
      application.setScannerConnection(connection)
      return done()
    },
    'scanner.ports': async () => ok([...(await application.scannerPorts())]),
  }
}
