import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { headers, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node'
import { connect as connectTls } from 'node:tls'
import { connect as connectTcp } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  gateSubject,
  journalSubject,
  lockSubject,
  readySubject,
  serverName,
} from '../../../main/chain/names.ts'
import { createChainSealing } from '../../../main/chain/sealing.ts'
import { createTillKey } from '../../../main/chain/till-key.ts'
import { noEngine } from '../../support/engine-here.ts'
import { connectAs } from '../../support/shop-server-acts.ts'
import { answered, claimOn, openShop, type TestShop } from '../../support/shop-of-tills.ts'

const none = new Uint8Array()

describe.skipIf(noEngine !== null)(
  `what a stolen till may do at the server${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('it can neither empty, delete, overwrite nor make anything, nor play the keeper or another till', async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const held = claimOn('C1')
      expect(await answered(one, held)).toEqual({ outcome: 'won' })
      const { connection, manager } = await thief(shop, two.keys)
      const incarnation = shop.server.health().gate.incarnation ?? ''
      const taken = lockSubject(incarnation, createChainSealing(shop.chainKey).coupon(held), 0)
      const client = jetstream(connection, { timeout: 1000 })

      // JetStream's own word: the subject is taken, whatever the headers ask for.
      await expect(client.publish(taken, none)).rejects.toThrow(/per subject/)
      for (const [name, value] of Object.entries({ 'Nats-Rollup': 'sub', 'Nats-TTL': '1s' })) {
        const asked = headers()
        asked.set(name, value)
        const answer = await connection.request(taken, none, { timeout: 1000, headers: asked })
        expect(answer.json()).toMatchObject({ error: expect.anything() })
      }

      const forbidden: Record<string, () => Promise<unknown>> = {
        'open the gate': () => client.publish(gateSubject(incarnation), none),
        'say that another is ready': () =>
          client.publish(readySubject(incarnation, one.keys.key), none),
        "write another's journal": () =>
          client.publish(journalSubject(one.keys.key, 'f'.repeat(32)), none),
        'delete a message': () => manager.streams.deleteMessage('LOCKS', 1),
        'empty a stream': () => manager.streams.purge('LOCKS'),
        'delete a stream': () => manager.streams.delete('LOCKS'),
        'make a stream': () => manager.streams.add({ name: 'MINE', subjects: ['mine'] }),
        'change a stream': () => manager.streams.update('LOCKS', { max_msgs_per_subject: 2 }),
        'make a consumer': () => manager.consumers.add('JOURNAL', { name: 'mine' }),
        'read the locks by sequence': () => manager.direct.getMessage('LOCKS', { seq: 1 }),
        'list the streams': () => manager.streams.list().next(),
      }
      const done: string[] = []
      for (const [name, act] of Object.entries(forbidden)) {
        const end = await act().then(
          () => 'done',
          (cause: unknown) => cause,
        )
        const isRefused = violates(end)
        if (!isRefused) done.push(`${name}: ${String(end)}`)
      }
      expect(done).toEqual([])
      expect(await answered(one, held)).toEqual({ outcome: 'won' })
      expect(shop.server.health().gate).toMatchObject({ incarnation, isOpen: true })
    })

    test("it hears no answers of another till's, and no claims", async () => {
      const shop = await openShop()
      const [one, two] = await Promise.all([shop.till('till 1'), shop.till('till 2')])
      const { connection } = await thief(shop, two.keys)
      const subjects = ['>', '_INBOX_>', `_INBOX_${one.keys.key}.>`, 'lock.>', '$JS.>', '$SYS.>']
      const heard = subjects.map(
        (subject) =>
          new Promise((resolve) => {
            connection.subscribe(subject, {
              callback: (fault, message) => resolve(fault ?? message),
            })
          }),
      )
      const refused = (await Promise.all(heard)).map(
        (end) => end instanceof PermissionViolationError,
      )
      expect(refused).toEqual(subjects.map(() => true))
    })

    test('without a key of its roster, without TLS or by plain words, nobody gets in', async () => {
      const shop = await openShop()
      // It is told why, or finds the line closed before it has read that.
      await expect(connectAs(shop, createTillKey().seed)).rejects.toThrow(
        /authorization|EPIPE|ECONNRESET|closed/i,
      )
      // Not a word before TLS, and none that was not asked for by a key.
      expect(await firstWords(connectTcp(shop.port, '127.0.0.1'))).toBe('')
      const tls = connectTls({
        port: shop.port,
        host: '127.0.0.1',
        ca: shop.server.authority,
        servername: serverName,
      })
      tls.write('CONNECT {"verbose":true,"user":"a","pass":"b"}\r\nPING\r\n')
      const words = await firstWords(tls)
      expect(words).toMatch(/^INFO /)
      expect(words).not.toContain('PONG')
      expect(words).toContain('Authorization Violation')
    })
  },
)

async function thief(
  shop: TestShop,
  { key, seed }: { readonly key: string; readonly seed: string },
): Promise<{ connection: NatsConnection; manager: JetStreamManager }> {
  const connection = await connectAs(shop, seed, `_INBOX_${key}`)
  onTestFinished(() => connection.close())
  return {
    connection,
    manager: await jetstreamManager(connection, { checkAPI: false, timeout: 1000 }),
  }
}

/** The server's own refusal, and not a missing answer. */
function violates(end: unknown): boolean {
  for (let cause = end; cause instanceof Error; cause = cause.cause)
    if (cause instanceof PermissionViolationError) return true
  return false
}

/** What comes within half a second. */
function firstWords(socket: ReturnType<typeof connectTcp>): Promise<string> {
  return new Promise((resolve) => {
    let words = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (words += chunk))
    socket.on('error', () => undefined)
    setTimeout(() => {
      socket.destroy()
      resolve(words)
    }, 500)
  })
}
