import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import path from 'node:path'
import type { z } from 'zod'
import { parseJson } from '../contract/json.ts'

/*
 * How the orders reach the program that runs: a socket in its folder, which its account alone may enter. One line of JSON each way.
 */

export interface Control {
  /** Takes no more orders. Resolves once the last one is carried out. */
  close(): Promise<void>
}

/** The names of a chain's shops fit in. */
const mostBytes = 4 * 1024 ** 2
const patienceMs = 30_000

/** Listens for orders, and carries them out one after another. Fails where a program listens in this folder already. */
export async function listenForOrders<Order>(
  folder: string,
  shape: z.ZodType<Order>,
  carryOut: (order: Order) => Promise<unknown>,
): Promise<Control | 'runs-already'> {
  const address = addressOf(folder)
  const other = await reach(address)
  other?.destroy()
  if (other !== null) return 'runs-already'
  // Left by a process that was killed.
  if (process.platform !== 'win32') rmSync(address, { force: true })
  let working: Promise<unknown> = Promise.resolve()
  const inTurn = (order: Order): Promise<unknown> => {
    const done = working.then(() => carryOut(order))
    working = done.catch(() => undefined)
    return done
  }
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.setTimeout(patienceMs, () => socket.destroy())
    readLine(socket)
      .then((line) => inTurn(shape.parse(parseJson(line))))
      .then(
        (reply) => socket.end(`${JSON.stringify(reply)}\n`),
        () => socket.destroy(),
      )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => resolve())
  })
  return {
    async close() {
      server.close()
      await working
    },
  }
}

/** Returns what the program that runs in this folder says to an order; `null` where none runs. */
export async function giveOrder<Reply>(
  folder: string,
  order: unknown,
  shape: z.ZodType<Reply>,
): Promise<Reply | null> {
  const socket = await reach(addressOf(folder))
  if (socket === null) return null
  socket.on('error', () => socket.destroy())
  socket.write(`${JSON.stringify(order)}\n`)
  try {
    return shape.parse(parseJson(await readLine(socket)))
  } finally {
    socket.destroy()
  }
}

/** On Windows a pipe, which is in no folder: it is named by the folder's digest. */
function addressOf(folder: string): string {
  if (process.platform !== 'win32') return path.join(folder, 'control.sock')
  const digest = createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 32)
  return String.raw`\\.\pipe\hexiao-till-${digest}`
}

function reach(address: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}

function readLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end !== -1) resolve(text.slice(0, end))
      else if (text.length > mostBytes) reject(new Error('too long'))
    })
    socket.once('close', () => reject(new Error('the other side has hung up')))
  })
}
