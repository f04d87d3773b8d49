import { describe, expect, test } from 'vitest'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'
import type { OfflinePolicy } from '../../../main/redemption/offline-policy.ts'
import { answered } from '../../support/answered.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { verifiedReply, codeOf, noLine, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

const minuteMs = 60_000
const limits = { open: 9, openFen: 90_000, singleFen: 2000, oldestMs: 6e6, sinceContactMs: 6e6 }
const honour: OfflinePolicy = { mode: 'honour', byStock: {}, limits }
const unverifiable = answered({
  status: 200,
  verified: false,
  carriesSignature: true,
  body: {},
})
const usedBody = { openid: 'o-1', wechatpay_use_time: '2026-01-05T10:00:00+08:00' }
const codesIn = (bodies: readonly string[]) =>
  new Set(bodies.map((body) => /"coupon_code":"([^"]+)"/.exec(body)?.[1]))

describe('while the key is wrong', () => {
  test('a new coupon is sent to find out, once no waiting entry can', async () => {
    open({ caps: { undecidedAttempts: 5, waitedMs: 5 * minuteMs } })
    shop.use = () => unverifiable
    await shop.scan(1)
    await shop.scan(2)
    await shop.pass(60 * minuteMs)
    expect([shop.state(1), shop.state(2)]).toEqual(['review', 'review'])
    shop.use = () => used
    expect(await shop.scan(3)).toMatchObject({ tone: 'green' })
  })

  test('a restart does not send what was kept back either', async () => {
    open()
    shop.use = () => unverifiable
    for (const number of [1, 2, 3, 4]) await shop.scan(number)
    shop.sent.length = 0
    shop.restart()
    await shop.pass(5 * minuteMs)
    expect(codesIn(shop.sent)).not.toContain(codeOf(3))
    expect(codesIn(shop.sent)).not.toContain(codeOf(4))
    shop.use = () => used
    await shop.pass(5 * minuteMs)
    expect([1, 2].map((number) => shop.state(number))).toEqual(['redeemed', 'redeemed'])
  })
})

test('the offline policy does not honour a code that was given in another batch', async () => {
  const merchantCodes = [
    { pattern: /S\d+/, stockId: 'A1' },
    { pattern: /S\d+/, stockId: 'B2' },
  ]
  open({ offlinePolicy: honour, codeRules: { merchantCodes } })
  for (const stockId of ['A1', 'B2']) shop.store.stocks.save({ ...tenYuanOff, stockId }, shop.now)
  shop.use = () => ({ ...unverifiable, verified: true, body: { ...usedBody, stock_id: 'A1' } })
  await shop.scanCode('S1')
  await shop.chooseStock('A1')
  expect(shop.till.counter().shown?.verdict).toMatchObject({ instruction: 'give' })
  await shop.pass(4000)
  shop.use = () => noLine
  expect(await shop.scanCode('S1')).toMatchObject({ reason: 'redeemed-here-before' })
  await shop.chooseStock('B2')
  await shop.pass(6000)
  expect(shop.till.counter().shown?.verdict).toMatchObject({ instruction: 'not-yet' })
  shop.till.setTotal(9000)
  expect(shop.till.counter().shown?.verdict).toMatchObject({ instruction: 'not-yet' })
})

test('a restart under an earlier clock does not revive an order that ended by two minutes of rest', async () => {
  open()
  shop.till.setTotal(30_000)
  await shop.scan(1)
  await shop.pass(10 * minuteMs)
  shop.setClockBy(-9 * minuteMs)
  shop.restart()
  expect(shop.till.counter().order).toBeNull()
  expect((await shop.scan(2)).payable).toBeNull()
})

test('after a restart under an earlier clock a misread scan is still shown as one', async () => {
  open()
  await shop.scan(1)
  await shop.pass(2 * minuteMs)
  shop.setClockBy(-9 * minuteMs)
  shop.restart()
  await shop.pass(minuteMs)
  shop.till.misread('too-short', null)
  expect(shop.till.counter().shown?.verdict).toMatchObject({ reason: 'misread' })
})

test('after a restart the panel shows the redemption under its renewed number', async () => {
  let confirmed: number | null = null
  open({ clocks: { confirmed: () => confirmed, corrected: () => confirmed ?? shop.now } })
  shop.use = () => noLine
  await shop.scan(1)
  const [first = ''] = shop.sent
  confirmed = shop.now + 400 * 1440 * minuteMs
  shop.till.syncNow()
  await shop.pass(2 * minuteMs)
  expect(new Set(shop.sent).size).toBe(2)
  expect(first).not.toBe(shop.sent.at(-1))
  shop.restart()
  expect(shop.till.counter().shown?.verdict?.redemption?.useRequestNo).toBe(
    shop.rowOf(1).useRequestNo,
  )
})

test('a coupon that its customer kept is not renewed under another number', async () => {
  let confirmed: number | null = null
  open({ clocks: { confirmed: () => confirmed, corrected: () => confirmed ?? shop.now } })
  const asked = Promise.withResolvers<GatewayReply>()
  shop.use = () => asked.promise
  const scanned = shop.scan(1)
  await shop.pass(6000)
  await scanned
  shop.till.keep(shop.rowOf(1).useRequestNo, null)
  confirmed = shop.now + 400 * 1440 * minuteMs
  asked.resolve(verifiedReply(403, { code: 'RULE_LIMIT', message: '券不在有效期' }))
  shop.use = () => used
  await shop.pass(minuteMs)
  expect(shop.sent).toHaveLength(1)
  expect(shop.state(1)).toBe('refused')
})
