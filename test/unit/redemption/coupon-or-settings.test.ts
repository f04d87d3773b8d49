import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'
import { factsWith } from '../../support/facts-with.ts'
import { answered } from '../../support/answered.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import {
  verifiedReply,
  codeOf,
  noLine,
  refusal,
  silence,
  tenYuanOff,
  used,
} from '../../support/scripted-till.ts'

const open = scriptedShop()

const minuteMs = 60_000
const caps = { undecidedAttempts: 5, waitedMs: 1e9 }

function says(status: number, code: string, message: string, more: object = {}): GatewayReply {
  return verifiedReply(status, { code, message, ...more })
}

/** For the coupons with these numbers; the others are redeemed. */
function onlyFor(numbers: readonly number[], reply: GatewayReply) {
  return (body: string) => (numbers.some((number) => body.includes(codeOf(number))) ? reply : used)
}

function states(...numbers: number[]): (string | undefined)[] {
  return numbers.map((number) => shop.state(number))
}

function entry(number: number) {
  return shop.store.redemptions.findByCode(codeOf(number))
}

/** An error page without a body, as for a path that does not exist. */
const nothing = answered({
  status: 404,
  verified: false,
  carriesSignature: false,
  body: null,
})

describe('a settings fault with an unambiguous message', () => {
  test.each([
    ['address-not-allowed', says(400, 'INVALID_REQUEST', '此IP地址不允许调用该接口')],
    ['address-not-allowed', says(403, 'NO_AUTH', '此IP地址不允许调用该接口')],
    [
      'appid-not-bound',
      says(
        400,
        'PARAM_ERROR',
        '输入源“/body/appid”映射到值字段“商户appid”字符串规则校验失败，字符数 0，小于最小值 1',
        { detail: { location: 'body', value: 0 } },
      ),
    ],
    ['wechatpay-key-wrong', says(400, 'PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误')],
    ['headers-rejected', says(400, 'PARAM_ERROR', 'Http头缺少Accept或User-Agent')],
    ['merchant-relation', says(403, 'RULE_LIMIT', '商户与子商户不是受理关系')],
    ['merchant-restricted', says(400, 'ACCOUNT_ERROR', '商户号已被冻结')],
    ['no-permission', says(403, 'NO_AUTH', '商户号该产品权限未开通')],
  ])('%s stops the queue at the first coupon and keeps every entry', async (reason, reply) => {
    open()
    shop.use = () => noLine
    for (const number of [1, 2, 3]) await shop.scan(number)
    shop.use = () => reply
    await shop.pass(10 * minuteMs)
    expect(states(1, 2, 3)).toEqual(['pending', 'pending', 'pending'])
    expect(shop.till.state().connection).toMatchObject({ state: 'blocked', blockedBy: reason })
    shop.use = () => used
    await shop.pass(2 * minuteMs)
    expect(states(1, 2, 3)).toEqual(['redeemed', 'redeemed', 'redeemed'])
  })
})

describe('an error that may be the coupon’s or the settings’', () => {
  const doubtful: readonly (readonly [string, GatewayReply])[] = [
    ['PARAM_ERROR', says(400, 'PARAM_ERROR', '参数错误')],
    ['INVALID_REQUEST', says(400, 'INVALID_REQUEST', '请求不合法')],
    ['a code nobody knows', says(403, 'NEVER_SEEN', '新的错误')],
    ['RULE_LIMIT of something else', says(403, 'RULE_LIMIT', '超过次数')],
    ['NOAUTH', refusal('NOAUTH', 403)],
    ['a batch that is not there', says(404, 'RESOURCE_NOT_EXISTS', '批次不存在')],
    ['404 without a body', verifiedReply(404, null)],
    ['405 without a body', verifiedReply(405, 'Method Not Allowed')],
  ]

  test.each(doubtful)('%s: of one coupon, keeps only that coupon waiting', async (_what, reply) => {
    open()
    shop.use = onlyFor([1], reply)
    expect((await shop.scan(1)).tone).toBe('amber')
    expect(shop.state(1)).toBe('pending')
    expect(shop.till.state().connection.state).not.toBe('blocked')
  })

  test.each(doubtful)(
    '%s: of a second coupon, counts as a settings fault',
    async (_what, reply) => {
      open({ caps })
      shop.use = () => reply
      for (const number of [1, 2, 3]) await shop.scan(number)
      await shop.pass(60 * minuteMs)
      expect(states(1, 2, 3)).toEqual(['pending', 'pending', 'pending'])
      expect(shop.till.state().connection.state).toBe('blocked')
      shop.use = () => used
      await shop.pass(20 * minuteMs)
      expect(states(1, 2, 3)).toEqual(['redeemed', 'redeemed', 'redeemed'])
    },
  )

  test.each(doubtful)(
    '%s: after another coupon was confirmed, counts as the coupon’s own and decides it',
    async (_what, reply) => {
      open()
      shop.use = onlyFor([1], reply)
      await shop.scan(1)
      await shop.scan(2)
      shop.sent.length = 0
      await shop.pass(minuteMs)
      expect(states(1, 2)).toEqual(['refused', 'redeemed'])
      expect(shop.sent).toHaveLength(1)
    },
  )

  test('makes a discount given before a loss that a person is told of', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    const { useRequestNo } = entry(1) ?? { useRequestNo: '' }
    shop.till.honour(useRequestNo, { by: 'Li', why: 'regular' }, null)
    shop.use = onlyFor([1], says(400, 'PARAM_ERROR', '参数错误'))
    await shop.scan(2)
    await shop.pass(5 * minuteMs)
    await shop.scan(3)
    await shop.pass(10 * minuteMs)
    expect(shop.state(1)).toBe('review')
  })

  test.each(doubtful)('%s: of one coupon for ever, ends at its cap', async (_what, reply) => {
    open({ caps })
    shop.use = () => reply
    await shop.scan(1)
    await shop.pass(60 * minuteMs)
    expect(shop.state(1)).toBe('refused')
    expect(shop.sent).toHaveLength(5)
  })

  test('as an unsigned page ends with a person, for a proxy that wrote it may have passed the request on', async () => {
    open({ caps })
    shop.use = () => nothing
    await shop.scan(1)
    await shop.pass(60 * minuteMs)
    expect(shop.state(1)).toBe('review')
  })

  test('still counts after another error in between', async () => {
    open()
    shop.use = (body) =>
      body.includes(codeOf(2)) ? refusal('RESOURCE_NOT_EXISTS', 404) : says(400, 'PARAM_ERROR', 'x')
    for (const number of [1, 2, 3]) await shop.scan(number)
    expect(states(1, 2, 3)).toEqual(['pending', 'refused', 'pending'])
    expect(shop.till.state().connection).toMatchObject({
      state: 'blocked',
      blockedBy: 'settings-refused',
    })
  })

  test('does not stop the queue where two coupons got different errors', async () => {
    open()
    shop.use = (body) =>
      body.includes(codeOf(1))
        ? says(400, 'PARAM_ERROR', 'x')
        : says(400, 'PARAM_ERROR', '参数错误')
    await shop.scan(1)
    await shop.scan(2)
    expect(shop.till.state().connection.state).not.toBe('blocked')
  })
})

