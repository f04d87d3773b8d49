import { expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { CouponInOrder } from '../../../main/pos/schemas.ts'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'
import { PosScene, problemIn, read } from '../../support/pos-scene.ts'
import { codeOf, silence, tenYuanOff, used } from '../../support/scripted-till.ts'

/** A scene whose till knows the batch of every coupon: ¥10 off from ¥50. */
function scene(options: ConstructorParameters<typeof PosScene>[0] = {}): PosScene {
  const pos = new PosScene({ patienceMs: 1000, ...options })
  pos.scripted.store.stocks.save(tenYuanOff, pos.scripted.now)
  return pos
}

test('a coupon that the POS scanned is redeemed for its order, with the payment in the recorded request', async () => {
  const pos = scene()
  const opened = await pos.openOrder('A1', 6800, {
    cashier: '小陈',
    outTradeNo: 'POS-1',
    transactionId: '4200000001',
    mchId: '1900000109',
  })
  expect(opened).toMatchObject({ payFen: 6800, coupons: [], isAtCounter: true, isEnded: false })
  const { coupon, order } = await pos.redeem('A1', 1)
  expect(coupon).toMatchObject({
    instruction: 'give',
    deductFen: 1000,
    isFinal: true,
    title: 'Redeemed',
  })
  expect(order).toMatchObject({ totalFen: 6800, deductFen: 1000, payFen: 5800 })
  expect(JSON.parse(pos.scripted.sent[0] ?? '')).toMatchObject({
    coupon_code: codeOf(1),
    out_trade_no: 'POS-1',
    transaction_id: '4200000001',
    mch_id: '1900000109',
  })
  expect(new TextDecoder().decode(pos.scripted.rowOf(1).body)).toBe(pos.scripted.sent[0])
  expect(pos.scripted.rowOf(1)).toMatchObject({ cashier: 'POS 收银台 1: 小陈', totalFen: 6800 })
  expect(pos.faults).toEqual([])
})

test('a coupon scanned at the till belongs to the order that is open', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  await pos.scripted.scan(1)
  expect(await pos.order('A1')).toMatchObject({ payFen: 5800, coupons: [{ instruction: 'give' }] })
  const ended = await pos.end('A1')
  expect(ended).toMatchObject({ isEnded: true, isAtCounter: false, payFen: 5800 })
  // The next customer's coupon does not.
  await pos.scripted.scan(2)
  expect((await pos.order('A1')).coupons).toHaveLength(1)
})

test('one scanned with no order open is offered to the next, which takes it in or leaves it', async () => {
  const pos = scene()
  await pos.scripted.scan(1)
  const no = pos.scripted.rowOf(1).useRequestNo
  const opened = await pos.openOrder('A1', 6800)
  expect(opened).toMatchObject({ payFen: 6800, coupons: [], offered: [{ no, deductFen: 1000 }] })
  const taken = await pos.ask('POST', '/v1/orders/A1/coupons', { offered: no })
  const { coupon, order } = await read(CouponInOrder, taken)
  expect(coupon).toMatchObject({ no, instruction: 'give', deductFen: 1000 })
  expect(order).toMatchObject({ payFen: 5800, offered: [] })
  // Asked once more it is not given once more.
  const again = await pos.ask('POST', '/v1/orders/A1/coupons', { offered: no })
  expect((await read(CouponInOrder, again)).coupon.instruction).toBe('already-given')
  await pos.end('A1')
  const next = await pos.openOrder('A2', 6800)
  expect(next.offered).toEqual([])
  const stolen = await pos.ask('POST', '/v1/orders/A2/coupons', { offered: no })
  expect(await problemIn(stolen)).toBe('404 coupon-not-found')
})

