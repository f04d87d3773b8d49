import type { ObservableApplication } from '../app/application.ts'
import { channelNames, type RequestName } from '../contract/api.ts'
import type { RequestError } from '../contract/requests.ts'
import { err, type Result } from '../contract/result.ts'
import type { AdmitFault } from '../shop/session.ts'
import { admit } from './admit.ts'
import { createHandlers } from './handlers.ts'
import { sendEvents } from './send-events.ts'
import type { SendEvent } from './sent-event.ts'
import {
  type Handlers,
  type ReportFault,
  type RequestChecks,
  serveRequest,
} from './serve-request.ts'

interface PageParts {
  readonly send: SendEvent
  readonly onFault: ReportFault
}

export interface ServedPage {
  /** Returns the envelope of the reply; never rejects. */
  request(name: string, input: unknown): Promise<Result<unknown, RequestError | AdmitFault>>
  /** Ends the sending of events. */
  stop(): void
}

/** Carries out the requests of the page, whose sender the router has checked, and sends it events. */
export function servePage(
  application: ObservableApplication,
  { send, onFault }: PageParts,
): ServedPage {
  const handlers = createHandlers(application)
  const checks: RequestChecks = {
    settled: () => application.settled(),
    admit: (request) => admit(application.shop()?.session ?? null, request),
    // While no till is open there is no trail to write to.
    record: (act) => application.shop()?.record({ event: 'ordered', ...act }),
    onFault,
  }
  const serve = <N extends RequestName>(name: N, of: Handlers[N], input: unknown) =>
    serveRequest(name, of, checks, input)
  return {
    async request(name, input) {
      const known = channelNames.requests.find((each) => each === name)
      return known === undefined
        ? err({ code: 'bad-request' })
        : serve(known, handlers[known], input)
    },
    stop: sendEvents(send, application),
  }
}
