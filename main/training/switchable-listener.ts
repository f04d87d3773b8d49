import { type RequestListener, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A loopback HTTP listener that can vanish and come back on the same port: a cable pulled and put back. */
export interface SwitchableListener {
  readonly origin: string
  isUp(): boolean
  /** Connections die, new ones are refused. */
  cut(): Promise<void>
  restore(): Promise<void>
}

/** As WeChat Pay's: a connection idle for longer is closed, and replies say so. */
const idleCloseMs = 8000

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
