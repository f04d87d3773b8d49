import { ipcMain, type WebContents } from 'electron'
import {
  channelNames,
  type EventName,
  type EventPayload,
  events,
  type RequestName,
} from '../contract/api.ts'
import { err } from '../contract/result.ts'
import { isTrusted, readFrame } from './sender-frame.ts'
import { type Handlers, type RequestChecks, serveRequest } from './serve-request.ts'

/*
 * main/ipc connects the page with the application. Here live the router, which checks who sends a request, the check of
 * its input, the permission and the output, the sending of events, and one handler for each request in main/contract. A
 * handler only passes its input on to one part of the application: no rule about coupons, money or staff lives here, and
 * no state of the till.
 */

interface RouterOptions extends RequestChecks {
  /** The only origin whose requests are served, e.g. `app://till`. */
  readonly origin: string
}

/**
 * Serves all requests of the page and returns a function that ends it. Nothing else uses `ipcMain`. The sender, the
 * input, the permission and the output of each request are checked. The reply is always a `Result`, because of an error
 * that is thrown Electron would send only the message.
 */
export function serveRequests(handlers: Handlers, options: RouterOptions): () => void {
  for (const name of channelNames.requests) serve(name, handlers[name], options)
  return () => {
    for (const name of channelNames.requests) ipcMain.removeHandler(name)
  }
}

function serve<N extends RequestName>(name: N, handler: Handlers[N], options: RouterOptions): void {
  ipcMain.handle(name, async (event, raw: unknown) => {
    const frame = readFrame(() => event.senderFrame)
    if (isTrusted(frame, options.origin)) return serveRequest(name, handler, options, raw)
    options.onFault(name, 'untrusted sender', frame?.url ?? 'no frame')
    return err({ code: 'not-allowed' })
  })
}

/** Sends an event to the page, unless that was closed. Throws when the payload does not fit the event's schema. */
export function sendEvent<N extends EventName>(
  page: WebContents,
  name: N,
  payload: EventPayload<N>,
): void {
  if (!page.isDestroyed()) page.send(name, events[name].parse(payload))
}
