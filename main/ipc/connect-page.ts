import type { WebContents } from 'electron'
import type { ObservableApplication } from '../app/application.ts'
import { appOrigin } from '../desktop/page-policy.ts'
import { admit } from './admit.ts'
import { createHandlers } from './handlers.ts'
import { serveRequests } from './router.ts'
import type { ReportFault } from './serve-request.ts'
import { sendEvents } from './send-events.ts'

/** Serves the page's requests and sends it events. Returns a function that ends both. */
export function connectPage(
  page: WebContents,
  application: ObservableApplication,
  onFault: ReportFault,
): () => void {
  const stopServing = serveRequests(createHandlers(application), {
    origin: appOrigin,
    settled: () => application.settled(),
    admit: (request) => admit(application.shop()?.session ?? null, request),
    // While no till is open there is no trail to write to.
    record: (act) => application.shop()?.record({ event: 'ordered', ...act }),
    onFault,
  })
  const stopSending = sendEvents(page, application)
  return () => {
    stopSending()
    stopServing()
  }
}