test('an offered coupon whose reply is awaited is given to the order that took it in', async () => {
  const pos = scene()
  const reply = Promise.withResolvers<GatewayReply>()
  pos.scripted.use = () => reply.promise
  const scanned = pos.scripted.scan(1)
  const [offered] = (await pos.openOrder('A1', 6800)).offered
  const taken = await pos.ask('POST', '/v1/orders/A1/coupons', { offered: offered?.no })
  expect((await read(CouponInOrder, taken)).coupon).toMatchObject({
    instruction: 'not-yet',
    deductFen: 0,
  })
  reply.resolve(used)
  await scanned
  expect(await pos.order('A1')).toMatchObject({ payFen: 5800, coupons: [{ instruction: 'give' }] })
})

test('several coupons each take off their own, and never more than is left', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6000)
  for (const number of [1, 2]) await pos.redeem('A1', number)
  // The second leaves ¥50 after the first, and that is its threshold; the third would not.
  const third = await pos.redeem('A1', 3)
  expect(third.coupon).toMatchObject({
    instruction: 'do-not-give',
    deductFen: 0,
    reason: 'redeemed-below-threshold',
  })
  expect(third.order).toMatchObject({ deductFen: 2000, payFen: 4000 })
  const lowered = await pos.openOrder('A1', 1500)
  expect(lowered.payFen).toBeGreaterThanOrEqual(0)
  expect(lowered.deductFen + lowered.payFen).toBe(1500)
})

test('what is no coupon is refused, and nothing of it is kept', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  const rows = pos.scripted.store.audit.rows()
  expect(await problemIn(await pos.redeemRaw('A1', '134567890123456789'))).toBe('422 payment-code')
  expect(await problemIn(await pos.redeemRaw('A1', '6901234567892'))).toBe('422 not-a-coupon')
  expect(pos.scripted.store.audit.rows()).toBe(rows)
  expect(pos.scripted.till.counter().shown).toBeNull()
})

test('a coupon that was used for another order is not given again', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  await pos.redeem('A1', 1)
  await pos.end('A1')
  await pos.openOrder('A2', 6800)
  // Also within the seconds in which a second read counts as the same scan.
  const again = await pos.redeem('A2', 1)
  expect(again.coupon).toMatchObject({ no: null, instruction: 'do-not-give', deductFen: 0 })
  expect(again.order).toMatchObject({ payFen: 6800, coupons: [] })
  expect((await pos.order('A1')).deductFen).toBe(1000)
})

test('a silence is not yet a verdict, and a late reply is the truth of the order', async () => {
  const pos = scene()
  pos.scripted.use = () => silence
  await pos.openOrder('A1', 6800)
  const asked = await pos.redeem('A1', 1)
  expect(asked.coupon).toMatchObject({
    instruction: 'not-yet',
    deductFen: 0,
    isFinal: false,
    state: 'pending',
  })
  pos.scripted.use = () => used
  await pos.scripted.pass(60_000)
  expect(await pos.order('A1')).toMatchObject({ payFen: 5800, coupons: [{ instruction: 'give' }] })
})

test('a coupon in flight when its order ends is given to nobody', async () => {
  const pos = scene({ holdMs: 60_000 })
  const reply = Promise.withResolvers<GatewayReply>()
  pos.scripted.use = () => reply.promise
  await pos.openOrder('A1', 6800)
  const asking = pos.redeem('A1', 1)
  await expect.poll(() => pos.scripted.sent).toHaveLength(1)
  await pos.end('A1')
  reply.resolve(used)
  expect((await asking).coupon).toMatchObject({ instruction: 'not-yet', deductFen: 0 })
  await pos.scripted.pass(120_000)
  expect(pos.scripted.state(1)).toBe('returned')
  expect(await pos.order('A1')).toMatchObject({
    payFen: 6800,
    coupons: [{ instruction: 'do-not-give', state: 'returned', isFinal: true }],
  })
})

