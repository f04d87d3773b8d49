import { lookup } from 'node:dns/promises'
import * as net from 'node:net'
import * as tls from 'node:tls'
import { type buildConnector, errors } from 'undici'
import { err, ok, type Result } from '../contract/result.ts'

export interface RaceOptions {
  /** Deadline for a connection as a whole: looking up the name, trying its addresses, TLS. */
  readonly connectMs: number
  /** Called for each TLS connection. */
  readonly secureContext: () => tls.SecureContext
  /** Looks up all addresses of a name; the system's resolver by default. */
  readonly addressesOf?: (name: string) => Promise<readonly string[]>
  /** Opens a TCP socket; `net.connect` by default. */
  readonly open?: (address: string, port: number) => net.Socket
}

/** After this the next address is tried beside the earlier ones, as in RFC 8305 (Happy Eyeballs). */
const staggerMs = 250
const keepAliveMs = 60_000

/**
 * Connects to names with several addresses, some of which may be dead. Node tries addresses one after the other and
 * abandons each but the last after 250 ms, so that a slow address followed by a dead one fails. Here attempts go on
 * beside later ones, and the first socket that connects is used.
 */
export function createRacingConnector(options: RaceOptions): buildConnector.connector {
  const { connectMs, addressesOf = everyAddress, open = openSocket } = options
  const sessions = new Map<string, Buffer>()

  function secure(socket: net.Socket, hostname: string, named: string | null): tls.TLSSocket {
    const servername = named ?? (net.isIP(hostname) === 0 ? hostname : null)
    const session = sessions.get(hostname)
    const secured = tls.connect({
      socket,
      host: hostname,
      secureContext: options.secureContext(),
      ALPNProtocols: ['http/1.1'],
      ...(servername !== null && { servername }),
      ...(session !== undefined && { session }),
    })
    return secured.on('session', (next: Buffer) => sessions.set(hostname, next))
  }

  async function connect(to: buildConnector.Options, deadline: AbortSignal): Promise<net.Socket> {
    const { hostname, protocol } = to
    const isSecure = protocol === 'https:'
    const port = Number(to.port) || (isSecure ? 443 : 80)
    const isAddress = net.isIP(hostname) !== 0
    const addresses = isAddress ? [hostname] : await rejectOnAbort(addressesOf(hostname), deadline)
    const socket = await race(addresses, (address) => open(address, port), deadline)
    socket.setKeepAlive(true, keepAliveMs).setNoDelay(true)
    if (!isSecure) return socket
    return race([hostname], () => secure(socket, hostname, to.servername ?? null), deadline)
  }

  async function connectInTime(to: buildConnector.Options): Promise<Result<net.Socket, Error>> {
    const deadline = new AbortController()
    const timer = setTimeout(() => {
      deadline.abort(new errors.ConnectTimeoutError(`no connection to ${to.hostname} in time`))
    }, connectMs)
    try {
      return ok(await connect(to, deadline.signal))
    } catch (cause) {
      return err(asError(cause))
    } finally {
      clearTimeout(timer)
    }
  }

  async function connectThenCall(
    to: buildConnector.Options,
    callback: buildConnector.Callback,
  ): Promise<void> {
    const connected = await connectInTime(to)
    if (connected.ok) callback(null, connected.value)
    else callback(connected.error, null)
  }

  return (to, callback) => void connectThenCall(to, callback)
}

/** Returns the first socket that is ready and destroys the others. Rejects when none is left, and at the deadline. */
function race<T extends string>(
  addresses: readonly T[],
  open: (address: T) => net.Socket,
  deadline: AbortSignal,
): Promise<net.Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<net.Socket>()
  const waiting = [...addresses]
  const begun = new Set<net.Socket>()
  const causes: Error[] = []
  let timer: NodeJS.Timeout | undefined

  function begin(): void {
    clearTimeout(timer)
    const address = waiting.shift()
    if (address === undefined) {
      if (begun.size === 0) end(() => reject(joinErrors(causes)))
      return
    }
    const socket = open(address)
    begun.add(socket)
    socket.once(socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect', () => {
      begun.delete(socket)
      socket.removeAllListeners('error')
      end(() => resolve(socket))
    })
    socket.on('error', (cause) => {
      begun.delete(socket)
      causes.push(cause)
      begin()
    })
    if (waiting.length > 0) timer = setTimeout(begin, staggerMs)
  }

  function end(settle: () => void): void {
    clearTimeout(timer)
    waiting.length = 0
    deadline.removeEventListener('abort', onDeadline)
    for (const socket of begun) socket.removeAllListeners('error').on('error', ignore).destroy()
    settle()
  }

  function onDeadline(): void {
    end(() => reject(asError(deadline.reason)))
  }

  deadline.addEventListener('abort', onDeadline, { once: true })
  if (deadline.aborted) onDeadline()
  else begin()
  return promise
}

async function everyAddress(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true, order: 'verbatim' })
  return alternateFamilies(found.map(({ address }) => address))
}

/** Alternates between IPv4 and IPv6, as all addresses of one family may be dead. The resolver's first stays first. */
function alternateFamilies(addresses: readonly string[]): string[] {
  const family = net.isIP(addresses[0] ?? '')
  const same = addresses.filter((address) => net.isIP(address) === family)
  const other = addresses.filter((address) => net.isIP(address) !== family)
  return addresses.flatMap((_, at) => [same[at], other[at]].filter((each) => each !== undefined))
}

function openSocket(address: string, port: number): net.Socket {
  return net.connect({ host: address, port })
}

function rejectOnAbort<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const onDeadline = () => reject(asError(deadline.reason))
  deadline.addEventListener('abort', onDeadline, { once: true })
  return Promise.race([work, promise]).finally(() => {
    deadline.removeEventListener('abort', onDeadline)
  })
}

function joinErrors(causes: readonly Error[]): Error {
  const [only] = causes
  if (only !== undefined && causes.length === 1) return only
  return new AggregateError(causes, 'no address of this name could be reached')
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause))
}

function ignore(): void {}
