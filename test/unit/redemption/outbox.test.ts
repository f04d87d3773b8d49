import { describe, expect, test } from 'vitest'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'
import { answered } from '../../support/answered.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import {
  verifiedReply,
  codeOf,
  noLine,
  refusal,
  silence,
  used,
} from '../../support/scripted-till.ts'

const open = scriptedShop({ random: () => 0.8 + Math.random() / 5.01 })

const minuteMs = 60_000
const caps = { undecidedAttempts: 8, waitedMs: 1e9 }

function onlyFor(number: number, reply: GatewayReply) {
  return (body: string) => (body.includes(codeOf(number)) ? reply : used)
}

function timesSent(number: number): number {
  return shop.sent.filter((body) => body.includes(codeOf(number))).length
}

function nextAttemptAt(number: number): number {
  return shop.store.redemptions.findByCode(codeOf(number))?.nextAttemptAt ?? 0
}

const page = answered({
  status: 200,
  verified: false,
  body: null,
  requestId: null,
})

describe('an entry’s own back-off', () => {
  test.each<[string, GatewayReply]>([
    ['a system error', refusal('SYSTEM_ERROR', 500)],
    ['silence', silence],
    ['a stranger’s page', page],
    ['a doubtful answer', refusal('PARAM_ERROR')],
  ])('after %s is not shortened by what others get', async (_what, reply) => {
    open()
    shop.use = onlyFor(1, reply)
    await shop.scan(1)
    await shop.pass(40_000)
    if (shop.state(1) !== 'pending') return
    const due = nextAttemptAt(1)
    const before = timesSent(1)
    for (let number = 2; number < 6; number += 1) {
      await shop.scan(number)
      await shop.pass(1000)
    }
    if (shop.state(1) !== 'pending') return
    expect(shop.now).toBeLessThan(due)
    expect(timesSent(1)).toBe(before)
  })

  test('is kept when an outage ends, and when a probe succeeds', async () => {
    open()
    shop.use = onlyFor(1, refusal('SYSTEM_ERROR', 500))
    await shop.scan(1)
    await shop.pass(70_000)
    const due = nextAttemptAt(1)
    const before = timesSent(1)
    shop.use = () => noLine
    for (const number of [2, 3, 4]) await shop.scan(number)
    shop.use = onlyFor(1, refusal('SYSTEM_ERROR', 500))
    await shop.pass(8000)
    expect([2, 3, 4].map((number) => shop.state(number))).toEqual(Array(3).fill('redeemed'))
    expect(shop.now).toBeLessThan(due)
    expect(timesSent(1)).toBe(before)
  })

  test('is kept while other entries find out whether the key is wrong', async () => {
    open()
    shop.use = onlyFor(1, refusal('SYSTEM_ERROR', 500))
    await shop.scan(1)
    await shop.pass(600_000)
    const due = nextAttemptAt(1)
    const before = timesSent(1)
    shop.use = (body) =>
      body.includes(codeOf(1)) ? refusal('SYSTEM_ERROR', 500) : { ...page, carriesSignature: true }
    await shop.scan(2)
    await shop.scan(3)
    await shop.pass(150_000)
    expect(shop.till.state().connection.blockedBy).toBe('wechatpay-key-wrong')
    expect(shop.now).toBeLessThan(due)
    expect(timesSent(1)).toBe(before)
  })

  test('is kept after a network hint, after a pause, and when a person acts on another entry', async () => {
    open()
    shop.use = onlyFor(1, refusal('SYSTEM_ERROR', 500))
    await shop.scan(1)
    await shop.scan(2)
    await shop.pass(70_000)
    const before = timesSent(1)
    shop.till.networkHint()
    shop.till.pause()
    shop.till.resume()
    const other = shop.store.redemptions.findByCode(codeOf(2))?.useRequestNo ?? ''
    shop.returnCoupon(other, { by: 'Li', why: 'wrong coupon' })
    await shop.pass(1000)
    expect(shop.state(2)).toBe('returned')
    expect(timesSent(1)).toBe(before)
  })

  test('is kept by a sync that goes on while other entries fail', async () => {
    open()
    const answers = Promise.withResolvers<GatewayReply>()
    shop.use = (body) => (body.includes(codeOf(1)) ? answers.promise : refusal('SYSTEM_ERROR', 500))
    void shop.scan(1)
    await shop.pass(10)
    shop.till.syncNow()
    await shop.scan(2)
    const before = timesSent(2)
    answers.resolve(used)
    await shop.pass(400)
    expect(timesSent(2)).toBe(before)
  })
})

function limit(ms: number | null): GatewayReply {
  return verifiedReply(429, { code: 'RATE_LIMITED', message: '频率超限' }, ms)
}

