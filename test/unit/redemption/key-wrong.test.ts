import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { answered } from '../../support/answered.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, noLine, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop()

const minuteMs = 60_000
const caps = { undecidedAttempts: 5, waitedMs: 1e9 }

function states(...numbers: number[]): (string | undefined)[] {
  return numbers.map((number) => shop.state(number))
}

function entry(number: number) {
  return shop.store.redemptions.findByCode(codeOf(number))
}

const unverifiable = answered({
  status: 200,
  verified: false,
  carriesSignature: true,
  unproven: { why: 'key-unknown', signedWith: 'PUB_KEY_ID_2', tillHas: ['PUB_KEY_ID_1'] },
  body: { stock_id: '12', openid: 'o-1' },
})

describe('a signature that cannot be verified', () => {
  test('of one coupon counts as silence, up to the cap, and as contact with WeChat Pay', async () => {
    open({ caps })
    shop.use = () => unverifiable
    expect(await shop.scan(1)).toMatchObject({ tone: 'amber', reason: 'reply-key-unknown' })
    expect(shop.till.state().connection.lastContactAt).toBe(shop.now)
    expect(shop.till.state().connection.state).toBe('online')
    await shop.pass(60 * minuteMs)
    expect(entry(1)).toMatchObject({ state: 'review', undecidedAttempts: 5, uncertain: true })
  })

  test('is recorded with what it named and which keys the till has', () => {
    open()
    const { apiDetail } = judgeReply(unverifiable).evidence
    expect(apiDetail).toContain('PUB_KEY_ID_2')
    expect(apiDetail).toContain('PUB_KEY_ID_1')
  })

  test('of a second coupon in a row means a wrong key: the queue stops and keeps every entry', async () => {
    open({ caps })
    shop.use = () => unverifiable
    await shop.scan(1)
    expect(await shop.scan(2)).toMatchObject({ reason: 'wechatpay-key-wrong' })
    await shop.pass(60 * minuteMs)
    expect(shop.till.state().connection.blockedBy).toBe('wechatpay-key-wrong')
    expect(states(1, 2)).toEqual(['pending', 'pending'])
    // A request that was carried out, though its reply cannot be verified, must never count as without effect.
    expect([entry(1), entry(2)]).toMatchObject([{ uncertain: true }, { uncertain: true }])
    shop.use = () => used
    await shop.pass(20 * minuteMs)
    expect(states(1, 2)).toEqual(['redeemed', 'redeemed'])
  })

  test('while the key is wrong, a new coupon is recorded and not sent, so that its customer can keep it', async () => {
    open({ caps })
    shop.use = () => unverifiable
    await shop.scan(1)
    await shop.scan(2)
    const sent = shop.sent.length
    const told = await shop.scan(3)
    expect(told).toMatchObject({ reason: 'wechatpay-key-wrong', instruction: 'do-not-give' })
    // Presented again, it is still not sent.
    await shop.pass(5000)
    await shop.scan(3)
    expect(shop.sent.slice(sent).join()).not.toContain(codeOf(3))
    shop.till.keep(entry(3)?.useRequestNo ?? '', null)
    expect(states(3)).toEqual(['cancelled'])
  })

  test('two coupons whose replies never verify do not stop the queue while the key verifies other replies', async () => {
    open({ caps })
    shop.store.stocks.save(tenYuanOff, shop.now)
    shop.queries.queryStock = () => Promise.resolve(ok(tenYuanOff))
    shop.use = (body) => (body.includes(codeOf(3)) ? used : unverifiable)
    await shop.scan(1)
    await shop.scan(2)
    expect(shop.till.state().connection.blockedBy).toBe('wechatpay-key-wrong')
    await shop.pass(1000)
    expect(await shop.scan(3)).toMatchObject({ tone: 'green' })
  })

  test('while the key is wrong, no coupon loses attempts to find out whether it still is', async () => {
    open()
    shop.use = () => noLine
    for (const number of [1, 2, 3, 4]) await shop.scan(number)
    shop.use = () => unverifiable
    shop.sent.length = 0
    await shop.pass(30 * minuteMs)
    expect(new Set(shop.sent).size).toBe(2)
    expect([1, 2, 3, 4].map((number) => entry(number)?.uncertain)).toContain(false)
  })

  test('two probes with a confirmation in between do not count as one', async () => {
    open()
    const probes = new Set([codeOf(1), codeOf(3)])
    shop.use = (body) => {
      const probed = [...probes].find((code) => body.includes(code))
      if (probed === undefined) return used
      probes.delete(probed)
      return unverifiable
    }
    await shop.scan(1)
    await shop.scan(2)
    await shop.scan(3)
    expect(shop.till.state().connection.state).toBe('online')
    await shop.pass(minuteMs)
    expect(states(1, 2, 3)).toEqual(['redeemed', 'redeemed', 'redeemed'])
  })
})
