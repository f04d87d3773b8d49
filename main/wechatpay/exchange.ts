import { Buffer } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { ConnectionNote } from './connections.ts'

/** The outcome of one request on one connection. */
export type Exchange = Reply | ExchangeFault

export interface Reply {
  readonly kind: 'reply'
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** The raw body; `null` when it was larger than the limit and was not read. */
  readonly body: Buffer | null
}

export interface ExchangeFault {
  readonly kind: 'fault'
  readonly cause: Error | 'deadline' | 'aborted'
  /** The request was handed to an open connection, so that bytes of it may have arrived. */
  readonly started: boolean
  /** The connection had carried another request before, and broke before any byte of a reply came. */
  readonly onUsedConnection: boolean
}

export interface ExchangeRequest {
  readonly origin: string
  readonly method: 'GET' | 'POST'
  readonly target: string
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** Sends one request. Never rejects: whatever the network or the peer does is returned as an `ExchangeFault`. */
export function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  limits: { readonly signal: AbortSignal; readonly maxReplyBytes: number },
): Promise<Exchange> {
  return new Promise((resolve) => {
    const { signal, maxReplyBytes } = limits
    const note: ConnectionNote = { isReused: () => false }
    let controller: Dispatcher.DispatchController | null = null
    let settled = false
    let started = false
    let reused = false
    let head: { status: number; headers: IncomingHttpHeaders } | null = null
    let size = 0
    const chunks: Buffer[] = []

    function settle(outcome: Exchange): boolean {
      if (settled) return false
      settled = true
      signal.removeEventListener('abort', onAbort)
      resolve(outcome)
      return true
    }

    function fail(cause: ExchangeFault['cause']): boolean {
      const onUsedConnection = reused && head === null && cause instanceof Error
      return settle({ kind: 'fault', cause, started, onUsedConnection })
    }

    function onAbort(): void {
      const cause = signal.reason === 'deadline' ? 'deadline' : 'aborted'
      if (fail(cause)) controller?.abort(new Error(cause))
    }

    if (signal.aborted) {
      onAbort()
      return
    }
    signal.addEventListener('abort', onAbort, { once: true })

    const { origin, method, target, headers, body } = request
    const options = { origin, path: target, method, headers, body: body.length > 0 ? body : null }
    dispatcher.dispatch(Object.assign(options, { note }), {
      onRequestStart(current) {
        controller = current
        if (settled) {
          // Aborted while it waited for a connection: now nothing of it may be sent.
          current.abort(new Error('aborted before it was sent'))
          return
        }
        started = true
        reused = note.isReused()
      },
      onResponseStart(_current, status, replyHeaders) {
        // 1xx replies precede the final one.
        if (status >= 200) head = { status, headers: replyHeaders }
      },
      onResponseData(current, chunk) {
        size += chunk.length
        if (size <= maxReplyBytes) {
          chunks.push(chunk)
        } else if (head !== null && settle({ kind: 'reply', ...head, body: null })) {
          current.abort(new Error('reply too large'))
        }
      },
      onResponseEnd() {
        if (head === null) fail(new Error('ended without a reply'))
        else settle({ kind: 'reply', ...head, body: Buffer.concat(chunks) })
      },
      onResponseError(_current, error) {
        fail(error)
      },
    })
  })
}
