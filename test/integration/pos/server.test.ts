import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import os from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import type { PosSettings } from '../../../main/contract/pos.ts'
import { PosClients } from '../../../main/pos/clients.ts'
import { Order, Status } from '../../../main/pos/schemas.ts'
import { freePort } from '../../support/free-port.ts'
import { LinkedTill } from '../../support/linked-till.ts'
import { read } from '../../support/pos-scene.ts'
import { ScriptedTill } from '../../support/scripted-till.ts'

async function linked(change: Partial<PosSettings> = {}): Promise<LinkedTill> {
  const till = await LinkedTill.open(change)
  onTestFinished(() => till.close())
  return till
}

test('nothing listens until the link is switched on, nor after it was switched off', async () => {
  const till = await linked({ isOn: false })
  expect(await till.link.settled()).toBeNull()
  expect(till.link.read().listening).toBe('off')
  expect(till.link.offer().pairing).toBeNull()
  await expect(fetch(`${till.origin}/v1/status`)).rejects.toThrow('fetch failed')
  await till.set({ isOn: true })
  expect((await fetch(`${till.origin}/v1/status`)).status).toBe(401)
  await till.set({ isOn: false })
  await expect(fetch(`${till.origin}/v1/status`)).rejects.toThrow('fetch failed')
  expect(till.scripted.faults).toEqual([])
})

test('a port that another program has is said, and another one is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const till = await linked({ port: address.port })
  expect(till.link.read().listening).toBe('port-taken')
  await till.set({ port: await freePort() })
  expect(till.link.read().listening).toBe('on')
})

test('a pairing is in the audit trail by the name of the POS, and its last use is shown', async () => {
  const till = await linked()
  const token = await till.pair()
  const [client] = till.link.read().clients
  expect(till.records).toEqual([
    { event: 'ordered', by: 'POS POS', request: 'pos.pair', input: { id: client?.id } },
  ])
  await till.ask(token, 'GET', '/v1/status')
  expect(till.link.read().clients).toMatchObject([{ name: 'POS', usedAt: till.scripted.now }])
  till.link.revoke(client?.id ?? '')
  expect((await till.ask(token, 'GET', '/v1/status')).status).toBe(401)
})

test('a name that was rebound to this computer is refused over the wire', async () => {
  const till = await linked()
  const headers = { authorization: `Bearer ${await till.pair()}`, host: 'attacker.example' }
  const asked = request(`${till.origin}/v1/status`, { headers })
  asked.end()
  const [response] = await once(asked, 'response')
  expect(response.statusCode).toBe(421)
  response.resume()
})

test('a body may come in pieces, within its bounds, and a request without one is served', async () => {
  const till = await linked()
  const token = await till.pair()
  const send = async (pieces: readonly string[], key: string) => {
    const asked = request(`${till.origin}/v1/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
    })
    // The till may have replied before it has read everything.
    asked.on('error', () => undefined)
    for (const piece of pieces) asked.write(piece)
    asked.end()
    const [response] = await once(asked, 'response')
    response.resume()
    return Number(response.statusCode)
  }
  expect(await send(['{"orderId":"A1",', '"totalFen":100}'], '1')).toBe(200)
  expect(await send(Array(70).fill('x'.repeat(1000)), '2')).toBe(413)
  const ended = await read(Order, await till.ask(token, 'DELETE', '/v1/orders/A1'))
  expect(ended.isEnded).toBe(true)
  expect(till.scripted.faults).toEqual([])
})

test('events tell the order at once, and every change of it as it comes', async () => {
  const till = await linked()
  const token = await till.pair()
  await till.ask(token, 'POST', '/v1/orders', { orderId: 'A1', totalFen: 6800 })
  const stream = await till.ask(token, 'GET', '/v1/events')
  const heard: string[] = []
  const reading = hear(stream, (text) => heard.push(text))
  await expect.poll(() => heard.join('')).toContain('event: status')
  expect(heard.join('')).toContain('"payFen":6800')
  await till.scripted.scan(1)
  await expect.poll(() => heard.join('')).toContain('"payFen":5800')
  const orders = heard
    .join('')
    .split('\n\n')
    .filter((each) => each.startsWith('event: order'))
    .map((each) => Order.parse(JSON.parse(each.slice(each.indexOf('{')))))
  expect(orders.at(-1)).toMatchObject({ orderId: 'A1', deductFen: 1000 })
  // Whose token is taken back hears no more.
  till.link.revoke(till.link.read().clients[0]?.id ?? '')
  await reading
  expect(till.scripted.faults).toEqual([])
})

test('the till is told over IPv6 too, where the computer has it', async () => {
  const till = await linked()
  const headers = { authorization: `Bearer ${await till.pair()}` }
  const addresses = Object.values(os.networkInterfaces()).flat()
  // A computer without IPv6 serves the other address alone.
  const host = addresses.some((each) => each?.address === '::1') ? '[::1]' : '127.0.0.1'
  const status = await fetch(`http://${host}:${till.port}/v1/status`, { headers })
  expect((await read(Status, status)).tillId).toBe('T1')
})

test('a code is for the records that were open when it was shown', async () => {
  const [one, other] = [new ScriptedTill(), new ScriptedTill()]
  onTestFinished(() => {
    one.close()
    other.close()
  })
  const clients = new PosClients({ elapsed: () => 0, now: () => 0 })
  const code = clients.offer(one.store.pos)
  expect(clients.pair(other.store.pos, code, 'POS').ok).toBe(false)
  expect(clients.pair(one.store.pos, code, 'POS').ok).toBe(true)
})

async function hear(stream: Response, onText: (text: string) => void): Promise<void> {
  const chunks = stream.body?.pipeThrough(new TextDecoderStream())
  if (chunks === undefined) throw new Error('no stream')
  for await (const chunk of chunks) onText(chunk)
}
