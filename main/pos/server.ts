import { createAdaptorServer } from '@hono/node-server'
import { once } from 'node:events'
import { createServer, Server } from 'node:http'
import { createPosApp, type AppParts } from './app.ts'
import { PosFeed } from './feed.ts'
import { OnceOnly } from './once.ts'

export type ListenFault = 'port-taken' | 'not-listening'

export interface PosServer {
  readonly port: number
  /** Something has changed at the till. */
  changed(): void
  /** This POS was revoked: it hears no more. */
  revoked(clientId: string): void
  close(): Promise<void>
}

/** This computer alone can reach these. */
const addresses = ['127.0.0.1', '::1'] as const
const mostConnections = 64

/**
 * Serves a POS on this computer. Listens on both loopback addresses; on one where the system has but one. Returns why it
 * could not. `port` 0: any that is free.
 */
export async function servePos(
  parts: Omit<AppParts, 'port' | 'feed' | 'once'>,
  port: number,
): Promise<PosServer | ListenFault> {
  let actual = port
  const feed = new PosFeed(parts.till)
  const app = createPosApp({ ...parts, feed, once: new OnceOnly(), port: () => actual })
  const servers: Server[] = []
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => closed(server)))
  }
  for (const address of addresses) {
    const server = createAdaptorServer({
      fetch: app.fetch,
      createServer,
      serverOptions: {
        requestTimeout: 30_000,
        headersTimeout: 10_000,
        keepAliveTimeout: 30_000,
        maxHeaderSize: 8192,
      },
      overrideGlobalObjects: false,
    })
    if (!(server instanceof Server)) throw new TypeError('not an HTTP/1.1 server')
    server.maxConnections = mostConnections
    const fault = await listen(server, actual, address)
    if (fault === null) servers.push(server)
    else if (fault === 'port-taken' || servers.length === 0) {
      await close()
      return fault
    }
    const bound = server.address()
    if (typeof bound === 'object' && bound !== null) actual = bound.port
  }
  return {
    port: actual,
    changed: () => feed.changed(),
    revoked: (clientId) => feed.end(clientId),
    close,
  }
}

/** `not-listening`: this computer has no such address. */
async function listen(server: Server, port: number, host: string): Promise<ListenFault | null> {
  const listening = once(server, 'listening')
  server.listen({ port, host, exclusive: true })
  try {
    await listening
    return null
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : ''
    return code === 'EADDRINUSE' || code === 'EACCES' ? 'port-taken' : 'not-listening'
  }
}

async function closed(server: Server): Promise<void> {
  const done = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await done
}
