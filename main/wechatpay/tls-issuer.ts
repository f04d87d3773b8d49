import http from 'node:http'
import type { Socket } from 'node:net'
import * as tls from 'node:tls'
import type { Route } from './proxy-list.ts'

/** Who vouches for a server. */
export interface TlsIssuer {
  /** The name in the server's certificate of who issued it. */
  readonly name: string
  /** Whether the given authorities vouch for the server, by however many steps. */
  readonly isTrusted: boolean
}

interface LookOptions {
  readonly route: Route
  readonly timeoutMs: number
  /** PEM. */
  readonly authorities: readonly string[]
}

/**
 * Looks at the certificate that a server shows, whoever issued it. Sends nothing over the connection. `null` where there
 * is no TLS, no server, or a proxy of a kind that this does not speak to.
 */
export async function lookAtIssuer(
  origin: string,
  { route, timeoutMs, authorities }: LookOptions,
): Promise<TlsIssuer | null> {
  const { protocol, hostname, port: named } = new URL(origin)
  if (protocol !== 'https:') return null
  const port = Number(named) || 443
  const signal = AbortSignal.timeout(timeoutMs)
  const through =
    route === 'direct' ? undefined : await tunnel(route, `${hostname}:${port}`, signal)
  if (through === null) return null
  return new Promise((resolve) => {
    const socket = tls.connect({
      ...(through === undefined ? { host: hostname, port } : { socket: through }),
      servername: hostname,
      ca: [...authorities],
      // To see who it is: nothing is sent to them.
      rejectUnauthorized: false,
    })
    function end(found: TlsIssuer | null): void {
      resolve(found)
      socket.destroy()
      through?.destroy()
    }
    signal.addEventListener('abort', () => end(null), { once: true })
    socket.once('error', () => end(null))
    socket.once('secureConnect', () => {
      const { issuer } = socket.getPeerCertificate()
      const { O: organisation, CN: name } = issuer
      end({ name: [name, organisation].filter(Boolean).join(', '), isTrusted: socket.authorized })
    })
  })
}

/** Opens a connection to `target` through an HTTP proxy; `null` where the proxy refuses, or is of another kind. */
function tunnel(
  route: Exclude<Route, 'direct'>,
  target: string,
  signal: AbortSignal,
): Promise<Socket | null> {
  const { protocol, hostname, port } = new URL(route)
  if (protocol !== 'http:') return Promise.resolve(null)
  return new Promise((resolve) => {
    const headers = { host: target }
    const options = { host: hostname, port, method: 'CONNECT', path: target, headers, signal }
    const request = http.request(options)
    request.once('error', () => resolve(null))
    request.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      resolve(null)
    })
    request.end()
  })
}
