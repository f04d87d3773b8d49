import type { appRequests } from '../contract/app-requests.ts'
import type { ownerRequests } from '../contract/owner.ts'
import type { preferenceRequests } from '../contract/preferences.ts'
import { ok } from '../contract/result.ts'
import type { Application } from '../app/ports.ts'
import { done } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles requests about the program, the computer that it runs on, and its preferences. */
export function appHandlers(
  application: Pick<
    Application,
    | 'snapshot'
    | 'about'
    | 'retry'
    | 'confirmOwner'
    | 'prefer'
    | 'scannerPorts'
    | 'reports'
    | 'licences'
    | 'exportDiagnostics'
  >,
): Pick<
  Handlers,
  keyof typeof appRequests | keyof typeof ownerRequests | keyof typeof preferenceRequests
> {
  return {
    'app.snapshot': () => Promise.resolve(ok(application.snapshot())),
    'app.retry': async () => {
      await application.retry()
      return done()
    },
    'owner.confirm': async (proof) => ok(await application.confirmOwner(proof)),
    'app.copyText': async ({ text }) => {
      await application.reports.copy(text)
      return done()
    },
    'app.about': () => Promise.resolve(ok(application.about())),
    'app.licences': async () => ok([...(await application.licences())]),
    'app.exportDiagnostics': async () => ok(await application.exportDiagnostics()),
    'scanner.ports': async () => ok([...(await application.scannerPorts())]),
    'preferences.set': (change) => {
      application.prefer(change)
      return done()
    },
  }
}