describe('the wait that WeChat Pay asks for', () => {
  const busy = verifiedReply(503, { code: 'SERVICE_UNAVAILABLE', message: '服务不可用' }, 300_000)

  test('is kept for that entry, whoever asks for a sync', async () => {
    open()
    shop.use = onlyFor(1, busy)
    await shop.scan(1)
    await shop.scan(2)
    expect(shop.state(2)).toBe('redeemed')
    for (let second = 0; second < 299; second += 20) {
      shop.till.syncNow()
      shop.till.networkHint()
      await shop.pass(20_000 - 100)
    }
    expect(timesSent(1)).toBe(1)
    shop.use = () => used
    await shop.pass(5000)
    expect(shop.state(1)).toBe('redeemed')
  })

  test('is kept for hours and over a restart', async () => {
    open()
    shop.use = () =>
      verifiedReply(503, { code: 'SERVICE_UNAVAILABLE', message: 'x' }, 5 * 60 * minuteMs)
    await shop.scan(1)
    await shop.pass(2 * 60 * minuteMs)
    shop.restart()
    await shop.pass(179 * minuteMs)
    expect(timesSent(1)).toBe(1)
    shop.use = () => used
    await shop.pass(2 * minuteMs)
    expect(shop.state(1)).toBe('redeemed')
  })

  test('is not ended by a later, shorter limit', async () => {
    open()
    shop.use = (body) => limit(body.includes(codeOf(1)) ? 300_000 : null)
    await shop.scan(1)
    await shop.scan(2)
    shop.use = () => used
    shop.till.syncNow()
    await shop.pass(290_000)
    expect(shop.sent).toHaveLength(2)
    await shop.pass(20_000)
    expect([shop.state(1), shop.state(2)]).toEqual(['redeemed', 'redeemed'])
  })

  test('is not ended by a settings fault that is fixed', async () => {
    open()
    shop.use = () => limit(300_000)
    await shop.scan(1)
    shop.use = () => refusal('MCH_NOT_EXISTS')
    await shop.scan(2)
    shop.use = () => used
    await shop.scan(3)
    shop.till.syncNow()
    await shop.pass(280_000)
    expect(timesSent(1)).toBe(1)
  })

  test('is not shortened by setting the clock', async () => {
    open()
    shop.use = onlyFor(1, busy)
    await shop.scan(1)
    shop.setClockBy(3_600_000)
    shop.till.syncNow()
    await shop.pass(minuteMs)
    expect(timesSent(1)).toBe(1)
  })

  test('is kept over a restart where it is a rate limit', async () => {
    open()
    shop.use = () => limit(300_000)
    await shop.scan(1)
    shop.use = () => used
    shop.restart()
    shop.till.syncNow()
    await shop.pass(200_000)
    expect(timesSent(1)).toBe(1)
  })
})

describe('nothing is tried for ever', () => {
  test.each<[string, GatewayReply]>([
    ['404 without a body', { ...page, status: 404 }],
    ['405 without a body', { ...page, status: 405 }],
    ['a proxy’s page', { ...page, status: 403 }],
    ['a reply that is never signed', page],
    ['silence, whenever it is sent', silence],
    ['a redirect', { ...page, status: 302 }],
    ['an answer that is never final', verifiedReply(202, {})],
  ])('%s, of one coupon among others', async (_what, reply) => {
    open({ caps })
    shop.use = onlyFor(1, reply)
    await shop.scan(1)
    await shop.scan(2)
    await shop.pass(60 * minuteMs)
    expect(shop.store.redemptions.findByCode(codeOf(1))).toMatchObject({ state: 'review' })
    expect(timesSent(1)).toBeLessThanOrEqual(caps.undecidedAttempts)
  })

  test('a reply that never verifies, of one coupon among others, once the key was in doubt for long enough', async () => {
    open({ caps: { ...caps, waitedMs: 30 * minuteMs } })
    shop.use = onlyFor(1, { ...page, carriesSignature: true })
    await shop.scan(1)
    await shop.scan(2)
    await shop.pass(60 * minuteMs)
    expect(shop.state(1)).toBe('review')
    // Nobody else waited for it.
    expect(await shop.scan(3)).toMatchObject({ tone: 'green' })
  })

  test('probes become rarer in an outage, also when nothing waits', async () => {
    open()
    shop.use = () => noLine
    shop.probe = () => noLine
    await shop.scan(1)
    shop.till.keep(shop.store.redemptions.findByCode(codeOf(1))?.useRequestNo ?? '', null)
    expect(shop.state(1)).toBe('cancelled')
    await shop.pass(60 * minuteMs)
    expect(shop.probes).toBeGreaterThan(50)
    expect(shop.probes).toBeLessThan(130)
    // The line comes back and breaks again: the next probe is soon.
    shop.probe = () => used
    await shop.pass(3 * minuteMs)
    shop.probe = () => noLine
    const before = shop.probes
    await shop.scan(2)
    await shop.scan(3)
    shop.till.keep(shop.store.redemptions.findByCode(codeOf(2))?.useRequestNo ?? '', null)
    shop.till.keep(shop.store.redemptions.findByCode(codeOf(3))?.useRequestNo ?? '', null)
    await shop.pass(20_000)
    expect(shop.probes - before).toBeGreaterThan(2)
  })

  test('no entry is given up because of an outage, however long', async () => {
    open({ caps })
    shop.use = () => silence
    shop.probe = () => noLine
    await shop.scan(1)
    await shop.pass(10 * 60 * minuteMs)
    for (let time = 0; time < 12; time += 1) {
      shop.till.syncNow()
      await shop.pass(60 * minuteMs)
    }
    expect(shop.state(1)).toBe('pending')
  })
})
