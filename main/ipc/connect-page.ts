import type { WebContents } from 'electron'
import type { ObservableApplication } from '../app/application.ts'
import { appOrigin } from '../desktop/page-policy.ts'
import { admit } from './admit.ts'
import { createHandlers } from './handlers.ts'
import { type RequestFault, serveRequests } from './router.ts'
import { sendEvents } from './send-events.ts'

/** Carries out what the page asks for, and keeps it up to date. Returns how to stop. */
export function connectPage(
  page: WebContents,
  application: ObservableApplication,
  onFault: RequestFault,
): () => void {
  const stopServing = serveRequests(createHandlers(application), {
    origin: appOrigin,
    settled: () => application.settled(),
    admit: (needs) => admit(application.shop()?.session ?? null, needs),
    onFault,
  })
  const stopSending = sendEvents(page, application)
  return () => {
    stopSending()
    stopServing()
  }
}
