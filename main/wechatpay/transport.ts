import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { type Connections, maxConnections } from './dispatchers.ts'
import { type Exchange, type Failure, type Reply, exchange } from './exchange.ts'
import { HostOrder } from './host-order.ts'
import { orPatienceEnds } from './patience.ts'
import { type Way, parseProxyList } from './proxy-list.ts'
import type { SignableRequest } from './request-signature.ts'

/** `PROXY host:port; DIRECT` for a URL, as Electron's `session.resolveProxy` answers. */
export type ResolveProxy = (url: string) => Promise<string>

export interface TransportOptions {
  /** Primary first. `https:`; `http:` for loopback alone. */
  readonly origins: readonly string[]
  readonly connections: Connections
  readonly maxReplyBytes: number
  readonly resolveProxy: ResolveProxy | null
}

/** What a call came to, after every try that could safely be made. */
export type Sent = (Reply | Failure) & {
  /** Bytes of an earlier try of the same call may have arrived before this one. */
  readonly resent: boolean
  /** `none`: the system names only proxies that this program cannot use. */
  readonly way: Way | 'none'
}

export interface Transport {
  send(
    request: SignableRequest,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Sent>
}

/** A host that let a caller wait this long in vain has failed, even if the caller gave up first. */
const longWaitMs = 3000

/** Throws on an origin that is neither `https:` nor loopback: a merchant's signature never goes out in the clear. */
export function createTransport(options: TransportOptions): Transport {
  const { connections, maxReplyBytes } = options
  const origins = options.origins.map(checkedOrigin)
  if (origins.length === 0) throw new TypeError('a transport needs at least one origin')
  const hosts = new HostOrder(origins, () => performance.now())

  async function waysTo(origin: string, signal: AbortSignal): Promise<Way[]> {
    if (options.resolveProxy === null || origin.startsWith('http:')) return ['direct']
    const list = await orPatienceEnds(signal, proxyList(options.resolveProxy, origin))
    return list === null ? ['direct'] : parseProxyList(list)
  }

  /** A connection that the peer closed while it was idle costs one more try, not the call. */
  async function onOneWay(
    origin: string,
    way: Way,
    request: SignableRequest,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Sent> {
    const dispatcher = connections.by(origin, way)
    const send = () =>
      exchange(dispatcher, { origin, ...request, headers }, { signal, maxReplyBytes })
    let last = await send()
    let resent = false
    // Every connection that is kept may be stale; after those comes a new one.
    for (let stale = 0; stale < maxConnections && isStale(last); stale += 1) {
      resent = true
      last = await send()
    }
    return { ...last, resent, way }
  }

  return {
    async send(request, headers, signal) {
      let last: Sent = noWay
      const name = nameOf(request)
      for (const origin of hosts.order(name)) {
        for (const way of await waysTo(origin, signal)) {
          const startedAt = performance.now()
          const earlier: boolean = last.resent || wasStarted(last)
          const sent = await onOneWay(origin, way, request, headers, signal)
          last = { ...sent, resent: sent.resent || earlier }
          if (last.kind === 'reply') {
            if (last.status < 500) hosts.answered(origin, name)
            else hosts.couldNotServe(origin, name)
            return last
          }
          const waitedMs = performance.now() - startedAt
          if (last.cause instanceof Error || waitedMs > longWaitMs) hosts.failed(origin)
          if (!mayGoElsewhere(last, request)) return last
        }
      }
      return last
    },
  }
}

/** The same for a request and its replay, which carry the same bytes. */
function nameOf({ method, target, body }: SignableRequest): string {
  return createHash('sha256').update(`${method} ${target}\n`).update(body).digest('base64')
}

const noWay: Sent = {
  kind: 'failure',
  cause: new Error('no usable proxy'),
  started: false,
  onUsedConnection: false,
  resent: false,
  way: 'none',
}

async function proxyList(resolve: ResolveProxy, origin: string): Promise<string> {
  try {
    return await resolve(`${origin}/`)
  } catch {
    // A resolver that fails names no proxy.
    return 'DIRECT'
  }
}

function isStale(last: Exchange): boolean {
  return last.kind === 'failure' && last.onUsedConnection
}

function wasStarted(last: Exchange): boolean {
  return last.kind === 'failure' && last.started
}

/** To the next host or way: when nothing of the request has left, or when asking twice changes nothing. */
function mayGoElsewhere(last: Failure, request: SignableRequest): boolean {
  return last.cause instanceof Error && (!last.started || request.method === 'GET')
}

function checkedOrigin(text: string): string {
  const url = new URL(text)
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) return url.origin
  throw new TypeError(`${url.origin} is neither https nor this machine`)
}
