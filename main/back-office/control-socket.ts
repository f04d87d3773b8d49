import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import { ShopServerView } from '../contract/chain.ts'
import { orderNames } from './arguments.ts'

/*
 * How the orders reach the server that runs: a socket in its folder, which its account alone may enter. One line of JSON each way.
 */

export const Order = z.strictObject({ order: z.enum(orderNames), name: z.string().max(64) })
export type Order = z.infer<typeof Order>

export const orderFaults = [
  'not-answering',
  'port-taken',
  'till-not-there',
  'chain-key-missing',
  'key-not-here',
  'not-written',
] as const
export const Reply = z.union([
  z.object({ ok: z.literal(true), server: ShopServerView }),
  z.object({ ok: z.literal(false), fault: z.enum(orderFaults) }),
])
export type Reply = z.infer<typeof Reply>

const mostBytes = 65_536
const patienceMs = 30_000

/** Listens for orders. Fails where a server runs in this folder already. */
export async function listenForOrders(
  folder: string,
  carryOut: (order: Order) => Promise<Reply>,
): Promise<Server | 'runs-already'> {
  const address = addressOf(folder)
  if ((await reach(address)) !== null) return 'runs-already'
  // Left by a process that was killed.
  if (process.platform !== 'win32') rmSync(address, { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.setTimeout(patienceMs, () => socket.destroy())
    readLine(socket)
      .then((line) => carryOut(Order.parse(parseJson(line))))
      .then(
        (reply) => socket.end(`${JSON.stringify(reply)}\n`),
        () => socket.destroy(),
      )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => resolve())
  })
  return server
}

/** Returns what the server that runs in this folder says to an order; `null` where none runs. */
export async function giveOrder(folder: string, order: Order): Promise<Reply | null> {
  const socket = await reach(addressOf(folder))
  if (socket === null) return null
  socket.on('error', () => socket.destroy())
  socket.write(`${JSON.stringify(order)}\n`)
  try {
    return Reply.parse(parseJson(await readLine(socket)))
  } finally {
    socket.destroy()
  }
}

/** On Windows a pipe, which is in no folder: it is named by the folder's digest. */
function addressOf(folder: string): string {
  if (process.platform !== 'win32') return path.join(folder, 'control.sock')
  const digest = createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 32)
  return String.raw`\\.\pipe\hexiao-till-shop-server-${digest}`
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
