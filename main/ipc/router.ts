import { ipcMain } from 'electron'
import { err } from '../contract/result.ts'
import { isTrusted, readFrame } from './sender-frame.ts'

/*
 * main/ipc connects the page with the application. Here live the router, which checks who sends a request, and, on the
 * engine's side, the check of its input, the permission and the output, the sending of events, and one handler for each
 * request in main/contract. A handler only passes its input on to one part of the application: no rule about coupons,
 * money or staff lives here, and no state of the till.
 */

interface RouterOptions<N extends string> {
  /** Everything that the page may ask: no other name reaches `request`. */
  readonly names: readonly N[]
  /** The only origin whose requests are served, e.g. `app://till`. */
  readonly origin: string
  /** Carries out a request and returns its envelope. `input`: whatever the page sent. */
  readonly request: (name: N, input: unknown) => Promise<unknown>
  readonly onFault: (channel: string, problem: string, cause: unknown) => void
}

/**
 * Serves all requests of the page and returns a function that ends it. Nothing else uses `ipcMain`. The reply is always a
 * `Result`, because of an error that is thrown Electron would send only the message.
 */
export function serveRequests<N extends string>(options: RouterOptions<N>): () => void {
  for (const name of options.names) serve(name, options)
  return () => {
    for (const name of options.names) ipcMain.removeHandler(name)
  }
}

function serve<N extends string>(name: N, { origin, request, onFault }: RouterOptions<N>): void {
  ipcMain.handle(name, async (event, raw: unknown) => {
    const frame = readFrame(() => event.senderFrame)
    if (!isTrusted(frame, origin)) {
      onFault(name, 'untrusted sender', frame?.url ?? 'no frame')
      return err({ code: 'not-allowed' })
    }
    try {
      return await request(name, raw)
    } catch (cause) {
      onFault(name, 'request was not carried out', cause)
      return err({ code: 'internal' })
    }
  })
}
