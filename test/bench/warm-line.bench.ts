import { once } from 'node:events'
import { createServer } from 'node:https'
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from '../../renderer/scanner/statistics.ts'
import { createConnections } from '../../main/wechatpay/connections.ts'
import { createTlsIdentity } from '../support/loopback-servers.ts'
import type { BenchRow } from './bench-row.ts'

/** There and back over the relay, ms, and once more for the greeting of TCP, which loopback does at once. */
const roundTripMs = 40
/** A scanner needs this long for the 22 digits of a code, at 8 ms a key. */
const scanMs = 176
const rounds = Number(process.env['WARM_LINE_ROUNDS'] ?? 40)

/**
 * Measures the first request after a rest, over a line with a round trip of 40 ms: with the connection made ready at the
 * first key of its scan, and without. The server closes each connection after its reply, as it does after a rest.
 */
export async function bench(): Promise<BenchRow[]> {
  const identity = await createTlsIdentity()
  const server = createServer({ key: identity.keyPem, cert: identity.certificatePem }, (_, reply) =>
    reply.setHeader('connection', 'close').end('{}'),
  )
  const relay = createRelay(await portOf(server))
  const origin = `https://localhost:${await portOf(relay)}`
  const connections = createConnections({
    connectMs: 3000,
    certificateAuthorities: [identity.certificatePem],
  })
  async function timeRequest(isExpected: boolean): Promise<number> {
    if (isExpected) connections.prepare(origin)
    await sleep(scanMs)
    const startedAt = performance.now()
    const { body } = await connections
      .dispatcherFor(origin, 'direct')
      .request({ origin, path: '/', method: 'POST', body: '{}' })
    await body.dump()
    return performance.now() - startedAt
  }
  const times: { readonly warm: number[]; readonly cold: number[] } = { warm: [], cold: [] }
  // The first gets the TLS session that the later ones resume.
  await timeRequest(false)
  for (let round = 0; round < rounds; round += 1) {
    times.warm.push(await timeRequest(true))
    times.cold.push(await timeRequest(false))
  }
  await connections.close()
  relay.close()
  server.close()
  const [warm, cold] = [median(times.warm), median(times.cold)]
  console.log(`first request after a rest: ${warm.toFixed(1)} ms, unexpected ${cold.toFixed(1)} ms`)
  const measure = 'last key to reply after a rest, in round trips of 40 ms'
  const trips = warm / roundTripMs
  return [
    { measure, ours: trips, peer: cold / roundTripMs, ratio: trips, goal: 1.3, better: 'lower' },
  ]
}

/** Passes bytes on half a round trip later, in order; the first ones after the greeting that they stand for. */
function createRelay(port: number): Server {
  return createTcpServer((near) => {
    const far = connect(port, '127.0.0.1')
    const greeted = sleep(roundTripMs)
    delay(near, far, greeted)
    delay(far, near, greeted)
  })
}

function delay(from: Socket, to: Socket, greeted: Promise<void>): void {
  let last: Promise<unknown> = greeted
  const later = (work: () => unknown): void => {
    last = Promise.all([last, sleep(roundTripMs / 2)]).then(work)
  }
  from.on('data', (chunk) => later(() => to.write(chunk)))
  from.on('end', () => later(() => to.end()))
  for (const socket of [from, to]) socket.on('error', () => socket.destroy())
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}
