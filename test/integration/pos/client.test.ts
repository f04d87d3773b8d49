import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import {
  NoReply,
  TillClient,
  type TillEvent,
  TillProblem,
} from '../../../clients/typescript/src/index.ts'
import { LinkedTill } from '../../support/linked-till.ts'
import { listenOnLoopback } from '../../support/loopback-servers.ts'
import { openLossyRelay } from '../../support/lossy-relay.ts'
import { codeOf } from '../../support/scripted-till.ts'

async function linked(): Promise<LinkedTill> {
  const till = await LinkedTill.open()
  onTestFinished(() => till.close())
  return till
}

test('it pairs, sells with a coupon, gives it back and ends the order', async () => {
  const { link, origin } = await linked()
  const code = link.offer().pairing?.code ?? ''
  const { token } = await new TillClient({ origin }).pair({ code, name: 'POS' })
  const till = new TillClient({ origin, token, language: 'en' })
  expect(await till.status()).toMatchObject({ mode: 'live', orderId: null, pos: 'POS' })
  await till.openOrder('1', { orderId: 'A1', totalFen: 6800 })
  const { coupon } = await till.addCoupon('2', 'A1', { code: codeOf(1) })
  expect(coupon).toMatchObject({ instruction: 'give', deductFen: 1000, title: 'Redeemed' })
  expect(await till.readOrder('A1')).toMatchObject({ payFen: 5800, isAtCounter: true })
  const back = await till.returnCoupon('3', 'A1', coupon.no ?? '')
  expect(back.order.deductFen).toBe(0)
  expect(await till.endOrder('A1')).toMatchObject({ isEnded: true, payFen: 6800 })
})

test('a request is repeated byte for byte while there is no reply, and deducts once', async () => {
  const linkedTill = await linked()
  const relay = await openLossyRelay(linkedTill.origin)
  const token = await linkedTill.pair()
  const till = new TillClient({ origin: relay.origin, token, pauseMs: 5 })
  await till.openOrder('1', { orderId: 'A1', totalFen: 6800 })
  const losses = ['request', 'reply', 'reply'] as const
  let asked = 0
  relay.lose = () => losses[(asked += 1) - 1] ?? null
  const { coupon } = await till.addCoupon('2', 'A1', { code: codeOf(1) })
  expect(coupon).toMatchObject({ instruction: 'give', deductFen: 1000 })
  expect(relay.heard.slice(1)).toEqual(
    Array(4).fill(`POST /v1/orders/A1/coupons 2 {"code":"${codeOf(1)}"}`),
  )
  expect(linkedTill.scripted.sent).toHaveLength(1)
})

test('when the patience is over nobody claims to know, and the order tells', async () => {
  const linkedTill = await linked()
  const relay = await openLossyRelay(linkedTill.origin)
  const token = await linkedTill.pair()
  const till = new TillClient({ origin: relay.origin, token, pauseMs: 5, patienceMs: 40 })
  await till.openOrder('1', { orderId: 'A1', totalFen: 6800 })
  relay.lose = () => 'reply'
  await expect(till.addCoupon('2', 'A1', { code: codeOf(1) })).rejects.toThrow(NoReply)
  relay.lose = () => null
  expect(await till.readOrder('A1')).toMatchObject({ deductFen: 1000, payFen: 5800 })
})

test('what the till refuses is a problem with its code, and is not repeated', async () => {
  const linkedTill = await linked()
  const relay = await openLossyRelay(linkedTill.origin)
  const till = new TillClient({ origin: relay.origin, token: await linkedTill.pair() })
  const refused = await till.readOrder('nobody').catch((cause: unknown) => cause)
  expect(refused).toBeInstanceOf(TillProblem)
  expect(refused).toMatchObject({ problem: { code: 'order-not-found', status: 404 } })
  expect(relay.heard).toHaveLength(1)
})

test('another program on the port is no till, whatever it replies', async () => {
  const server = createServer((_, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html' }).end('{"mode":"live"}')
  })
  const origin = `http://127.0.0.1:${await listenOnLoopback(server)}`
  const till = new TillClient({ origin, token: 'x', patienceMs: 0 })
  await expect(till.status()).rejects.toThrow(NoReply)
})

test('events are heard, and again after a break; whose token was taken back hears no more', async () => {
  const linkedTill = await linked()
  const token = await linkedTill.pair()
  const till = new TillClient({ origin: linkedTill.origin, token, language: 'en' })
  await till.openOrder('1', { orderId: 'A1', totalFen: 6800 })
  const ending = new AbortController()
  onTestFinished(() => ending.abort())
  const heard: TillEvent[] = []
  const listening = (async () => {
    for await (const event of till.events(ending.signal)) heard.push(event)
  })().catch((cause: unknown) => cause)
  const sums = () => heard.flatMap((each) => (each.kind === 'order' ? [each.order.payFen] : []))
  await expect.poll(() => sums()).toEqual([6800])
  await linkedTill.scripted.scan(1)
  await expect.poll(() => sums().at(-1)).toBe(5800)
  expect(heard[0]).toEqual({ kind: 'connected' })

  await linkedTill.set({ isOn: false })
  await expect.poll(() => heard.at(-1)).toEqual({ kind: 'lost' })
  await linkedTill.set({ isOn: true })
  const connections = () => heard.filter(({ kind }) => kind === 'connected').length
  await expect.poll(() => connections()).toBe(2)
  linkedTill.link.revoke(linkedTill.link.read().clients[0]?.id ?? '')
  expect(await listening).toMatchObject({ problem: { code: 'not-paired' } })
})
