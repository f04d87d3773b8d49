import * as tls from 'node:tls'
import { Client, type Dispatcher, Pool, ProxyAgent } from 'undici'
import { createRacingConnector } from './connect-race.ts'
import type { Way } from './proxy-list.ts'

/** Filled in by the connection that takes the request. */
export interface ConnectionNote {
  /** The connection has served a request before this one. Ask when the request starts. */
  isReused: () => boolean
}

/** Undici's client, telling each request whether it goes out on a connection that had been idle. */
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
  /** The connections to one host by one way: kept, and opened when needed. */
  by(origin: string, way: Way): Dispatcher
  /** Drops every connection; requests under way fail. */
  close(): Promise<void>
}

export interface ConnectionOptions {
  readonly connectMs: number
  /** PEM; in place of the system's and Node's own. */
  readonly certificateAuthorities: readonly string[] | null
}

/** WeChat Pay closes an idle connection after 8 s and says so; without a hint we let go after 4 s. */
const keepAliveTimeoutMs = 4000
const keepAliveMaxTimeoutMs = 60_000
/** A till sends one request at a time; the outbox a few. */
export const maxConnections = 4

export function createConnections(options: ConnectionOptions): Connections {
  const { connectMs } = options
  const open = new Map<string, Dispatcher>()
  let context: tls.SecureContext | null = null

  function secureContext(): tls.SecureContext {
    context ??= tls.createSecureContext({ ca: authorities(options.certificateAuthorities) })
    return context
  }

  const connect = createRacingConnector({ connectMs, secureContext })

  const shared = {
    connections: maxConnections,
    pipelining: 1,
    keepAliveTimeout: keepAliveTimeoutMs,
    keepAliveMaxTimeout: keepAliveMaxTimeoutMs,
    // One patience of our own covers connecting, sending and reading.
    headersTimeout: 0,
    bodyTimeout: 0,
  }

  function pool(origin: string | URL, more: object): Pool {
    return new Pool(origin, { ...shared, ...more, factory: createClient })
  }

  function create(origin: string, way: Way): Dispatcher {
    if (way === 'direct') return pool(origin, { connect })
    // Undici opens the connection to a proxy itself; of a proxy's addresses each has the time that a slow one needs.
    const autoSelectFamilyAttemptTimeout = Math.ceil(connectMs / 2)
    const secure = {
      timeout: connectMs,
      secureContext: secureContext(),
      autoSelectFamilyAttemptTimeout,
    }
    return new ProxyAgent({
      ...shared,
      uri: way,
      requestTls: secure,
      // Undici would speak TLS to a SOCKS proxy that is given TLS options.
      ...(way.startsWith('socks5:') ? {} : { proxyTls: secure }),
      factory: pool,
      // The proxy's answer to CONNECT is part of connecting.
      clientFactory: (to, opts) => new Pool(to, { ...opts, headersTimeout: connectMs }),
    })
  }

  return {
    by(origin, way) {
      const key = `${way} ${origin}`
      const known = open.get(key) ?? create(origin, way)
      open.set(key, known)
      return known
    },
    async close() {
      const closing = [...open.values()]
      open.clear()
      await Promise.all(closing.map((dispatcher) => dispatcher.destroy()))
    },
  }
}

/** The system's authorities too: a shop's firewall may re-sign TLS, and replies carry a signature of their own. */
function authorities(given: readonly string[] | null): string[] | undefined {
  if (given !== null) return [...given]
  // Absent before Node 22.15, where Node's own list must do.
  const { getCACertificates } = tls
  if (typeof getCACertificates !== 'function') return undefined
  return [...getCACertificates('default'), ...getCACertificates('system')]
}
