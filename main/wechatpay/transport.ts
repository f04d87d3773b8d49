import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { maxConnections } from './connection-limit.ts'
import type { Connections } from './connections.ts'
import { type Exchange, type ExchangeFault, type Reply, exchange } from './exchange.ts'
import { HostOrder } from './host-order.ts'
import { orAborted } from './deadline.ts'
import { type Route, parseProxyList } from './proxy-list.ts'
import type { SignableRequest } from './request-signature.ts'

/** Returns the proxies for a URL, `PROXY host:port; DIRECT`, as Electron's `session.resolveProxy` does. */
export type ResolveProxy = (url: string) => Promise<string>

export interface TransportOptions {
  /** Primary first. `https:`; `http:` for loopback alone. */
  readonly origins: readonly string[]
  /** Resolves once the HTTP client is loaded. */
  readonly connections: () => Promise<Connections>
  readonly maxReplyBytes: number
  /** `null`: every host is reached directly. */
  readonly resolveProxy: ResolveProxy | null
}

/** The outcome of a call, after every attempt that was safe to make. */
export type Sent = (Reply | ExchangeFault) & {
  /** Bytes of an earlier attempt of the same call may have arrived before this one. */
  readonly resent: boolean
  /** `none`: the system names only proxies that this program cannot use. */
  readonly route: Route | 'none'
}

export interface Transport {
  /**
   * Tries hosts and routes until one replies, as long as no bytes can have arrived or the request changes nothing. Never
   * rejects.
   */
  send(
    request: SignableRequest,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Sent>
  /** Has a connection ready to the host that is tried first, where it is reached directly. Never rejects. */
  prepare(): Promise<void>
}

/** A host that has not replied after this long has failed, even if the caller aborted the call. */
const longWaitMs = 3000

/** Throws on an origin that is neither `https:` nor loopback: a merchant's signature never goes out in the clear. */
export function createTransport(options: TransportOptions): Transport {
  const { connections, maxReplyBytes } = options
  const origins = options.origins.map(checkedOrigin)
  if (origins.length === 0) throw new TypeError('a transport needs at least one origin')
  const hosts = new HostOrder(origins, () => performance.now())

  async function routesTo(origin: string, signal: AbortSignal): Promise<Route[]> {
    if (options.resolveProxy === null || origin.startsWith('http:')) return ['direct']
    const list = await orAborted(signal, proxyList(options.resolveProxy, origin))
    return list === null ? ['direct'] : parseProxyList(list)
  }

  /** Tries again when a connection turns out to have been closed by the peer while it was idle. */
  async function sendByRoute(
    origin: string,
    route: Route,
    request: SignableRequest,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Sent> {
    const dispatcher = (await connections()).dispatcherFor(origin, route)
    const send = () =>
      exchange(dispatcher, { origin, ...request, headers }, { signal, maxReplyBytes })
    let last = await send()
    let resent = false
    // Every connection in the pool may be stale; the one after them is new.
    for (let stale = 0; stale < maxConnections && isStale(last); stale += 1) {
      resent = true
      last = await send()
    }
    return { ...last, resent, route }
  }

  return {
    async prepare() {
      const [origin] = hosts.order()
      if (origin === undefined) return
      const [route] = await routesTo(origin, AbortSignal.timeout(longWaitMs))
      if (route === 'direct') (await connections()).prepare(origin)
    },
    async send(request, headers, signal) {
      let last: Sent = noRoute
      const identity = identityOf(request)
      for (const origin of hosts.order(identity)) {
        for (const route of await routesTo(origin, signal)) {
          const startedAt = performance.now()
          const earlier: boolean = last.resent || wasStarted(last)
          const sent = await sendByRoute(origin, route, request, headers, signal)
          last = { ...sent, resent: sent.resent || earlier }
          if (last.kind === 'reply') {
            if (last.status < 500) hosts.answered(origin, identity)
            else hosts.couldNotServe(origin, identity)
            return last
          }
          const waitedMs = performance.now() - startedAt
          if (last.cause instanceof Error || waitedMs > longWaitMs) hosts.failed(origin)
          if (!mayTryNext(last, request)) return last
        }
      }
      return last
    },
  }
}

/** A hash that is the same for a request and its replays, whose bytes are the same. */
function identityOf({ method, target, body }: SignableRequest): string {
  return createHash('sha256').update(`${method} ${target}\n`).update(body).digest('base64')
}

const noRoute: Sent = {
  kind: 'fault',
  cause: new Error('no usable proxy'),
  started: false,
  onUsedConnection: false,
  resent: false,
  route: 'none',
}

async function proxyList(resolve: ResolveProxy, origin: string): Promise<string> {
  try {
    return await resolve(`${origin}/`)
  } catch {
    // A resolver that fails has no proxy to offer.
    return 'DIRECT'
  }
}

function isStale(last: Exchange): boolean {
  return last.kind === 'fault' && last.onUsedConnection
}

function wasStarted(last: Exchange): boolean {
  return last.kind === 'fault' && last.started
}

/**
 * Whether the next host or route may be tried: nothing of the request has been sent, or sending it twice changes
 * nothing.
 */
function mayTryNext(last: ExchangeFault, request: SignableRequest): boolean {
  return last.cause instanceof Error && (!last.started || request.method === 'GET')
}

function checkedOrigin(text: string): string {
  const url = new URL(text)
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) return url.origin
  throw new TypeError(`${url.origin} is neither https nor this machine`)
}
