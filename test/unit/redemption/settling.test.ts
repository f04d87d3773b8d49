import { describe, expect, test } from 'vitest'
import { err, ok } from '../../../main/contract/result.ts'
import { factsWith } from '../../support/facts-with.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import {
  verifiedReply,
  codeOf,
  noLine,
  refusal,
  returned,
  silence,
  tenYuanOff,
  used,
} from '../../support/scripted-till.ts'

const open = scriptedShop()

function held(useRequestNo: string | null) {
  return ok(factsWith({ useRequestNo }))
}

/** The `useRequestNo` of the first coupon. */
function firstNumber(): string {
  return shop.store.redemptions.findByCode(codeOf(1))?.useRequestNo ?? ''
}

async function lostThenRefused(): Promise<void> {
  shop.use = () => silence
  await shop.scanCode('UP1')
  shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  await shop.pass(5000)
}

const note = { by: 'Li', why: 'wrong coupon' }

describe('the outbox', () => {
  test('moves an entry that never gets a reply to review at its cap, and blocks no other entry', async () => {
    open({ caps: { undecidedAttempts: 5, waitedMs: 1e9 } })
    shop.use = (body) => (body.includes(codeOf(1)) ? refusal('SYSTEM_ERROR', 500) : used)
    await shop.scan(1)
    await shop.scan(2)
    expect(shop.state(2)).toBe('redeemed')
    await shop.pass(3_600_000)
    expect(shop.store.redemptions.findByCode(codeOf(1))).toMatchObject({
      state: 'review',
      undecidedAttempts: 5,
    })
  })

  test('stops on a settings fault, spends no attempt, and finds out with one entry when it is fixed', async () => {
    open()
    shop.use = () => refusal('NOAUTH', 403)
    for (const number of [1, 2, 3]) await shop.scan(number)
    shop.sent.length = 0
    await shop.pass(10 * 60_000)
    expect(shop.sent.length).toBeLessThanOrEqual(10)
    expect(shop.till.state().connection).toMatchObject({
      state: 'blocked',
      blockedBy: 'no-permission',
    })
    expect(shop.store.redemptions.findByCode(codeOf(1))).toMatchObject({
      state: 'pending',
      undecidedAttempts: 0,
    })
    shop.use = () => used
    await shop.pass(61_000)
    expect([1, 2, 3].map((number) => shop.state(number))).toEqual(Array(3).fill('redeemed'))
  })

  test('sends each entry once when asked to send everything now', async () => {
    open()
    shop.use = () => refusal('SYSTEM_ERROR', 500)
    await shop.scan(1)
    shop.sent.length = 0
    shop.till.syncNow()
    await shop.pass(500)
    expect(shop.sent).toHaveLength(1)
  })

  test.each([1, 2, 3, 5])(
    'settles the entries behind %i coupons of another merchant at its head',
    async (foreign) => {
      open()
      shop.use = () => noLine
      const all = Array.from({ length: foreign + 3 }, (_, at) => at + 1)
      for (const number of all) await shop.scan(number)
      const strangers = all.slice(0, foreign)
      shop.use = (body) =>
        strangers.some((number) => body.includes(codeOf(number))) ? refusal('NOAUTH', 403) : used
      await shop.pass((foreign + 1) * 60_000)
      for (const number of all)
        expect(shop.state(number)).toBe(number <= foreign ? 'refused' : 'redeemed')
    },
  )

  test('takes a missing permission for one coupon’s own fault, and for a settings fault when a second coupon gets it with nothing redeemed in between', async () => {
    open()
    shop.use = () => refusal('NOAUTH', 403)
    expect(await shop.scan(1)).toMatchObject({ tone: 'amber', reason: 'no-permission' })
    await shop.pass(10 * 60_000)
    expect(shop.till.state().connection.state).toBe('online')
    shop.use = () => used
    expect((await shop.scan(2)).tone).toBe('green')
    shop.use = () => refusal('NOAUTH', 403)
    await shop.scan(3)
    expect(shop.till.state().connection.state).toBe('online')
    await shop.scan(4)
    expect(shop.till.state().connection).toMatchObject({
      state: 'blocked',
      blockedBy: 'no-permission',
    })
  })

  test('waits after "too many requests", whoever asks for a sync', async () => {
    open()
    shop.use = () =>
      verifiedReply(429, { code: 'FREQUENCY_LIMITED', message: 'slow down' }, 300_000)
    await shop.scan(1)
    shop.use = () => used
    shop.till.syncNow()
    shop.till.networkHint()
    await shop.pass(299_000)
    expect(shop.sent).toHaveLength(1)
    await shop.pass(2000)
    expect(shop.state(1)).toBe('redeemed')
  })

  test('sends nothing while paused, and everything when resumed', async () => {
    open()
    shop.use = () => noLine
    await shop.scan(1)
    shop.till.pause()
    shop.use = () => used
    await shop.pass(600_000)
    expect(shop.till.state().queue).toMatchObject({ paused: true, waiting: 1 })
    shop.till.resume()
    await shop.pass(1)
    expect(shop.state(1)).toBe('redeemed')
  })

  test('sends the same bytes each time', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    await shop.pass(600_000)
    expect(shop.sent.length).toBeGreaterThan(1)
    expect(new Set(shop.sent).size).toBe(1)
  })
})

