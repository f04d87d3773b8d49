import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { z } from 'zod'
import {
  channelNames,
  type EventName,
  type EventPayload,
  events,
  type ParsedInput,
  type RequestName,
  type RequestOutput,
  requests,
} from '../contract/api.ts'
import type { RequestError, RequestKind } from '../contract/requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Actor, AdmitFault, PersonRequest } from '../shop/session.ts'
import { personRequest } from './person-request.ts'

/*
 * main/ipc connects the page with the application. Here live the router, which checks who sends a request, its input,
 * the permission and the output, the sending of events, and one handler for each request in main/contract. A handler
 * only passes its input on to one part of the application: no rule about coupons, money or staff lives here, and no
 * state of the till.
 */

export type Handlers = {
  readonly [N in RequestName]: (
    input: ParsedInput<N>,
    actor: Actor,
  ) => Promise<Result<RequestOutput<N>, RequestError>>
}

/** The list of requests with a type that relates the input of each to the handler of the same name. */
type Kinds = {
  readonly [N in RequestName]: RequestKind & { readonly input: z.ZodType<ParsedInput<N>> }
}
const kinds: Kinds = requests

/**
 * Logs a request that failed because of a bug or did not fit its schema: its name and the problem, never its payload.
 */
export type ReportFault = (channel: string, problem: string, cause: unknown) => void

interface RouterOptions {
  /** The only origin whose requests are served, e.g. `app://till`. */
  readonly origin: string
  /** Awaited before a permission is checked, because nobody is known while the till is being reopened. */
  readonly settled: () => Promise<void>
  /** Returns the person who makes the request, if they have all the permissions that it needs. */
  readonly admit: (request: PersonRequest) => Result<Actor, AdmitFault>
  readonly onFault: ReportFault
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
  const kind = kinds[name]
  ipcMain.handle(name, async (event, raw: unknown) => {
    if (!isTrusted(event, options.origin)) {
      options.onFault(name, 'untrusted sender', event.senderFrame?.url ?? 'no frame')
      return err({ code: 'not-allowed' })
    }
    const parsed = kind.input.safeParse(raw)
    if (!parsed.success) {
      options.onFault(name, 'input against schema', issuePaths(parsed.error.issues))
      return err({ code: 'bad-request' })
    }
    try {
      await options.settled()
      const actor = options.admit(personRequest(name, parsed.data))
      if (!actor.ok) return actor
      const reply = await handler(parsed.data, actor.value)
      if (!reply.ok) return reply
      const checked = kind.output.safeParse(reply.value)
      if (checked.success) return ok(checked.data)
      options.onFault(name, 'output against schema', issuePaths(checked.error.issues))
    } catch (cause) {
      options.onFault(name, 'handler threw', cause)
    }
    return err({ code: 'internal' })
  })
}

function isTrusted(event: IpcMainInvokeEvent, origin: string): boolean {
  const frame = event.senderFrame
  // The main frame is the one without a parent. `sender.mainFrame` is another object after the page has crashed, and
  // the frame then calls itself detached (Electron 33).
  if (!frame || frame.parent !== null) return false
  return URL.canParse(frame.url) && originOf(frame.url) === origin
}

/** Returns an address's origin. `URL.origin` cannot be used: it is "null" for custom schemes. */
function originOf(address: string): string {
  const url = new URL(address)
  return `${url.protocol}//${url.host}`
}

function issuePaths(issues: readonly { path: PropertyKey[]; code: string }[]): string {
  return issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`).join('; ')
}

/** Sends an event to the page, unless that was closed. Throws when the payload does not fit the event's schema. */
export function sendEvent<N extends EventName>(
  page: WebContents,
  name: N,
  payload: EventPayload<N>,
): void {
  if (!page.isDestroyed()) page.send(name, events[name].parse(payload))
}
