import type { Socket } from 'node:net'
import { parseJson } from '../../contract/json.ts'

/** Why nothing came: the line broke, its time was over, or what came is not of this protocol. */
export class WireFault extends Error {
  override readonly name = 'WireFault'
  readonly code: 'broken' | 'late' | 'malformed'

  constructor(code: WireFault['code']) {
    super(code)
    this.code = code
  }
}

/** Messages over a socket, one after the other; each is JSON after its length. */
export interface Wire {
  /** The next message, unchecked. Rejects with a `WireFault`. */
  read(): Promise<unknown>
  write(message: unknown): void
  /** Sends what was written, and closes. */
  end(): void
}

/** More than any message of pairing has. */
const mostBytes = 8192
const lengthBytes = 4

/** `ms`: how long the whole conversation may take. Nothing beyond one message is kept in memory. */
export function openWire(socket: Socket, ms: number): Wire {
  const end = setTimeout(() => fail('late'), ms)
  let fault: WireFault | null = null
  let held = Buffer.alloc(0)
  let waiting: (() => void) | null = null

  function fail(code: WireFault['code']): void {
    fault ??= new WireFault(code)
    clearTimeout(end)
    socket.destroy()
    waiting?.()
  }

  /** Returns the length of the next message; `null` while it is not known. */
  function length(): number | null {
    return held.length < lengthBytes ? null : held.readUInt32BE()
  }

  socket.setNoDelay(true)
  socket.on('data', (chunk: Buffer) => {
    if (held.length + chunk.length > mostBytes + lengthBytes) return fail('malformed')
    held = Buffer.concat([held, chunk])
    const next = length()
    if (next !== null && (next === 0 || next > mostBytes)) return fail('malformed')
    waiting?.()
  })
  socket.on('error', () => fail('broken'))
  socket.on('close', () => fail('broken'))

  return {
    async read() {
      for (;;) {
        const next = length()
        if (next !== null && held.length >= lengthBytes + next) {
          const message = held.subarray(lengthBytes, lengthBytes + next)
          held = held.subarray(lengthBytes + next)
          return parseJson(message.toString('utf8'))
        }
        // What came whole before the line broke is read all the same.
        if (fault !== null) throw fault
        await new Promise<void>((resolve) => (waiting = resolve))
      }
    },
    write(message) {
      const text = Buffer.from(JSON.stringify(message))
      const head = Buffer.alloc(lengthBytes)
      head.writeUInt32BE(text.length)
      socket.write(Buffer.concat([head, text]))
    },
    end() {
      socket.end()
    },
  }
}