describe('"used by another order" after an attempt that may have been ours', () => {
  const codeRules = { merchantCodes: [{ pattern: /UP\d/, stockId: '7' }] }
  const uploaded = { ...tenYuanOff, stockId: '7', couponCodeMode: 'MERCHANT_UPLOAD' }

  test('is our own redemption when the coupon carries our number', async () => {
    open({ codeRules })
    shop.store.stocks.save(uploaded, shop.now)
    shop.queries.queryPrestoredCode = async () =>
      held(shop.store.redemptions.findByCode('UP1')?.useRequestNo ?? null)
    await lostThenRefused()
    expect(shop.store.redemptions.findByCode('UP1')?.state).toBe('redeemed')
  })

  test('is our own also where the batch is not known yet', async () => {
    open({ codeRules })
    shop.queries.queryStock = async () => err(noLine)
    shop.queries.queryPrestoredCode = async () =>
      held(shop.store.redemptions.findByCode('UP1')?.useRequestNo ?? null)
    await lostThenRefused()
    expect(shop.store.redemptions.findByCode('UP1')?.state).toBe('redeemed')
  })

  test('is a refusal when the coupon carries another number', async () => {
    open({ codeRules })
    shop.store.stocks.save(uploaded, shop.now)
    shop.queries.queryPrestoredCode = async () => held('SOMEBODY-ELSE-1')
    await lostThenRefused()
    expect(shop.store.redemptions.findByCode('UP1')?.state).toBe('refused')
  })

  test('is queried again until a reply decides it', async () => {
    open({ codeRules })
    shop.store.stocks.save(uploaded, shop.now)
    shop.queries.queryPrestoredCode = async () => err(noLine)
    await lostThenRefused()
    expect(shop.store.redemptions.findByCode('UP1')?.state).toBe('pending')
    shop.queries.queryPrestoredCode = async () => held('SOMEBODY-ELSE-1')
    await shop.pass(60_000)
    expect(shop.store.redemptions.findByCode('UP1')?.state).toBe('refused')
  })

  test('goes to a person where no query is possible', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
    await shop.pass(5000)
    expect(shop.state(1)).toBe('review')
  })
})

describe("a person's orders", () => {
  test('a redemption is returned once, under a return number that stays the same over failures', async () => {
    open()
    await shop.scan(1)
    shop.return = () => silence
    expect(shop.returnCoupon(firstNumber(), note).ok).toBe(true)
    expect(shop.returnCoupon(firstNumber(), note)).toMatchObject({
      ok: false,
      error: { code: 'not-now' },
    })
    await shop.pass(5000)
    expect(shop.state(1)).toBe('returning')
    shop.return = () => returned
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('returned')
    const returns = shop.sent.filter((body) => body.includes('return_request_no'))
    expect(returns.length).toBeGreaterThan(1)
    expect(new Set(returns).size).toBe(1)
    expect(JSON.parse(returns[0] ?? '')).toMatchObject({ coupon_code: codeOf(1), stock_id: '12' })
    // The coupon can be used again, under a new number.
    expect((await shop.scan(1)).tone).toBe('green')
  })

  test('only an entry that never arrived can be cancelled', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    expect(shop.till.cancel(firstNumber(), note)).toMatchObject({
      error: { code: 'may-have-been-sent' },
    })
    shop.use = () => noLine
    await shop.scan(2)
    const other = shop.store.redemptions.findByCode(codeOf(2))?.useRequestNo ?? ''
    expect(shop.till.cancel(other, note)).toMatchObject({ ok: true, value: { state: 'cancelled' } })
  })

  test('an entry in review can be sent again under its number, or resolved', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
    await shop.pass(5000)
    shop.use = () => used
    shop.till.sendAgain(firstNumber(), note)
    await shop.pass(1000)
    expect(shop.state(1)).toBe('redeemed')
    expect(new Set(shop.sent).size).toBe(1)
    expect(shop.till.resolve(firstNumber(), 'confirmed', note)).toMatchObject({
      error: { code: 'not-now' },
    })
    expect(shop.till.resolve('T1-nobody', 'confirmed', note)).toMatchObject({
      error: { code: 'not-found' },
    })
  })
})
