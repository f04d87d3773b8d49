import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface CountingRelay {
  readonly origin: string
  /** How many connections are open. */
  readonly open: () => number
  /** How many bytes the till has sent, on all of them. */
  readonly sent: () => number
  close(): void
}

/** Opens a TCP proxy in front of a loopback origin. */
export async function openCountingRelay(to: string): Promise<CountingRelay> {
  const near = new Set<Socket>()
  let bytes = 0
  const server = createServer((socket) => {
    near.add(socket)
    const far = connect(Number(new URL(to).port), '127.0.0.1')
    socket.on('data', (chunk) => {
      bytes += chunk.length
      far.write(chunk)
    })
    far.pipe(socket)
    socket.on('end', () => far.end())
    socket.on('close', () => near.delete(socket))
    for (const each of [socket, far]) each.on('error', () => each.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    open: () => near.size,
    sent: () => bytes,
    close() {
      server.close()
      for (const socket of near) socket.destroy()
    },
  }
}
