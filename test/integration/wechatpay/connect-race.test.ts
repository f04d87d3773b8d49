import { createServer } from 'node:http'
import * as net from 'node:net'
import { createSecureContext } from 'node:tls'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createRacingConnector } from '../../../main/wechatpay/connect-race.ts'
import {
  closedPort,
  createTlsIdentity,
  listenOnLoopback,
  serveTls,
} from '../../support/loopback-servers.ts'

/** What happens to a connection to each of a name's addresses. */
type Address = 'dead' | 'refused' | 'quick' | { readonly slowMs: number }

async function race(addresses: readonly Address[], connectMs = 20_000) {
  const port = await listenOnLoopback(createServer((_, response) => response.end()))
  const refused = await closedPort()
  const opened: net.Socket[] = []
  const connector = createRacingConnector({
    connectMs,
    secureContext: () => createSecureContext(),
    addressesOf: async () => addresses.map((_, at) => String(at)),
    open(address) {
      const socket = new net.Socket()
      const how = addresses[Number(address)]
      opened.push(socket)
      if (how === 'refused') socket.connect(refused, '127.0.0.1')
      else if (how === 'quick') socket.connect(port, '127.0.0.1')
      else if (typeof how === 'object')
        setTimeout(() => socket.destroyed || socket.connect(port, '127.0.0.1'), how.slowMs)
      return socket
    },
  })
  const startedAt = performance.now()
  const result = await connectBy(connector, 'http:', 'shop.example', port)
  return {
    ...result,
    tookMs: performance.now() - startedAt,
    tried: opened.length,
    left: opened.filter((socket) => !socket.destroyed).length,
  }
}

async function connectBy(
  connector: ReturnType<typeof createRacingConnector>,
  protocol: string,
  hostname: string,
  port: number,
) {
  const { promise, resolve } = Promise.withResolvers<{
    error: Error | null
    socket: net.Socket | null
  }>()
  connector({ hostname, protocol, port: String(port) }, (error, socket) =>
    resolve({ error, socket }),
  )
  const result = await promise
  onTestFinished(() => void result.socket?.destroy())
  return result
}

test('a slow address before a dead one connects: it is not given up after 250 ms', async () => {
  const result = await race([{ slowMs: 600 }, 'dead'])
  expect(result).toMatchObject({ error: null, tried: 2, left: 1 })
  expect(result.tookMs).toBeGreaterThan(550)
})

test('a dead address before a good one costs a quarter of a second', async () => {
  stopTimers()
  const racing = race(['dead', 'quick'])
  await vi.advanceTimersByTimeAsync(250)
  expect(await racing).toMatchObject({ error: null, tried: 2, left: 1 })
})

test('an address that refuses is skipped at once', async () => {
  stopTimers()
  expect(await race(['refused', 'quick'])).toMatchObject({ error: null, left: 1 })
})

/** From here on no timer runs but those that the test runs itself. */
function stopTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
}

test('an address that refuses after a slow one does not end the call', async () => {
  expect(await race([{ slowMs: 600 }, 'refused'])).toMatchObject({ error: null, left: 1 })
})

test('a good first address is the only one tried', async () => {
  expect(await race(['quick', 'dead'])).toMatchObject({ error: null, tried: 1 })
})

test('with only dead addresses the call ends at its deadline, and no connection is left', async () => {
  const result = await race(['dead', 'dead'], 700)
  expect(result).toMatchObject({ error: { code: 'UND_ERR_CONNECT_TIMEOUT' }, left: 0 })
})

test("with only refusing addresses the error has each one's reason", async () => {
  const { error } = await race(['refused', 'refused'])
  expect(error).toBeInstanceOf(AggregateError)
  expect(await race(['refused'])).toMatchObject({ error: { code: 'ECONNREFUSED' } })
})

test('TLS uses the host name, and counts against the deadline too', async () => {
  const identity = await createTlsIdentity()
  const origin = `http://127.0.0.1:${await listenOnLoopback(createServer())}`
  const secure = await serveTls(identity, origin)
  const secureContext = () => createSecureContext({ ca: identity.certificatePem })
  const connector = createRacingConnector({ connectMs: 20_000, secureContext })
  expect(await connectBy(connector, 'https:', 'localhost', secure.port)).toMatchObject({
    error: null,
    socket: { authorized: true, servername: 'localhost' },
  })
  // The certificate is valid for the name, not for the address.
  expect(await connectBy(connector, 'https:', '127.0.0.1', secure.port)).toMatchObject({
    error: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  })
  const silent = await listenOnLoopback(net.createServer())
  const hurried = createRacingConnector({ connectMs: 300, secureContext })
  expect(await connectBy(hurried, 'https:', 'localhost', silent)).toMatchObject({
    error: { code: 'UND_ERR_CONNECT_TIMEOUT' },
  })
})
