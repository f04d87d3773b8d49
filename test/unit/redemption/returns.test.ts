import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { factsWith } from '../../support/facts-with.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import {
  verifiedReply,
  codeOf,
  noLine,
  refusal,
  returned,
  type ScriptedTillOptions,
  silence,
  tenYuanOff,
  used,
} from '../../support/scripted-till.ts'

const open = scriptedShop()

async function openWithOne(parts: ScriptedTillOptions = {}): Promise<Redemption> {
  open(parts)
  await shop.scan(1)
  shop.now += 60_000
  return first()
}

const note = { by: 'Li', why: 'the customer cancelled' }

function first(): Redemption {
  const found = shop.store.redemptions.findByCode(codeOf(1))
  if (!found) throw new Error('nothing was recorded')
  return found
}

function returnNumber(): string {
  return first().couponReturn?.returnRequestNo ?? ''
}

function events(): string[] {
  const steps = shop.store.history.timeline(first().useRequestNo)
  return steps.map(({ event }) => event).filter((event) => event !== 'told')
}

describe('a return that WeChat Pay refuses', () => {
  test('leaves the redemption unchanged, and is shown as a refused return', async () => {
    const before = await openWithOne()
    shop.return = () => refusal('RULE_LIMIT', 403)
    shop.returnCoupon(before.useRequestNo, note)
    await shop.pass(1000)
    const { state, reason, settledAt, couponReturn } = first()
    expect({ state, reason, settledAt }).toEqual({
      state: 'redeemed',
      reason: 'redeemed',
      settledAt: before.settledAt,
    })
    expect(couponReturn).toMatchObject({ reason: 'return-too-late', refusedAt: expect.any(Number) })
    expect(events()).toEqual(['recorded', 'redeemed', 'returning', 'sending', 'return-refused'])
    expect(shop.till.show(before.useRequestNo)).toMatchObject({ returnRefused: 'return-too-late' })
  })

  test('can be tried again under a new return number, and a success replaces the refusal', async () => {
    const { useRequestNo } = await openWithOne()
    shop.return = () => refusal('RESOURCE_NOT_EXISTS', 404)
    shop.returnCoupon(useRequestNo, note)
    await shop.pass(1000)
    const firstTry = returnNumber()
    shop.return = () => returned
    expect(shop.returnCoupon(useRequestNo, { ...note, stockId: '99' }).ok).toBe(true)
    expect(shop.till.show(useRequestNo)?.returnRefused).toBeNull()
    await shop.pass(1000)
    expect(shop.state(1)).toBe('returned')
    expect(returnNumber()).not.toBe(firstTry)
    expect(JSON.parse(shop.sent.at(-1) ?? '')).toMatchObject({ stock_id: '99' })
  })

  test('never stops the queue: a second refusal is not taken for a settings fault', async () => {
    await openWithOne()
    await shop.scan(2)
    shop.return = () => refusal('INVALID_REQUEST')
    for (const code of [codeOf(1), codeOf(2)])
      shop.returnCoupon(shop.store.redemptions.findByCode(code)?.useRequestNo ?? '', note)
    await shop.pass(5000)
    expect([shop.state(1), shop.state(2)]).toEqual(['redeemed', 'redeemed'])
    expect(shop.till.state().connection.state).not.toBe('blocked')
  })

  test('does not change the redemption while the line fails during the return', async () => {
    const before = await openWithOne()
    shop.return = () => silence
    shop.returnCoupon(before.useRequestNo, note)
    await shop.pass(5000)
    expect(first()).toMatchObject({
      state: 'returning',
      reason: 'redeemed',
      settledAt: before.settledAt,
      couponReturn: { reason: 'no-connection' },
    })
  })
})

async function lostThen(reply: GatewayReply): Promise<void> {
  const { useRequestNo } = await openWithOne()
  shop.return = () => silence
  shop.returnCoupon(useRequestNo, note)
  await shop.pass(10)
  shop.return = () => reply
}

