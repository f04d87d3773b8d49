import {
  connect,
  nkeyAuthenticator,
  type NatsConnection,
  type TlsOptions,
} from '@nats-io/transport-node'
import { createListeners } from '../redemption/listeners.ts'
import { serverName } from './names.ts'
import { createPause } from './pause.ts'
import { openSession, type Session } from './session.ts'
import { silent, within } from './within.ts'

/**
 * `no-server`: nothing answers at the address. `other-server`: something answers whose certificate is not of this shop's
 * authority. `expired`: its certificate, or this computer's clock, is out of date. `not-admitted`: the server does not know this
 * till, or not any more.
 */
export type LineState =
  | 'connecting'
  | 'up'
  | 'no-server'
  | 'other-server'
  | 'expired'
  | 'not-admitted'
  | 'closed'

/** The connection to the shop's server, made again whenever it breaks. */
export interface Line {
  state(): LineState
  /** `null` while there is no connection, or while it is not known whether anybody still answers on it. */
  session(): Session | null
  /** An answer did not come: nobody waits for this connection until the server has answered a probe. */
  suspect(): void
  /** Calls the listener with each connection that is made, and with the present one. Returns how to stop it. */
  onUp(listener: (session: Session) => void): () => void
  close(): Promise<void>
}

export interface LineParts {
  /** `host:port`, one server. */
  readonly address: string
  /** The certificate of the shop's own authority (PEM), and no other. */
  readonly authority: string
  /** The till's nkey seed. */
  readonly seed: string
  /** The till's public nkey, which is also the name of its inbox. */
  readonly key: string
  readonly random: () => number
  readonly onFault: (cause: unknown) => void
}

const connectMs = 3000
const slackMs = 1000
const probeMs = 2000
const firstWaitMs = 200
const longestWaitMs = 5000

export function openLine(parts: LineParts): Line {
  const ups = createListeners<Session>()
  let state: LineState = 'connecting'
  let session: Session | null = null
  let isSuspect = false
  const closing = new AbortController()
  const pause = createPause()
  keepUp().catch(parts.onFault)

  async function keepUp(): Promise<void> {
    let failures = 0
    while (!closing.signal.aborted) {
      const connection = await attempt()
      if (connection !== null) {
        failures = 0
        await live(connection)
        if (closing.signal.aborted) return
      }
      failures += 1
      const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 10))
      // Half of it by chance, so that the tills of a shop do not come back as one.
      await pause.for((waitMs + parts.random() * waitMs) / 2)
    }
  }

  async function attempt(): Promise<NatsConnection | null> {
    const connecting = connectOnce(parts)
    try {
      // The library's own limit does not cover a server that takes the connection and says nothing.
      const connection = await within(connectMs + slackMs, connecting)
      if (connection !== silent) return connection
      connecting.then((late) => late.close()).catch(() => undefined)
      if (!closing.signal.aborted) state = 'no-server'
      return null
    } catch (cause) {
      if (!closing.signal.aborted) state = stateOf(cause)
      return null
    }
  }

  async function live(connection: NatsConnection): Promise<void> {
    const opened = await openSession(connection, parts.onFault)
    if (closing.signal.aborted) return connection.close()
    session = opened
    isSuspect = false
    state = 'up'
    ups.tell(opened)
    const cause = await connection.closed()
    session = null
    if (!closing.signal.aborted) state = cause instanceof Error ? stateOf(cause) : 'no-server'
  }

  async function probe(of: Session): Promise<void> {
    const answer = await within(probeMs, of.connection.rtt()).catch(() => silent)
    if (session !== of) return
    if (answer === silent) await of.connection.close()
    else isSuspect = false
  }

  return {
    state: () => state,
    session: () => (isSuspect ? null : session),
    suspect() {
      if (session === null || isSuspect) return
      isSuspect = true
      probe(session).catch(parts.onFault)
    },
    onUp(listener) {
      if (session !== null) listener(session)
      return ups.add(listener)
    },
    async close() {
      closing.abort()
      state = 'closed'
      pause.wake()
      const open = session
      session = null
      await open?.connection.close()
    },
  }
}

function connectOnce({ address, authority, seed, key }: LineParts): Promise<NatsConnection> {
  // TLS comes before the first word of the server, so that nobody on the network can put one in. The library's type does not know
  // the name, but it hands all of this to Node.
  const tls: TlsOptions & { readonly servername: string } = {
    ca: authority,
    servername: serverName,
    handshakeFirst: true,
  }
  return connect({
    servers: address,
    tls,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
    inboxPrefix: `_INBOX_${key}`,
    timeout: connectMs,
    // This file makes the connection again, so that a request never waits in a buffer for one.
    reconnect: false,
    ignoreClusterUpdates: true,
    pingInterval: 5000,
    maxPingOut: 2,
    noAsyncTraces: true,
  })
}

const strangerCodes = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
])

function stateOf(cause: unknown): LineState {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if (error.name === 'AuthorizationError') return 'not-admitted'
    const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
    if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'expired'
    if (strangerCodes.has(code)) return 'other-server'
  }
  return 'no-server'
}
