import { describe, expect, test } from 'vitest'
import { err, ok } from '../../../main/contract/result.ts'
import { factsWith } from '../../support/facts-with.ts'
import { hold, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import {
  verifiedReply,
  codeOf,
  noLine,
  refusal,
  silence,
  tenYuanOff,
  used,
} from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

const tenMinutes = 600_000
const toHandOn = (): number => shop.store.open.counts().toHandOn
const audit = (number: number) =>
  shop.store.history.timeline(numberOf(number)).map(({ event }) => event)

describe('a coupon that is held and not honoured', () => {
  test('is cancelled when its customer keeps it before anything was sent, and can be used again', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    expect(shop.till.keep(numberOf(1), '小王')).toMatchObject({ ok: true })
    expect(shop.state(1)).toBe('cancelled')
    expect(verdict()).toMatchObject({ reason: 'kept-by-customer', instruction: 'do-not-give' })
    shop.use = () => used
    await shop.pass(4000)
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
  })

  test('is returned only once: a refused return goes to a person', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => silence
    await shop.scan(1)
    shop.till.keep(numberOf(1), '小王')
    shop.use = () => used
    let asked = 0
    shop.return = () => {
      asked += 1
      return refusal('RULE_LIMIT', 403)
    }
    await shop.pass(tenMinutes)
    expect(asked).toBe(1)
    expect(shop.rowOf(1)).toMatchObject({ state: 'redeemed', given: null })
    expect(shop.till.counter().open).toMatchObject([{ kind: 'not-given' }])
  })

  test('is shown as kept, whatever a later refusal says', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => silence
    await shop.scan(1)
    shop.till.keep(numberOf(1), '小王')
    shop.use = () => refusal('RULE_LIMIT', 403)
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('refused')
    expect(verdict()).toMatchObject({ reason: 'kept-by-customer', instruction: 'do-not-give' })
  })

  test.each([
    ['USED', 'SOMEBODY-ELSE'],
    ['SENDED', null],
  ])(
    'is not returned where the query shows that it was returned since: %s',
    async (held, holder) => {
      open({ offlinePolicy: hold })
      shop.store.lostTime.lastAt = () => shop.now
      shop.use = () => silence
      await shop.scan(1)
      shop.till.keep(numberOf(1), '小王')
      let asked = 0
      shop.return = () => {
        asked += 1
        return used
      }
      shop.queries.queryCoupon = async () => ok(factsWith({ state: held, useRequestNo: holder }))
      shop.use = () => used
      await shop.pass(60_000)
      expect(asked).toBe(0)
      expect(shop.state(1)).toBe('returned')
      expect(verdict()?.reason).toBe('returned-here')
    },
  )

  test('is returned after its query had a reply, and not before', async () => {
    open({ offlinePolicy: hold })
    shop.store.lostTime.lastAt = () => shop.now
    shop.use = () => silence
    await shop.scan(1)
    shop.till.keep(numberOf(1), '小王')
    let asked = 0
    shop.return = () => {
      asked += 1
      return verifiedReply(200, { wechatpay_return_time: '2026-01-05T10:00:00+08:00' })
    }
    shop.queries.queryCoupon = async () => err(noLine)
    shop.use = () => used
    await shop.pass(60_000)
    expect([shop.state(1), asked]).toEqual(['returning', 0])
    shop.queries.queryCoupon = async () => ok(factsWith({ useRequestNo: numberOf(1) }))
    await shop.pass(tenMinutes)
    expect([shop.state(1), asked]).toEqual(['returned', 1])
  })

  test('is erased once its hold has ended, and not before', async () => {
    open({ offlinePolicy: hold, holdMs: tenMinutes })
    await shop.scan(2)
    shop.use = () => silence
    await shop.scan(1)
    shop.till.nextCustomer()
    shop.use = () => used
    await shop.pass(60_000)
    expect(shop.rowOf(1)).toMatchObject({ state: 'redeemed', given: null })
    await shop.store.erasure.settledBefore(shop.now, shop.now)
    expect(shop.rowOf(2).couponCode).toBe('0002')
    expect(shop.rowOf(1).couponCode).toBe(codeOf(1))
    shop.return = () => refusal('RULE_LIMIT', 403)
    await shop.pass(tenMinutes)
    expect(shop.rowOf(1)).toMatchObject({
      state: 'redeemed',
      couponReturn: { refusedAt: expect.anything() },
    })
    await shop.store.erasure.settledBefore(shop.now, shop.now)
    const events = audit(1).length
    expect(shop.till.returnUngiven(numberOf(1), '小王')).toMatchObject({
      error: { code: 'not-now' },
    })
    expect(audit(1)).toHaveLength(events)
  })

  test('is settled when its customer keeps it after it may have been sent, and returned if redeemed', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => silence
    await shop.scan(1)
    shop.till.keep(numberOf(1), '小王')
    expect(shop.state(1)).toBe('pending')
    expect(shop.till.counter().open).toMatchObject([{ kind: 'releasing' }])
    shop.use = () => used
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('returned')
    expect(shop.sent.at(-1)).toContain('return_request_no')
    expect(audit(1)).toEqual(
      expect.arrayContaining(['released', 'redeemed', 'returning', 'returned']),
    )
    expect(shop.till.counter().open).toEqual([])
  })

  test('is cancelled when its hold ends', async () => {
    open({ offlinePolicy: hold, holdMs: tenMinutes })
    shop.use = () => noLine
    shop.probe = () => noLine
    await shop.scan(1)
    await shop.pass(tenMinutes - 1000)
    expect(shop.state(1)).toBe('pending')
    await shop.pass(2000)
    expect(shop.state(1)).toBe('cancelled')
    expect(shop.rowOf(1).released).toMatchObject({ how: 'hold-ended' })
  })

  test('is cancelled at the end of the shift', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    shop.till.releaseHeld('小王')
    expect(shop.rowOf(1)).toMatchObject({ state: 'cancelled', released: { how: 'shift-ended' } })
  })

  test('is nothing for the next shift, while it waits, once it is redeemed, and on its way back', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    for (const number of [1, 2, 3]) await shop.scan(number)
    expect([shop.store.open.counts().waiting, toHandOn()]).toEqual([3, 0])
    // What a supervisor honours is: nobody knows yet who bears it.
    expect(shop.till.honour(numberOf(3), { by: '小王', why: '老顾客' }, null)).toMatchObject({
      ok: true,
    })
    expect(toHandOn()).toBe(1)
    shop.till.nextCustomer()
    shop.use = () => used
    shop.return = () => noLine
    await shop.pass(5000)
    expect([shop.state(1), shop.state(2), shop.state(3)]).toEqual([
      'redeemed',
      'redeemed',
      'redeemed',
    ])
    shop.till.releaseHeld('小王')
    expect([shop.state(1), shop.state(2)]).toEqual(['returning', 'returning'])
    expect([shop.store.open.counts().waiting, toHandOn()]).toEqual([2, 0])
  })

  test('is listed when redeemed after its customer left, and given or returned by a key', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    await shop.scan(2)
    shop.till.nextCustomer()
    shop.use = () => used
    await shop.pass(5000)
    expect(shop.till.counter().sound.name).toBe('attention')
    expect(shop.till.counter().open).toMatchObject([
      { kind: 'not-given', redemption: { codeTail: '0001' } },
      { kind: 'not-given', redemption: { codeTail: '0002' } },
    ])
    expect(shop.till.give(numberOf(1), '小王')).toMatchObject({ ok: true })
    expect(verdict()).toMatchObject({ tone: 'green', instruction: 'give', deductFen: 1000 })
    expect(shop.till.give(numberOf(1), '小王')).toEqual({
      ok: false,
      error: { code: 'given-already' },
    })
    expect(shop.till.returnUngiven(numberOf(2), '小王')).toMatchObject({ ok: true })
    await shop.pass(1000)
    expect([shop.state(1), shop.state(2)]).toEqual(['redeemed', 'returned'])
    expect(shop.till.counter().open).toEqual([])
  })

  test('is returned when its hold ends, if it was redeemed and not given', async () => {
    open({ offlinePolicy: hold, holdMs: tenMinutes })
    shop.use = () => noLine
    await shop.scan(1)
    shop.till.nextCustomer()
    shop.use = () => used
    await shop.pass(tenMinutes + 5000)
    expect(shop.state(1)).toBe('returned')
  })

  test('that is presented again before the hold ends is the same redemption, given once', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    const number = numberOf(1)
    shop.till.nextCustomer()
    await shop.pass(4000)
    shop.use = () => used
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
    expect(numberOf(1)).toBe(number)
  })

  test('is refused by a shop that accepts none offline, and returned if it was redeemed', async () => {
    open({ offlinePolicy: { ...hold, mode: 'refuse' } })
    shop.use = () => silence
    expect(await shop.scan(1)).toMatchObject({
      tone: 'red',
      reason: 'offline-not-accepted',
      instruction: 'do-not-give',
    })
    shop.use = () => used
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('returned')
  })

  test('is not given where its reply comes after the customer left', async () => {
    open()
    const late = Promise.withResolvers<typeof used>()
    shop.use = () => late.promise
    void shop.scan(1)
    await shop.pass(1000)
    shop.till.nextCustomer()
    late.resolve(used)
    await shop.pass(1)
    expect(shop.rowOf(1)).toMatchObject({ state: 'redeemed', given: null })
    expect(shop.till.counter()).toMatchObject({ shown: null, open: [{ kind: 'not-given' }] })
  })
})