describe('a return whose reply was lost', () => {
  test.each(['INVALID_REQUEST', 'RESOURCE_ALREADY_EXISTS'])(
    'and that is then refused with %s is settled by the number that the coupon carries',
    async (code) => {
      await lostThen(refusal(code))
      shop.couponIs({ state: 'SENDED', returnRequestNo: returnNumber() })
      await shop.pass(60_000)
      expect(shop.state(1)).toBe('returned')
    },
  )

  test('counts as done, also where the coupon was redeemed again since', async () => {
    await lostThen(refusal('INVALID_REQUEST'))
    shop.couponIs({ useRequestNo: 'ANOTHER-1', returnRequestNo: returnNumber() })
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('returned')
  })

  test('counts as not done where the coupon is still ours', async () => {
    await lostThen(refusal('RULE_LIMIT', 403))
    shop.couponIs({ useRequestNo: first().useRequestNo })
    await shop.pass(60_000)
    expect(first()).toMatchObject({
      state: 'redeemed',
      reason: 'redeemed',
      couponReturn: { reason: 'return-too-late', refusedAt: expect.any(Number) },
    })
    expect(events().at(-1)).toBe('return-refused')
  })

  test('waits until the query gets a reply', async () => {
    await lostThen(refusal('INVALID_REQUEST'))
    shop.couponIs(noLine)
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('returning')
    shop.couponIs({ state: 'SENDED', returnRequestNo: returnNumber() })
    await shop.pass(120_000)
    expect(shop.state(1)).toBe('returned')
  })

  test('goes to a person where no query decides, and the person says which it was', async () => {
    await lostThen(refusal('INVALID_REQUEST'))
    shop.couponIs(refusal('RESOURCE_NOT_EXISTS', 404))
    await shop.pass(60_000)
    expect(shop.till.review()).toMatchObject([
      { case: 'return-open', redemption: { reason: 'return-not-redeemed' } },
    ])
    const { useRequestNo, settledAt } = first()
    expect(shop.till.resolve(useRequestNo, 'confirmed', note)).toMatchObject({
      value: {
        state: 'redeemed',
        reason: 'redeemed',
        settledAt,
        couponReturn: { refusedAt: expect.any(Number) },
      },
    })
  })

  test('counts as returned where the person saw the coupon back', async () => {
    await lostThen(refusal('INVALID_REQUEST'))
    shop.couponIs(refusal('RESOURCE_NOT_EXISTS', 404))
    await shop.pass(60_000)
    expect(shop.till.resolve(first().useRequestNo, 'not-redeemed', note)).toMatchObject({
      value: { state: 'returned' },
    })
    expect((await shop.scan(1)).tone).toBe('green')
  })
})

test('a coupon that somebody else returned counts as returned, not as refused', async () => {
  const { useRequestNo } = await openWithOne()
  shop.return = () => refusal('INVALID_REQUEST')
  shop.couponIs({ state: 'SENDED', returnRequestNo: 'FROM-THE-PLATFORM' })
  shop.returnCoupon(useRequestNo, note)
  await shop.pass(1000)
  expect(shop.state(1)).toBe('returned')
  expect(
    shop.store.history.timeline(useRequestNo).find(({ couponState }) => couponState),
  ).toMatchObject({
    couponState: 'SENDED',
    returnedBy: 'FROM-THE-PLATFORM',
  })
})

test('a returned coupon can be presented again, under a new number', async () => {
  const before = await openWithOne()
  shop.returnCoupon(before.useRequestNo, note)
  await shop.pass(1000)
  expect((await shop.scan(1)).tone).toBe('green')
  expect(first().useRequestNo).not.toBe(before.useRequestNo)
})

describe('where the batch is not known', () => {
  test('the reply to a query supplies it, with the owner that later queries need', async () => {
    open({
      codeRules: { merchantCodes: [{ pattern: /UP\d/, stockId: '7' }] },
    })
    const stock = { ...tenYuanOff, stockId: '7', name: '', discountFen: null, thresholdFen: null }
    shop.store.stocks.save({ ...stock, couponCodeMode: 'MERCHANT_UPLOAD' }, shop.now)
    shop.use = () => silence
    await shop.scanCode('UP1')
    const { useRequestNo } = shop.store.redemptions.findByCode('UP1') ?? { useRequestNo: '' }
    shop.queries.queryPrestoredCode = async () =>
      ok(factsWith({ useRequestNo, stockId: '70', openid: 'o-7' }))
    shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
    await shop.pass(60_000)
    expect(shop.store.redemptions.find(useRequestNo)).toMatchObject({
      state: 'redeemed',
      stockId: '70',
      openid: 'o-7',
    })
  })

  test('a person enters it, and a redemption that a person confirmed can be returned too', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
    await shop.pass(60_000)
    const { useRequestNo } = first()
    expect(shop.till.resolve(useRequestNo, 'confirmed', note).ok).toBe(true)
    expect(shop.returnCoupon(useRequestNo, note)).toMatchObject({
      error: { code: 'stock-unknown' },
    })
    expect(shop.returnCoupon(useRequestNo, { ...note, stockId: '12' }).ok).toBe(true)
    await shop.pass(1000)
    expect(shop.state(1)).toBe('returned')
    expect(JSON.parse(shop.sent.at(-1) ?? '')).toMatchObject({ stock_id: '12' })
  })

  test('a reply without an owner keeps the owner that was known', async () => {
    await openWithOne()
    shop.returnCoupon(first().useRequestNo, note)
    await shop.pass(1000)
    shop.use = () => verifiedReply(200, { stock_id: '12' })
    await shop.scan(1)
    expect(first()).toMatchObject({ state: 'redeemed', openid: 'o-1' })
    shop.use = () => used
  })
})
