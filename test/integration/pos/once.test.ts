import { expect, test, vi } from 'vitest'
import { OnceOnly } from '../../../main/pos/once.ts'
import { CouponInOrder, Order } from '../../../main/pos/schemas.ts'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'
import { PosScene, problemIn, read } from '../../support/pos-scene.ts'
import { codeOf, silence, tenYuanOff, used } from '../../support/scripted-till.ts'

function scene(): PosScene {
  const pos = new PosScene({ patienceMs: 1000 })
  pos.scripted.store.stocks.save(tenYuanOff, pos.scripted.now)
  return pos
}

const raw = JSON.stringify({ code: codeOf(1) })

test('the same key with the same body has the first result, also after a restart, and one effect', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  const first = await (await pos.redeemRaw('A1', codeOf(1), { key: 'k' })).text()
  const again = await (await pos.redeemRaw('A1', codeOf(1), { key: 'k' })).text()
  pos.restart()
  const later = await (await pos.redeemRaw('A1', codeOf(1), { key: 'k' })).text()
  expect([again, later]).toEqual([first, first])
  expect(pos.scripted.sent).toHaveLength(1)
  // An order that was opened twice under one key keeps the total that was told since.
  await pos.ask('POST', '/v1/orders', { orderId: 'B1', totalFen: 100 }, { key: 'b' })
  await pos.openOrder('B1', 200)
  const repeated = await pos.ask(
    'POST',
    '/v1/orders',
    { orderId: 'B1', totalFen: 100 },
    { key: 'b' },
  )
  expect((await read(Order, repeated)).totalFen).toBe(100)
  expect((await pos.order('B1')).totalFen).toBe(200)
})

test('two requests at once under one key are one', async () => {
  const pos = scene()
  const reply = Promise.withResolvers<GatewayReply>()
  pos.scripted.use = () => reply.promise
  await pos.openOrder('A1', 6800)
  const both = [1, 2].map(() => pos.redeemRaw('A1', codeOf(1), { key: 'k' }))
  const other = pos.redeemRaw('A1', codeOf(2), { key: 'k' })
  expect(await problemIn(await other)).toBe('422 key-reused')
  reply.resolve(used)
  const [one, two] = await Promise.all((await Promise.all(both)).map((each) => each.text()))
  expect(one).toBe(two)
  expect(one).toContain('"instruction":"give"')
  expect(pos.scripted.sent).toHaveLength(1)
})

test('two requests at once under two keys redeem the coupon once, and one of them gives', async () => {
  const pos = scene()
  const reply = Promise.withResolvers<GatewayReply>()
  pos.scripted.use = () => reply.promise
  await pos.openOrder('A1', 6800)
  const both = [pos.redeem('A1', 1), pos.redeem('A1', 1)]
  await expect.poll(() => pos.scripted.sent).toHaveLength(1)
  reply.resolve(used)
  const [one, two] = await Promise.all(both)
  expect(one?.coupon.no).toBe(two?.coupon.no)
  expect(pos.scripted.sent).toHaveLength(1)
  expect((await pos.order('A1')).deductFen).toBe(1000)
})

test.each([
  [
    'a byte of the body',
    (pos: PosScene) => pos.ask('POST', '/v1/orders/A1/coupons', `${raw} `, { key: 'k' }),
  ],
  ['the order', (pos: PosScene) => pos.ask('POST', '/v1/orders/A2/coupons', raw, { key: 'k' })],
  [
    'what is asked',
    (pos: PosScene) => pos.ask('POST', '/v1/orders', { orderId: 'A3', totalFen: 1 }, { key: 'k' }),
  ],
])(
  'a key is for one request: with another in %s it is refused, also after a restart',
  async (_, other) => {
    const pos = scene()
    await pos.openOrder('A2', 6800)
    await pos.openOrder('A1', 6800)
    await pos.ask('POST', '/v1/orders/A1/coupons', raw, { key: 'k' })
    expect(await problemIn(await other(pos))).toBe('422 key-reused')
    pos.restart()
    expect(await problemIn(await other(pos))).toBe('422 key-reused')
    expect(pos.scripted.sent).toHaveLength(1)
  },
)

test('a POST without a key, or with one that is none, has no effect', async () => {
  const pos = scene()
  for (const key of ['', 'x'.repeat(129), '钥匙'.length > 0 ? 'a b' : '']) {
    const asked = await pos.ask('POST', '/v1/orders', { orderId: 'A1', totalFen: 100 }, { key })
    expect(await problemIn(asked)).toBe('400 key-missing')
  }
  expect(await problemIn(await pos.ask('GET', '/v1/orders/A1'))).toBe('404 order-not-found')
})