test('a cancelled order gives its coupons back, once; an ended one leaves that to a supervisor', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  const { coupon } = await pos.redeem('A1', 1)
  const returned = await read(CouponInOrder, await pos.returnRaw('A1', coupon.no))
  expect(returned.coupon).toMatchObject({ instruction: 'do-not-give', deductFen: 0 })
  expect(returned.order.payFen).toBe(6800)
  await pos.scripted.pass(1000)
  const again = await read(CouponInOrder, await pos.returnRaw('A1', coupon.no))
  expect(again.coupon).toMatchObject({ state: 'returned', isFinal: true })
  expect(pos.scripted.sent.filter((body) => body.includes('return_request_no'))).toHaveLength(1)
  // The discount that went back is there for the next coupon.
  expect((await pos.redeem('A1', 2)).order.payFen).toBe(5800)
  const other = await pos.redeem('A1', 3)
  await pos.end('A1')
  expect(other.coupon.instruction).toBe('give')
  expect(await problemIn(await pos.returnRaw('A1', other.coupon.no))).toBe('403 supervisor-needed')
  expect(await problemIn(await pos.returnRaw('A1', 'T1-nobody'))).toBe('404 coupon-not-found')
})

test('an order that was ended is neither opened nor added to', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6800)
  await pos.end('A1')
  const opened = await pos.ask('POST', '/v1/orders', { orderId: 'A1', totalFen: 100 })
  expect(await problemIn(opened)).toBe('409 order-ended')
  expect(await problemIn(await pos.redeemRaw('A1', codeOf(1)))).toBe('409 order-ended')
  expect(await problemIn(await pos.redeemRaw('B9', codeOf(1)))).toBe('404 order-not-found')
  expect(pos.scripted.sent).toEqual([])
})

test('what ended the order at the till but the POS, its next request puts right', async () => {
  const pos = scene()
  await pos.openOrder('A1', 6000)
  await pos.redeem('A1', 1)
  pos.scripted.till.nextCustomer()
  expect((await pos.order('A1')).isAtCounter).toBe(false)
  // ¥50 are left, so that one more takes off ¥10, and another one nothing.
  expect((await pos.redeem('A1', 2)).order).toMatchObject({ payFen: 4000, isAtCounter: true })
  expect((await pos.redeem('A1', 3)).coupon.instruction).toBe('do-not-give')
})

test("the sum of a batch's first coupon is waited for, and what the till cannot know is said", async () => {
  const pos = new PosScene({ patienceMs: 1000 })
  const asked = Promise.withResolvers<void>()
  const described = Promise.withResolvers<ReturnType<typeof ok<typeof tenYuanOff>>>()
  pos.scripted.queries = {
    queryStock() {
      asked.resolve()
      return described.promise
    },
  }
  await pos.openOrder('A1', 6800)
  const redeeming = pos.redeem('A1', 1)
  await asked.promise
  expect((await pos.order('A1')).coupons).toMatchObject([{ instruction: 'give', deductFen: null }])
  described.resolve(ok(tenYuanOff))
  expect((await redeeming).coupon).toMatchObject({ instruction: 'give', deductFen: 1000 })
  expect((await pos.order('A1')).payFen).toBe(5800)
})

test('what a coupon took off that goes back is there for the next one at once', async () => {
  const pos = scene()
  await pos.openOrder('A1', 5500)
  const { coupon } = await pos.redeem('A1', 1)
  // The return waits for its turn.
  pos.scripted.till.pause()
  await pos.returnRaw('A1', coupon.no)
  // With ¥45 left it would be below its threshold.
  expect((await pos.redeem('A1', 2)).coupon.instruction).toBe('give')
  expect(pos.scripted.till.counter().others).toMatchObject([
    { verdict: { reason: 'being-returned' } },
  ])
})

test("a POS is told of its order while the till's window is behind it", async () => {
  const pos = scene()
  pos.scripted.isInFront = false
  await pos.openOrder('A1', 6800)
  expect((await pos.redeem('A1', 1)).coupon).toMatchObject({ instruction: 'give', deductFen: 1000 })
})
