import { createServer } from 'node:http'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { Pool } from 'undici'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Connections, createConnections } from '../../../main/wechatpay/connections.ts'
import { spareMs } from '../../../main/wechatpay/spare-connection.ts'
import { createTlsIdentity, listenOnLoopback, serveTls } from '../../support/loopback-servers.ts'

let connections: Connections
let served: number
let backend: string

beforeEach(async () => {
  served = 0
  const server = createServer((_request, response) => {
    served += 1
    response.end('{}')
  })
  backend = `http://127.0.0.1:${await listenOnLoopback(server)}`
})

afterEach(async () => {
  vi.useRealTimers()
  await connections.close()
})

async function ask(origin: string): Promise<number> {
  const dispatcher = connections.dispatcherFor(origin, 'direct')
  const reply = await dispatcher.request({ origin, path: '/', method: 'GET' })
  await reply.body.dump()
  return reply.statusCode
}

test('a connection is ready before its request, sends nothing by itself, and carries it', async () => {
  const identity = await createTlsIdentity()
  const tls = await serveTls(identity, backend)
  connections = createConnections({
    connectMs: 20_000,
    certificateAuthorities: [identity.certificatePem],
  })
  const origin = `https://localhost:${tls.port}`
  connections.prepare(origin)
  connections.prepare(origin)
  await expect.poll(() => tls.count()).toBe(1)
  expect(served).toBe(0)
  expect(await ask(origin)).toBe(200)
  expect(served).toBe(1)
  expect(tls.count()).toBe(1)
})

interface Line {
  readonly origin: string
  readonly sockets: readonly Socket[]
  /** How many of them have closed, on both ends. */
  closed: number
}

/** Serves the same over plain TCP, and counts connections. */
async function serveTcp(): Promise<Line> {
  const sockets: Socket[] = []
  const http = createServer((_request, response) => {
    served += 1
    response.end('{}')
  })
  const server = createTcpServer((socket) => {
    sockets.push(socket)
    socket.once('close', () => {
      line.closed += 1
    })
    http.emit('connection', socket)
  })
  const line = {
    origin: `http://127.0.0.1:${await listenOnLoopback(server)}`,
    sockets,
    closed: 0,
  }
  return line
}

test('none is opened while one is free', async () => {
  const line = await serveTcp()
  connections = createConnections({ connectMs: 20_000, certificateAuthorities: 'public' })
  expect(await ask(line.origin)).toBe(200)
  const pool = connections.dispatcherFor(line.origin, 'direct')
  await expect.poll(() => pool instanceof Pool && pool.stats.free).toBe(1)
  connections.prepare(line.origin)
  expect(await ask(line.origin)).toBe(200)
  // Connections are accepted in their order: one that was opened before this one would be there too.
  const last = connect(Number(new URL(line.origin).port), '127.0.0.1')
  await expect
    .poll(() => line.sockets.some((each) => each.remotePort === last.localPort))
    .toBe(true)
  last.destroy()
  expect(line.sockets).toHaveLength(2)
})

test('a connection that the server closed meanwhile is not used', async () => {
  const line = await serveTcp()
  connections = createConnections({ connectMs: 20_000, certificateAuthorities: 'public' })
  connections.prepare(line.origin)
  await expect.poll(() => line.sockets.length).toBe(1)
  for (const socket of line.sockets) socket.end()
  // The till's end closes too, once it has noticed.
  await expect.poll(() => line.closed).toBe(1)
  expect(await ask(line.origin)).toBe(200)
  expect(line.sockets).toHaveLength(2)
  expect(served).toBe(1)
})

test('a connection that no request needed is closed again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const line = await serveTcp()
  connections = createConnections({ connectMs: 20_000, certificateAuthorities: 'public' })
  connections.prepare(line.origin)
  while (line.sockets.length === 0) await setImmediate()
  let waitedMs = 0
  for (; line.closed === 0; waitedMs += 500) {
    await vi.advanceTimersByTimeAsync(500)
    await setImmediate()
  }
  expect(waitedMs).toBeGreaterThanOrEqual(spareMs)
  expect(served).toBe(0)
})

test('closing leaves no connection open, neither ready nor being opened', async () => {
  const line = await serveTcp()
  connections = createConnections({ connectMs: 20_000, certificateAuthorities: 'public' })
  connections.prepare(line.origin)
  await connections.close()
  await expect.poll(() => line.closed).toBe(1)
})