test('a program that ended between the recording and its reply gives to the repeated request, and to no other', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  const save = vi.spyOn(pos.scripted.store.pos, 'saveRequest')
  // The result is never written, as when the process is killed after the coupon was given.
  save.mockImplementation((clientId, key, request, at) => {
    if (request.response !== null) throw new Error('killed')
    save.mockRestore()
    pos.scripted.store.pos.saveRequest(clientId, key, request, at)
    vi.spyOn(pos.scripted.store.pos, 'saveRequest').mockImplementation(() => {
      throw new Error('killed')
    })
  })
  expect(await problemIn(await pos.redeemRaw('A1', codeOf(1), { key: 'k' }))).toBe('500 internal')
  vi.restoreAllMocks()
  pos.restart()
  // Whoever asks anew is told that it was given.
  const anew = await pos.redeem('A1', 1)
  expect(anew.coupon).toMatchObject({ instruction: 'already-given', deductFen: 1000 })
  const repeated = await pos.redeem('A1', 1, { key: 'k' })
  expect(repeated.coupon).toMatchObject({
    instruction: 'give',
    deductFen: 1000,
    no: anew.coupon.no,
  })
  expect(pos.scripted.sent).toHaveLength(1)
})

test('a program that ended while the reply was awaited goes on with the same number when the POS asks again', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  pos.scripted.use = () => silence
  const asked = pos.redeemRaw('A1', codeOf(1), { key: 'k' })
  await expect.poll(() => pos.scripted.sent).toHaveLength(1)
  const { useRequestNo } = pos.scripted.rowOf(1)
  pos.restart(5000)
  await asked.catch(() => undefined)
  pos.scripted.use = () => used
  const repeated = await pos.redeem('A1', 1, { key: 'k2' })
  expect(repeated.coupon).toMatchObject({ no: useRequestNo, instruction: 'give', deductFen: 1000 })
  expect(new Set(pos.scripted.sent)).toHaveLength(1)
  expect((await pos.order('A1')).payFen).toBe(5800)
})

test('a repeated request does not redeem a coupon that went back to its customer', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  const { coupon } = await pos.redeem('A1', 1, { key: 'k' })
  const first = await read(CouponInOrder, await pos.returnRaw('A1', coupon.no, { key: 'r' }))
  await pos.scripted.pass(2000)
  const again = await read(CouponInOrder, await pos.returnRaw('A1', coupon.no, { key: 'r' }))
  expect(again).toEqual(first)
  pos.restart()
  await pos.redeem('A1', 1, { key: 'k' })
  expect(pos.scripted.sent).toHaveLength(2)
  expect((await pos.order('A1')).deductFen).toBe(0)
})

test('an edited request is not taken for one that was never made', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  await pos.redeem('A1', 1, { key: 'k' })
  vi.spyOn(pos.scripted.store.pos, 'request').mockReturnValue('unreadable')
  expect(await problemIn(await pos.redeemRaw('A1', codeOf(1), { key: 'k' }))).toBe(
    '409 key-unreadable',
  )
  expect(pos.scripted.sent).toHaveLength(1)
})

test('where the key cannot be written nothing is sent', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  vi.spyOn(pos.scripted.store.pos, 'saveRequest').mockImplementation(() => {
    throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
  })
  expect(await problemIn(await pos.redeemRaw('A1', codeOf(1)))).toBe('503 not-saved')
  expect(pos.scripted.sent).toEqual([])
})

test('a request that the closing of its till left without a reply is carried out by the next', async () => {
  const once = new OnceOnly()
  const pos = scene()
  const request = { clientId: '1', key: 'k', content: 'POST', at: 0 }
  const first = pos.scripted.store.pos
  // The till was closed in the middle: nothing ever comes.
  void once.run(first, request, () => new Promise(() => undefined))
  const openedAnew = new PosScene().scripted.store.pos
  const response = { status: 200, contentType: 'application/json', body: '{}' }
  expect(await once.run(openedAnew, request, async () => response)).toEqual(response)
})

test('a disk that is full keeps nobody from reading an order', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  pos.elapsed += 120_000
  vi.spyOn(pos.scripted.store.pos, 'saveLastUses').mockImplementation(() => {
    throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
  })
  expect((await pos.order('A1')).payFen).toBe(6800)
})
