import { beforeAll, describe, expect, test } from 'vitest'
import { judgeReply, judgeReturn } from '../../../main/redemption/judge-reply.ts'
import { factsWith } from '../../support/facts-with.ts'
import { encodeReturnCoupon } from '../../support/request-bodies.ts'
import { useBody } from '../../support/till-credentials.ts'
import { type Scene, createScene, newRequestNo, patient } from '../../support/wechatpay-scene.ts'

const dayMs = 86_400_000

/** A merchant's own code with every character that is allowed besides letters and digits. */
const oddCode = 'AB/C=1|2 3\\4-_'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
  const now = Date.now()
  const stock = {
    stockId: '1200000000000201',
    mchid: scene.till.merchantId,
    name: '自有券码',
    kind: 'EXCHANGE' as const,
    goodsName: '热豆浆一杯',
    codeMode: 'MERCHANT_UPLOAD' as const,
    discountFen: null,
    payPercent: null,
    exchangePriceFen: 100,
    thresholdFen: 0,
    availableFrom: now - dayMs,
    availableUntil: now + dayMs,
  }
  const coupon = {
    stockId: stock.stockId,
    state: 'SENDED' as const,
    availableFrom: now - dayMs,
    availableUntil: now + dayMs,
    receivedAt: now,
    use: null,
    returned: null,
    trouble: null,
    firstTriedAt: null,
  }
  await scene.control.putCoupons({
    stocks: [stock],
    coupons: [
      { ...coupon, code: oddCode, openid: 'o-odd/openid' },
      { ...coupon, code: 'not-handed-out', openid: '' },
    ],
  })
  return () => scene.close()
})

describe('a code of the merchant’s own', () => {
  const stockId = '1200000000000201'
  const of = () => ({ stockId, couponCode: oddCode, appid: scene.till.appid })

  test('is queried by its code only, percent-encoded in the path and in the signature', async () => {
    expect(await scene.gateway.queryPrestoredCode(of(), patient)).toEqual({
      ok: true,
      value: factsWith({ state: 'SENDED', stockId, openid: 'o-odd/openid' }),
    })
  })

  test('has no coupon before it was handed out', async () => {
    const waiting = { ...of(), couponCode: 'not-handed-out' }
    expect(await scene.gateway.queryPrestoredCode(waiting, patient)).toEqual({
      ok: true,
      value: factsWith({ state: 'AVAILABLE' }),
    })
  })

  test('cannot be redeemed without its batch', async () => {
    expect(await scene.redeem(oddCode)).toMatchObject({
      kind: 'suspect',
      reason: 'request-invalid',
      evidence: { apiDetail: expect.stringContaining('/stock_id') },
    })
  })

  test('is redeemed, queried, returned and redeemed again', async () => {
    const { gateway, till } = scene
    const use = (useRequestNo: string) => {
      const body = useBody({ code: oddCode, stockId, appid: till.appid, useRequestNo })
      return gateway.useCoupon(body, patient)
    }
    const [first, second] = [newRequestNo(), newRequestNo()]
    expect(judgeReply(await use(first))).toMatchObject({ kind: 'confirmed', stockId })
    const openid = 'o-odd/openid'
    expect(
      await gateway.queryCoupon({ openid, couponCode: oddCode, appid: till.appid }, patient),
    ).toEqual({
      ok: true,
      value: factsWith({ state: 'USED', useRequestNo: first, stockId }),
    })

    const returnRequestNo = newRequestNo()
    const asked = encodeReturnCoupon({ couponCode: oddCode, stockId, returnRequestNo })
    if (!asked.ok) throw new Error(asked.error.field)
    const returned = judgeReturn(await gateway.returnCoupon(asked.value, patient))
    expect(returned).toMatchObject({ kind: 'confirmed' })
    expect(judgeReturn(await gateway.returnCoupon(asked.value, patient))).toEqual({
      ...returned,
      evidence: expect.anything(),
    })
    // The number of the last return settles a return whose reply was lost.
    expect(
      await gateway.queryCoupon({ openid, couponCode: oddCode, appid: till.appid }, patient),
    ).toMatchObject({ value: { state: 'SENDED', useRequestNo: null, returnRequestNo } })
    expect(judgeReply(await use(second))).toMatchObject({ kind: 'confirmed' })
    const { effects } = await scene.control.ledger({})
    expect(effects.filter(({ code }) => code === oddCode)).toMatchObject([
      { kind: 'use', useRequestNo: first },
      { kind: 'return', replays: 1 },
      { kind: 'use', useRequestNo: second },
    ])
  })

  test('cannot be returned when it was not redeemed', async () => {
    const body = encodeReturnCoupon({
      couponCode: 'not-handed-out',
      stockId,
      returnRequestNo: newRequestNo(),
    })
    if (!body.ok) throw new Error(body.error.field)
    expect(judgeReturn(await scene.gateway.returnCoupon(body.value, patient))).toMatchObject({
      kind: 'refused',
      reason: 'return-not-redeemed',
    })
  })
})

describe('queries', () => {
  test('return a batch by its number', async () => {
    const [normal, discount] = ['1200000000000101', '1200000000000102']
    expect(await scene.gateway.queryStock(normal, patient)).toEqual({
      ok: true,
      value: {
        stockId: normal,
        name: '满100减20',
        kind: 'NORMAL',
        discountFen: 2000,
        thresholdFen: 10_000,
        payPercent: null,
        exchangePriceFen: null,
        goodsName: '全场商品',
        couponCodeMode: 'WECHATPAY_MODE',
        availableFrom: expect.any(Number),
        availableUntil: expect.any(Number),
        weekHours: null,
      },
    })
    expect(await scene.gateway.queryStock(discount, patient)).toMatchObject({
      value: { kind: 'DISCOUNT', payPercent: 88, thresholdFen: 5000 },
    })
  })

  test('report a batch that does not exist', async () => {
    expect(await scene.gateway.queryStock('9', patient)).toMatchObject({
      ok: false,
      error: { kind: 'answered', status: 404 },
    })
  })

  test('return no facts from an unverified reply', async () => {
    await scene.control.addFault({ kind: 'bad-signature', match: { path: '/v3/marketing' } })
    expect(await scene.gateway.queryStock('1200000000000101', patient)).toMatchObject({
      ok: false,
      error: { kind: 'answered', status: 200, verified: false },
    })
  })
})

test('a probe gets a reply even for a merchant without certificates', async () => {
  expect(await scene.gateway.probe(patient)).toMatchObject({ kind: 'answered', status: 404 })
})
