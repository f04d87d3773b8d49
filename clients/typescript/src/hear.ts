import { createParser } from 'eventsource-parser'
import { getEventsUrl, type Order, type Problem, type Status } from './generated.ts'
import { headersFor, type TillConnection } from './send.ts'
import { TillProblem } from './till-problem.ts'
import { wait } from './wait.ts'

/**
 * `connected`: the till is heard, from now on or again; read your open orders, because nothing is repeated that was said
 * meanwhile. `lost`: it is not heard any more, and is tried again.
 */
export type TillEvent =
  | { readonly kind: 'connected' | 'lost' }
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'status'; readonly status: Status }

/** The till sends a line every 15 seconds; after this long the connection is dead, whatever the system says. */
const silenceMs = 40_000
const pauseMs = 1000

/**
 * Hears a till until `signal` ends it; connects again after a break. By `fetch`, because `EventSource` cannot send the token.
 * Throws `TillProblem` where the till refuses for good: `not-paired`, `origin-not-allowed`.
 */
export async function* hear(
  till: TillConnection,
  signal: AbortSignal,
): AsyncGenerator<TillEvent, void, undefined> {
  while (!signal.aborted) {
    const ending = new AbortController()
    const ended = AbortSignal.any([signal, ending.signal])
    try {
      const response = await fetch(`${till.origin}${getEventsUrl()}`, {
        headers: headersFor(till),
        signal: ended,
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
      })
      if (response.status === 401 || response.status === 403)
        throw new TillProblem(await refusal(response))
      if (response.ok && response.body !== null) {
        yield { kind: 'connected' }
        yield* eventsIn(response.body, ending)
      }
    } catch (cause) {
      if (cause instanceof TillProblem) throw cause
      // Anything else is a break: it is tried again.
    } finally {
      // Whoever stops listening in the middle leaves no connection open.
      ending.abort()
    }
    if (signal.aborted) return
    yield { kind: 'lost' }
    await wait(pauseMs, signal)
  }
}

async function* eventsIn(
  body: ReadableStream<Uint8Array>,
  ending: AbortController,
): AsyncGenerator<TillEvent, void, undefined> {
  const heard: TillEvent[] = []
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'order') heard.push({ kind: 'order', order: JSON.parse(data) })
      if (event === 'status') heard.push({ kind: 'status', status: JSON.parse(data) })
    },
  })
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const timer = setTimeout(() => ending.abort(), silenceMs)
    const { done, value } = await reader.read().finally(() => clearTimeout(timer))
    if (done) return
    parser.feed(decoder.decode(value, { stream: true }))
    yield* heard.splice(0)
  }
}

async function refusal(response: Response): Promise<Problem> {
  return response.json()
}