describe('a refusal of the second try of one call', () => {
  const codeRules = { merchantCodes: [{ pattern: /UP\d/, stockId: '7' }] }
  const uploaded = { ...tenYuanOff, stockId: '7', couponCodeMode: 'MERCHANT_UPLOAD' }
  const notNow = { ...says(403, 'RULE_LIMIT', '券不在有效期'), mayHaveArrivedBefore: true }

  test.each([
    [
      'ours',
      (): string | null => shop.store.redemptions.findByCode('UP1')?.useRequestNo ?? null,
      'redeemed',
    ],
    ["another's", () => 'SOMEBODY-ELSE', 'refused'],
  ])('queries the coupon where that is possible: %s', async (_whose, holder, state) => {
    open({ codeRules })
    shop.store.stocks.save(uploaded, shop.now)
    shop.queries.queryPrestoredCode = async () => ok(factsWith({ useRequestNo: holder() }))
    shop.use = () => notNow
    await shop.scanCode('UP1')
    expect(shop.store.redemptions.findByCode('UP1')?.state).toBe(state)
  })

  test('is final where the coupon cannot be queried', async () => {
    open()
    shop.use = () => notNow
    expect((await shop.scan(1)).tone).toBe('red')
  })
})

test.each([noLine, silence])('a settings fault stands through silence: %j', async (quiet) => {
  open()
  shop.use = () => says(400, 'INVALID_REQUEST', '此IP地址不允许调用该接口')
  await shop.scan(1)
  shop.use = () => quiet
  shop.probe = () => quiet
  await shop.pass(2 * minuteMs)
  const standing = { state: 'blocked', blockedBy: 'address-not-allowed' }
  expect(shop.till.state().connection).toMatchObject(standing)
  shop.use = () => used
  shop.probe = () => refusal('RESOURCE_NOT_EXISTS', 404)
  await shop.pass(5 * minuteMs)
  expect([shop.state(1), shop.till.state().connection.state]).toEqual(['redeemed', 'online'])
})

test('a settings fault of one coupon delays the others only briefly, and ends at its cap', async () => {
  open({ caps: { undecidedAttempts: 9, waitedMs: 1e9 } })
  const reply = refusal('APPID_MCHID_NOT_MATCH')
  shop.use = onlyFor([1], reply)
  await shop.scan(1)
  expect(shop.till.state().connection.state).toBe('blocked')
  await shop.scan(2)
  expect(shop.till.state().connection.state).toBe('online')
  await shop.pass(61_000)
  await shop.scan(3)
  expect(states(1, 2, 3)).toEqual(['pending', 'redeemed', 'redeemed'])
  expect(shop.till.state().connection.state).toBe('online')
  await shop.pass(60 * minuteMs)
  expect(shop.state(1)).toBe('refused')
})

test("an error that may be the coupon's or the settings' counts towards the cap, also with silences in between", async () => {
  open({ caps })
  let asked = 0
  shop.use = () => {
    asked += 1
    return asked % 2 === 0 ? noLine : says(400, 'PARAM_ERROR', '参数错误')
  }
  await shop.scan(1)
  await shop.pass(60 * minuteMs)
  expect(shop.state(1)).toBe('refused')
})
