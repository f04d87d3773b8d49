import { Client, type Dispatcher, Pool } from 'undici'

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

function isNoted(
  options: Dispatcher.DispatchOptions,
): options is Dispatcher.DispatchOptions & { note: ConnectionNote } {
  return 'note' in options
}

export interface PoolOptions {
  readonly connectMs: number
}

/** WeChat Pay closes an idle connection after 8 s and says so; without a hint we let go after 4 s. */
const keepAliveTimeoutMs = 4000
const keepAliveMaxTimeoutMs = 60_000
/** A till sends one request at a time; the outbox a few. */
const maxConnections = 4

export function createPool(origin: string, options: PoolOptions): Dispatcher {
  return new Pool(origin, {
    connections: maxConnections,
    pipelining: 1,
    connectTimeout: options.connectMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    keepAliveMaxTimeout: keepAliveMaxTimeoutMs,
    // One deadline of our own covers connecting, sending and reading.
    headersTimeout: 0,
    bodyTimeout: 0,
    factory: (to, clientOptions) => new NotingClient(to, clientOptions),
  })
}
