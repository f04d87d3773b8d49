import { type RequestListener, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP listener on loopback that can be cut and restored on the same port, like a cable pulled and put back. */
export interface SwitchableListener {
  readonly origin: string
  isUp(): boolean
  /** Destroys all connections and refuses new ones. */
  cut(): Promise<void>
  restore(): Promise<void>
}

/** An idle connection is closed after this, as by WeChat Pay, and replies say so. */
const idleCloseMs = 8000

/** Rejects when the port is taken. */
export async function listen(
  port: number,
  onRequest: RequestListener,
): Promise<SwitchableListener> {
  let server: Server | null = await open(port, onRequest)
  const bound = portOf(server)
  return {
    origin: `http://127.0.0.1:${bound}`,
    isUp: () => server !== null,
    async cut() {
      const closing = server
      server = null
      if (closing !== null) await close(closing)
    },
    async restore() {
      server ??= await open(bound, onRequest)
    },
  }
}

function open(port: number, onRequest: RequestListener): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: idleCloseMs }, onRequest)
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}
