import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished, expect, test } from 'vitest'
import { createVerifiedTimeMemory } from '../../../main/app/live/verified-time.ts'
import type { VerifiedTimeMemory } from '../../../main/wechatpay/reply-guard.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { newRequestNo, openScene, patient, type Scene } from '../../support/wechatpay-scene.ts'

interface Kept {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

interface Box {
  /** Every reply that passed, the newest last. */
  readonly kept: Kept[]
  /** Sent as the reply instead of passing a request on; `null`: requests are passed on. */
  next: Kept | null
  date: string | null
  /** Whether each of two requests gets the other's reply. */
  isSwapping: boolean
}

/** A machine in the line that passes requests on, and does with replies what the test tells it. */
async function openBox(origin: string) {
  const box: Box = { kept: [], next: null, date: null, isSwapping: false }
  let waiting: { reply: Kept; give: (reply: Kept) => void } | null = null

  function swapped(reply: Kept): Promise<Kept> {
    const other = waiting
    waiting = null
    if (other === null)
      return new Promise((give) => {
        waiting = { reply, give }
      })
    other.give(reply)
    return Promise.resolve(other.reply)
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const own = box.next ?? (await forward(request, Buffer.concat(chunks)))
    if (box.next === null) box.kept.push(own)
    const reply = box.isSwapping ? await swapped(own) : own
    const date = box.date === null ? {} : { date: box.date }
    response.writeHead(reply.status, { ...reply.headers, ...date }).end(reply.body)
  }
  async function forward(request: IncomingMessage, body: Buffer): Promise<Kept> {
    const { method = 'GET', url = '/', headers } = request
    const passedOn = ['accept', 'authorization', 'content-type', 'wechatpay-serial', 'user-agent']
    const reply = await fetch(`${origin}${url}`, {
      method,
      headers: Object.fromEntries(passedOn.map((name) => [name, String(headers[name] ?? '')])),
      ...(method === 'POST' && { body: new Uint8Array(body) }),
    })
    const kept = [...reply.headers].filter(
      ([name]) => name.startsWith('wechatpay-') || name === 'date',
    )
    return {
      status: reply.status,
      headers: Object.fromEntries(kept),
      body: Buffer.from(await reply.arrayBuffer()),
    }
  }
  const server = createServer((request, response) => void pass(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { box, origin: `http://127.0.0.1:${address.port}` }
}

async function openTill(scene: Scene, memory: VerifiedTimeMemory | null, pcClock = Date.now) {
  const { box, origin } = await openBox(scene.standIn.origin)
  const options = { origins: [origin], verifiedTime: memory, clock: pcClock }
  const gateway = createTestGateway(scene.till, options)
  onTestFinished(() => gateway.close())
  const redeem = (code: string) => {
    const body = useBody({ code, appid: scene.till.appid, useRequestNo: newRequestNo() })
    return gateway.useCoupon(body, patient)
  }
  return { box, redeem, gateway }
}

/** The till's own records, opened and closed with its program. */
function openRecords(file: string) {
  const store = openTestStore(file)
  const memory = createVerifiedTimeMemory(store.verifiedTime, (cause) => {
    throw new Error('not written', { cause })
  })
  return {
    memory,
    close() {
      memory.flush()
      store.close()
    },
  }
}

test('a genuine reply that a machine in the line recorded makes no other code green', async () => {
  const scene = await openScene()
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  const file = `${folder.path}/till.db`
  const records = openRecords(file)
  const till = await openTill(scene, records.memory)
  expect(await till.redeem(await scene.sample())).toMatchObject({ status: 200, verified: true })
  const genuine = till.box.kept.at(-1) ?? null
  expect(genuine?.status).toBe(200)
  till.box.next = genuine
  // With the time at which it was signed, as an attacker would set it.
  till.box.date = genuine?.headers['date'] ?? null
  expect(await till.redeem('1999999999999999999999')).toMatchObject({
    status: 200,
    verified: false,
  })
  await till.gateway.close()
  records.close()

  // Nor after a restart, on a computer whose clock is at the time of the signature.
  const reopened = openRecords(file)
  onTestFinished(() => reopened.close())
  const restarted = await openTill(scene, reopened.memory)
  restarted.box.next = genuine
  restarted.box.date = till.box.date
  const again = await restarted.redeem('1999999999999999999998')
  expect(again).toMatchObject({ status: 200, verified: false })
  restarted.box.next = null
  restarted.box.date = null
  const { stockId = '' } = (await scene.control.coupon({ code: await scene.sample() })) ?? {}
  await expect
    .poll(() => restarted.gateway.queryStock(stockId, patient))
    .toMatchObject({ ok: true })
})

test('a reply about another coupon proves nothing about the one that was queried', async () => {
  const scene = await openScene()
  const till = await openTill(scene, null)
  const ask = async (code: string) => {
    const { openid } = (await scene.control.coupon({ code })) ?? {}
    const of = { openid: openid ?? '', couponCode: code, appid: scene.till.appid }
    return till.gateway.queryCoupon(of, patient)
  }
  const codes = [await scene.sample('valid'), await scene.sample('used')] as const
  expect(await Promise.all(codes.map(ask))).toMatchObject([{ ok: true }, { ok: true }])
  till.box.isSwapping = true
  const unproven = { why: 'of-another' }
  const none = { ok: false, error: { status: 200, verified: false, unproven } }
  expect(await Promise.all(codes.map(ask))).toMatchObject([none, none])
})
