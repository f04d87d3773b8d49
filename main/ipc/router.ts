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
import { needsOf, type RequestError, type RequestKind } from '../contract/requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Actor, AdmitFault } from '../shop/session.ts'

export type Handlers = {
  readonly [N in RequestName]: (
    input: ParsedInput<N>,
    actor: Actor,
  ) => Promise<Result<RequestOutput<N>, RequestError>>
}

/** The list, as the compiler can follow it from a name to the handler of that name. */
type Kinds = {
  readonly [N in RequestName]: RequestKind & { readonly input: z.ZodType<ParsedInput<N>> }
}
const kinds: Kinds = requests

/** A request failed by a bug or broke its own schema: to be logged by name, never with its payload. */
export type RequestFault = (channel: string, problem: string, cause: unknown) => void

interface RouterOptions {
  /** The one origin that may speak, e.g. `app://till`. */
  readonly origin: string
  /** Waited for before a request is looked at: while the till is opened again, nobody may be refused or let in. */
  readonly settled: () => Promise<void>
  /** Who gives the order, if that person may do all of this. */
  readonly admit: (needs: ReturnType<typeof needsOf>) => Result<Actor, AdmitFault>
  readonly onFault: RequestFault
}

/**
 * The only user of `ipcMain`. Each request passes: trusted sender, input schema, role, handler, output schema. The
 * answer is always an envelope with a code: Electron would pass on an error's message and drop the rest.
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
      const actor = options.admit(needsOf(kind, parsed.data))
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
  // A main frame is told by having no parent: after a crash of the page its object is not `sender.mainFrame` any more
  // and calls itself detached (Electron 33).
  if (!frame || frame.parent !== null) return false
  return URL.canParse(frame.url) && originOf(frame.url) === origin
}

/** `URL.origin` is "null" for custom schemes. */
function originOf(address: string): string {
  const url = new URL(address)
  return `${url.protocol}//${url.host}`
}

function issuePaths(issues: readonly { path: PropertyKey[]; code: string }[]): string {
  return issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`).join('; ')
}

/** Sends an event to the page, checked like every other message. */
export function sendEvent<N extends EventName>(
  page: WebContents,
  name: N,
  payload: EventPayload<N>,
): void {
  if (!page.isDestroyed()) page.send(name, events[name].parse(payload))
}
