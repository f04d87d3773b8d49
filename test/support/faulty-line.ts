import { connect, createServer, type Socket } from 'node:net'
import { listenOnLoopback } from './loopback-servers.ts'

/**
 * What happens to a connection once `after` bytes have passed in that direction: it is reset (RST), closed as if
 * complete (FIN), stalls, or passes one byte at a time.
 */
export interface LineFault {
  readonly direction: 'request' | 'reply'
  readonly after: number
  readonly how: 'reset' | 'end' | 'stall' | 'drip'
}

export interface FaultyLine {
  readonly origin: string
  /** Applies to every connection that begins from now on. */
  fault: LineFault | null
  /** Bytes that have passed so far, over all connections. */
  readonly passed: Readonly<Record<LineFault['direction'], number>>
}

const dripMs = 20

/** Opens a TCP proxy in front of `origin` that knows only bytes. It closes with the test. */
export async function openFaultyLine(origin: string): Promise<FaultyLine> {
  const sockets = new Set<Socket>()
  const passed = { request: 0, reply: 0 }
  const server = createServer((near) => {
    const far = connect(Number(new URL(origin).port), '127.0.0.1')
    const { fault } = line
    for (const socket of [near, far]) {
      sockets.add(socket)
      // Broken connections are what this proxy is for.
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    carry(near, far, 'request')
    carry(far, near, 'reply')

    function carry(from: Socket, to: Socket, direction: LineFault['direction']): void {
      let left = fault?.direction === direction ? fault.after : Number.POSITIVE_INFINITY
      from.on('data', (chunk) => {
        const whole = chunk.subarray(0, left)
        left -= whole.length
        passed[direction] += whole.length
        const beyond = chunk.subarray(whole.length)
        if (whole.length > 0) to.write(whole)
        if (left > 0 || fault === null) return
        from.pause()
        switch (fault.how) {
          case 'reset':
            near.resetAndDestroy()
            far.resetAndDestroy()
            return
          case 'end':
            near.end()
            far.end()
            return
          case 'drip':
            void drip(beyond, to)
            return
          case 'stall':
        }
      })
    }
  })
  const port = await listenOnLoopback({
    listen: (...of: [number, string, () => void]) => server.listen(...of),
    address: () => server.address(),
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  })
  const line: FaultyLine = { origin: `http://127.0.0.1:${port}`, fault: null, passed }
  return line
}

async function drip(bytes: Buffer, to: Socket): Promise<void> {
  for (const byte of bytes) {
    if (to.destroyed) return
    to.write(Uint8Array.of(byte))
    await new Promise((resolve) => setTimeout(resolve, dripMs))
  }
}
