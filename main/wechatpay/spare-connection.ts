import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'

/** Where a connection goes to, as undici tells its connector. */
export type ConnectTo = Pick<buildConnector.Options, 'hostname' | 'protocol' | 'port'>

/**
 * How long a spare connection waits for its request. WeChat Pay closes an idle one after 8 s: one that it may be closing
 * must not be used, because a request that is lost on it may have arrived.
 */
export const spareMs = 4000

/** Resolves once it is open; to `null` when it could not be opened. */
type Spare = Promise<Socket | null>

/**
 * Opens connections before their request comes, at most one for each host, so that a request finds the name looked up
 * and TCP and TLS done. Nothing is sent on them.
 */
export class SpareConnections {
  readonly #open: buildConnector.connector
  readonly #spares = new Map<string, Spare>()

  constructor(open: buildConnector.connector) {
    this.#open = open
  }

  /** Opens a spare connection, unless there is one or one is being opened. A failure is left to the request to find out. */
  prepare(to: ConnectTo): void {
    const key = keyOf(to)
    if (this.#spares.has(key)) return
    const spare: Spare = new Promise((resolve) => {
      this.#open({ ...to, host: to.hostname }, (_cause, socket) => resolve(socket ?? null))
    })
    this.#spares.set(key, spare)
    void this.#keep(key, spare)
  }

  /** Connects as `open` does, with the spare connection if there is one. */
  readonly connect: buildConnector.connector = (to, callback) => void this.#connect(to, callback)

  close(): void {
    for (const spare of this.#spares.values()) void spare.then((socket) => socket?.destroy())
    this.#spares.clear()
  }

  async #connect(to: buildConnector.Options, callback: buildConnector.Callback): Promise<void> {
    const key = keyOf(to)
    const spare = this.#spares.get(key)
    this.#spares.delete(key)
    const socket = (await spare) ?? null
    if (socket === null || socket.destroyed) {
      this.#open(to, callback)
      return
    }
    socket.removeListener('error', ignore)
    callback(null, socket)
  }

  async #keep(key: string, spare: Spare): Promise<void> {
    const socket = await spare
    const isKept = (): boolean => this.#spares.get(key) === spare
    const forget = (): void => {
      if (isKept()) this.#spares.delete(key)
    }
    if (socket === null) {
      forget()
      return
    }
    // A request took it while it was being opened.
    if (!isKept()) return
    const timer = setTimeout(() => {
      if (isKept()) socket.destroy()
      forget()
    }, spareMs)
    timer.unref()
    socket.on('error', ignore)
    // The server may close it at any time.
    for (const event of ['end', 'close'] as const)
      socket.once(event, () => {
        clearTimeout(timer)
        forget()
      })
  }
}

function keyOf({ protocol, hostname, port }: ConnectTo): string {
  return `${protocol}//${hostname}:${port}`
}

function ignore(): void {}
