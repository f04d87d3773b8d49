import { expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { factsWith } from '../../support/facts-with.ts'
import { hold, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import {
  noLine,
  refusal,
  ScriptedTill,
  silence,
  tenYuanOff,
  used,
} from '../../support/scripted-till.ts'
import { takeFrom } from '../../support/take-from.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

test('a refused return is not sent again, and the discount can still be given', async () => {
  open({ offlinePolicy: hold })
  shop.use = () => noLine
  await shop.scan(1)
  shop.till.nextCustomer()
  shop.use = () => used
  await shop.pass(5000)
  shop.return = () => refusal('RULE_LIMIT', 403)
  shop.till.returnUngiven(numberOf(1), null)
  await shop.pass(60_000)
  expect(shop.state(1)).toBe('redeemed')
  expect(shop.sent.filter((body) => body.includes('return_request_no'))).toHaveLength(1)
  expect(shop.till.counter().open).toMatchObject([{ kind: 'not-given' }])
  expect(shop.till.give(numberOf(1), '小王')).toMatchObject({ ok: true })
  expect(verdict()).toMatchObject({ instruction: 'give' })
  expect(shop.rowOf(1).given).not.toBeNull()
  expect(shop.till.give(numberOf(1), '小王')).toMatchObject({ ok: false })
})

test('a refused return does not show "already given" in another order', async () => {
  open({ offlinePolicy: hold })
  await shop.scan(1)
  shop.till.nextCustomer()
  await shop.pass(4000)
  const line = { down: true }
  shop.return = () => (line.down ? noLine : refusal('RULE_LIMIT', 403))
  shop.returnCoupon(numberOf(1), { by: '店长', why: '退货' })
  shop.till.setTotal(5500)
  expect(await shop.scan(1)).toMatchObject({ reason: 'being-returned' })
  line.down = false
  await shop.pass(30_000)
  expect(shop.state(1)).toBe('redeemed')
  expect(verdict()).toMatchObject({ instruction: 'do-not-give' })
  expect(shop.till.counter().order?.deductedFen).toBe(0)
})

test('a coupon kept by its customer and found redeemed later is not given by itself', async () => {
  open({ offlinePolicy: hold })
  await shop.scan(1)
  shop.returnCoupon(numberOf(1), { by: '店长', why: '退货' })
  await shop.pass(5000)
  expect(shop.state(1)).toBe('returned')
  shop.use = () => silence
  shop.probe = () => noLine
  void shop.scan(1)
  await shop.pass(6000)
  shop.till.keep(numberOf(1), null)
  shop.queries.queryCoupon = () => Promise.resolve(ok(factsWith({ useRequestNo: numberOf(1) })))
  shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  shop.till.syncNow()
  await shop.pass(1000)
  expect(shop.rowOf(1).given).toBeNull()
  expect(verdict()?.instruction).not.toBe('give')
})

test('a kept coupon whose return was refused is given once by a key, and is priced', async () => {
  open({ offlinePolicy: hold })
  shop.use = () => silence
  await shop.scan(1)
  shop.till.keep(numberOf(1), null)
  shop.use = () => used
  shop.return = () => noLine
  shop.till.syncNow()
  await shop.pass(5000)
  expect(shop.state(1)).toBe('returning')
  expect(await shop.scan(1)).toMatchObject({ reason: 'being-returned', instruction: 'do-not-give' })
  shop.return = () => refusal('RULE_LIMIT', 403)
  await shop.pass(60_000)
  expect(shop.state(1)).toBe('redeemed')
  expect(verdict()).toMatchObject({ reason: 'redeemed-not-given', choices: ['give', 'return'] })
  shop.till.give(numberOf(1), '小王')
  expect(verdict()).toMatchObject({ instruction: 'give' })
  shop.till.setTotal(6000)
  expect(verdict()).toMatchObject({ instruction: 'give', payable: { payFen: 5000 } })
})

test('a coupon taken over from another till goes back when its hold ends', async () => {
  const other = new ScriptedTill({ tillId: 'T2' })
  other.use = () => noLine
  other.till.start()
  await other.scan(1)
  await other.pass(0)
  const sealed = other.till.handOver('一二三 four', { by: 'Li', why: 'pc' })
  other.close()
  if (!sealed.ok) throw new Error('no')
  open({ holdMs: 600_000 })
  shop.use = () => noLine
  shop.probe = () => noLine
  expect(
    takeFrom(sealed.value, '一二三 four', (brought) =>
      shop.till.takeOver(brought, { by: 'Li', why: 'pc' }),
    ).ok,
  ).toBe(true)
  await shop.pass(700_000)
  expect(shop.state(1)).toBe('cancelled')
}, 60_000)

const somebodyElse = async () => ok(factsWith({ useRequestNo: 'SOMEBODY-ELSE' }))
const ordered = { by: '店长', why: '退货' }

/** Another till, which never reached WeChat Pay, hands its open redemptions over to this one. */
async function takeOverFromAnother(): Promise<void> {
  const other = new ScriptedTill({ tillId: 'T2', offlinePolicy: hold })
  other.till.start()
  other.use = () => noLine
  await other.scan(1)
  const sealed = other.till.handOver('一二三 four', ordered)
  other.close()
  if (!sealed.ok) throw new Error(sealed.error.code)
  expect(
    takeFrom(sealed.value, '一二三 four', (brought) => shop.till.takeOver(brought, ordered)),
  ).toMatchObject({ ok: true })
}

const known = {
  'from restored records': async () => {
    shop.store.lostTime.lastAt = () => shop.now
    await shop.scan(1)
  },
  'from an entry that another till handed over': takeOverFromAnother,
  "from a person's decision": async () => {
    shop.use = () => silence
    await shop.scan(1)
    shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
    await shop.pass(60_000)
    shop.till.resolve(numberOf(1), 'confirmed', ordered)
  },
}

test.each(Object.entries(known))(
  'a return does not undo somebody else’s redemption where "redeemed" is known %s',
  async (_, redeem) => {
    open({ offlinePolicy: hold })
    shop.store.stocks.save({ ...tenYuanOff, couponCodeMode: 'MERCHANT_UPLOAD' }, shop.now)
    await redeem()
    await shop.pass(5000)
    expect(shop.state(1)).toBe('redeemed')
    shop.queries.queryPrestoredCode = shop.queries.queryCoupon = somebodyElse
    const order = { ...ordered, stockId: '12' }
    expect(shop.returnCoupon(numberOf(1), order)).toMatchObject({ ok: true })
    await shop.pass(60_000)
    expect(shop.sent.filter((body) => body.includes('return_request_no'))).toEqual([])
    expect(shop.state(1)).not.toBe('redeemed')
  },
)

test('after a restore a refusal of an earlier entry goes to a person, because the lost records may have redeemed it', async () => {
  open({ offlinePolicy: hold })
  shop.use = () => silence
  await shop.scan(1)
  shop.store.lostTime.lastAt = () => shop.now
  shop.use = () => refusal('RULE_LIMIT', 403)
  await shop.pass(60_000)
  expect(shop.till.review()).toMatchObject([
    { case: 'perhaps-redeemed', actions: ['not-redeemed', 'confirmed', 'return'] },
  ])
  await shop.scan(2)
  expect(shop.state(2)).toBe('refused')
})

test('an entry handed over as never sent and refused as used goes to a person, because the other till may have sent it since', async () => {
  open({ offlinePolicy: hold })
  shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  await takeOverFromAnother()
  await shop.pass(60_000)
  expect(shop.rowOf(1)).toMatchObject({ state: 'review', uncertain: false })
})
