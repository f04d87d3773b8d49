import * as tls from 'node:tls'
import { Client, type Dispatcher, Pool, ProxyAgent } from 'undici'
import { type Authorities, certificatesOf } from './authorities.ts'
import { createRacingConnector } from './connect-race.ts'
import { maxConnections } from './connection-limit.ts'
import type { Route } from './proxy-list.ts'
import { SpareConnections } from './spare-connection.ts'

/** Handed in with a request and filled in by the connection that carries it. */
export interface ConnectionNote {
  /** Whether the connection carried another request before. To be called once, when the request starts. */
  isReused: () => boolean
}

/** Undici's client, extended so that each request learns whether its connection had been used before. */
class NotingClient extends Client {
  #served = 0

  constructor(origin: string | URL, options: Client.Options) {
    super(origin, options)
    this.on('connect', () => {
      this.#served = 0
    })
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    if (isNoted(options)) options.note.isReused = () => this.#served++ > 0
    return super.dispatch(options, handler)
  }
}

function createClient(origin: string | URL, options: object): Dispatcher {
  return new NotingClient(origin, options)
}

function isNoted(
  options: Dispatcher.DispatchOptions,
): options is Dispatcher.DispatchOptions & { note: ConnectionNote } {
  return 'note' in options
}

export interface Connections {
  /** The connections to one host by one route; opened when needed, and kept. */
  dispatcherFor(origin: string, route: Route): Dispatcher
  /**
   * Has a direct connection to this host ready for a request that is about to come, and sends nothing. None is opened
   * while one is free, nor through a proxy.
   */
  prepare(origin: string): void
  /** Destroys every connection; requests under way fail. */
  close(): Promise<void>
}

export interface ConnectionOptions {
  readonly connectMs: number
  /** Who may vouch for a server: by name, or their certificates, PEM. */
  readonly certificateAuthorities: Authorities | readonly string[]
}

/** For replies without a `Keep-Alive` header. WeChat Pay closes an idle connection after 8 s. */
const keepAliveTimeoutMs = 4000
const keepAliveMaxTimeoutMs = 60_000

export function createConnections(options: ConnectionOptions): Connections {
  const { connectMs } = options
  const open = new Map<string, Dispatcher>()
  let context: tls.SecureContext | null = null

  function secureContext(): tls.SecureContext {
    const { certificateAuthorities: vouching } = options
    const ca = typeof vouching === 'string' ? certificatesOf(vouching) : vouching
    context ??= tls.createSecureContext({ ca: [...ca] })
    return context
  }

  const spares = new SpareConnections(createRacingConnector({ connectMs, secureContext }))

  const shared = {
    connections: maxConnections,
    pipelining: 1,
    keepAliveTimeout: keepAliveTimeoutMs,
    keepAliveMaxTimeout: keepAliveMaxTimeoutMs,
    // A call has one deadline over connecting, sending and reading (deadline.ts).
    headersTimeout: 0,
    bodyTimeout: 0,
  }

  function pool(origin: string | URL, more: object): Pool {
    return new Pool(origin, { ...shared, ...more, factory: createClient })
  }

  function create(origin: string, route: Route): Dispatcher {
    if (route === 'direct') return pool(origin, { connect: spares.connect })
    // Undici itself connects to a proxy, trying one address after the other: each gets half of the time.
    const autoSelectFamilyAttemptTimeout = Math.ceil(connectMs / 2)
    const secure = {
      timeout: connectMs,
      secureContext: secureContext(),
      autoSelectFamilyAttemptTimeout,
    }
    return new ProxyAgent({
      ...shared,
      uri: route,
      requestTls: secure,
      // With TLS options undici would speak TLS to a SOCKS proxy.
      ...(route.startsWith('socks5:') ? {} : { proxyTls: secure }),
      factory: pool,
      // Waiting for the proxy's reply to CONNECT is part of connecting.
      clientFactory: (to, opts) => new Pool(to, { ...opts, headersTimeout: connectMs }),
    })
  }

  function dispatcherFor(origin: string, route: Route): Dispatcher {
    const key = `${route} ${origin}`
    const known = open.get(key) ?? create(origin, route)
    open.set(key, known)
    return known
  }

  return {
    dispatcherFor,
    prepare(origin) {
      const known = dispatcherFor(origin, 'direct')
      if (known instanceof Pool && known.stats.free > 0) return
      const { hostname, protocol, port } = new URL(origin)
      spares.prepare({ hostname, protocol, port })
    },
    async close() {
      spares.close()
      const closing = [...open.values()]
      open.clear()
      await Promise.all(closing.map((dispatcher) => dispatcher.destroy()))
    },
  }
}
