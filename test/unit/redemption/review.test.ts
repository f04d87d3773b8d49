import { describe, expect, test } from 'vitest'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, silence, tenYuanOff, used } from '../../support/scripted-till.ts'
import { allFigures } from '../../support/all-figures.ts'

const open = scriptedShop({ onlyStockId: '12' }, { stocks: [tenYuanOff] })

const note = { by: '李强', why: '商户平台显示' }
const usedUp = refusal('RESOURCE_ALREADY_EXISTS')

function entry(number = 1): Redemption {
  const found = shop.store.redemptions.findByCode(codeOf(number))
  if (!found) throw new Error('nothing was recorded')
  return found
}

function life(number = 1) {
  const steps = shop.store.history.timeline(entry(number).useRequestNo)
  return steps.filter(({ event }) => event !== 'told')
}

/** The first attempt gets no reply, and the next is refused with this one. */
async function lostThen(reply: GatewayReply, number = 1, isGiven = false): Promise<void> {
  shop.use = () => silence
  await shop.scan(number)
  if (isGiven) shop.till.honour(entry(number).useRequestNo, note, null)
  shop.use = () => reply
  await shop.pass(60_000)
}

/** Every attempt fails with an error, up to the cap. */
async function givenUp(isGiven = false): Promise<void> {
  shop.use = () => refusal('SYSTEM_ERROR', 500)
  await shop.scan(1)
  if (isGiven) shop.till.honour(entry().useRequestNo, note, null)
  await shop.pass(3_600_000)
}

const fewTries = { caps: { undecidedAttempts: 3, waitedMs: 1e9 } }

describe('only entries that a decision changes wait for a person', () => {
  test.each([
    ['RULELIMIT', 403],
    ['RESOURCE_NOT_EXISTS', 404],
    ['USER_NOT_EXISTS', 404],
  ])(
    'an entry not given and refused for good with %s is closed with a remark, also after an attempt without reply',
    async (code, status) => {
      open()
      await lostThen(refusal(code, status))
      expect(shop.state(1)).toBe('refused')
      expect(life().at(-1)).toMatchObject({ event: 'refused', remark: 'perhaps-redeemed' })
      expect(shop.till.state().queue.review).toBe(0)
    },
  )

  test('an entry refused at once is closed without a remark', async () => {
    open()
    shop.use = () => refusal('RULELIMIT', 403)
    await shop.scan(1)
    expect(life().at(-1)).toMatchObject({ event: 'refused', remark: null })
  })

  test('"used by another order" after an attempt without reply is settled by a query where one is possible', async () => {
    open()
    // Its owner is known from an earlier redemption, which was returned.
    await shop.scan(1)
    shop.returnCoupon(entry().useRequestNo, note)
    await shop.pass(4000)
    shop.use = () => silence
    await shop.scan(1)
    shop.couponIs({ useRequestNo: entry().useRequestNo })
    shop.use = () => usedUp
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('redeemed')
  })

  test('otherwise a person is asked whether the discount was given, and "yes" confirms the redemption', async () => {
    open()
    await lostThen(usedUp)
    expect(shop.till.review()).toMatchObject([
      { case: 'perhaps-ours', actions: ['return', 'confirmed'], wasGiven: false },
    ])
    expect(shop.till.resolve(entry().useRequestNo, 'confirmed', note).ok).toBe(true)
    expect(entry()).toMatchObject({
      state: 'redeemed',
      reason: 'confirmed-by-person',
      resolution: 'confirmed',
      given: { by: '李强' },
    })
    expect(life().at(-1)).toMatchObject({ event: 'resolved', by: '李强', how: 'confirmed' })
  })

  test('"no" returns the coupon directly from review', async () => {
    open({ onlyStockId: null })
    await lostThen(usedUp)
    const { useRequestNo } = entry()
    expect(shop.returnCoupon(useRequestNo, note)).toMatchObject({
      error: { code: 'stock-unknown' },
    })
    expect(shop.returnCoupon(useRequestNo, { ...note, stockId: '12' }).ok).toBe(true)
    await shop.pass(1000)
    expect(shop.state(1)).toBe('returned')
    shop.use = () => used
    expect((await shop.scan(1)).tone).toBe('green')
  })

  test('a refused return from review is shown, with the decisions that remain', async () => {
    open({ onlyStockId: '12' })
    await lostThen(usedUp)
    shop.return = () => refusal('INVALID_REQUEST')
    shop.returnCoupon(entry().useRequestNo, note)
    await shop.pass(1000)
    expect(shop.till.review()).toMatchObject([
      {
        case: 'return-refused',
        actions: ['not-redeemed', 'return', 'confirmed'],
        redemption: { reason: 'return-not-redeemed' },
      },
    ])
    expect(shop.till.resolve(entry().useRequestNo, 'not-redeemed', note)).toMatchObject({
      value: { state: 'resolved', resolution: 'not-redeemed' },
    })
    shop.use = () => used
    expect((await shop.scan(1)).tone).toBe('green')
  })

  test('an entry given and refused is a loss, and no other decision is accepted', async () => {
    open()
    shop.use = () => noLine
    await shop.scan(1)
    const { useRequestNo } = entry()
    shop.till.honour(useRequestNo, note, null)
    shop.use = () => usedUp
    await shop.pass(60_000)
    expect(shop.till.review()).toMatchObject([
      { case: 'refused-given', actions: ['loss'], wasGiven: true, givenFen: 1000 },
    ])
    for (const refused of [
      shop.till.resolve(useRequestNo, 'not-redeemed', note),
      shop.returnCoupon(useRequestNo, { ...note, stockId: '12' }),
    ])
      expect(refused).toMatchObject({ error: { code: 'was-given' } })
    expect(shop.till.resolve(useRequestNo, 'loss', note)).toMatchObject({
      value: { state: 'resolved', resolution: 'loss' },
    })
    expect((await shop.scan(1)).tone).toBe('red')
    expect(allFigures(shop.store).losses).toEqual({ count: 1, fen: 1000, unknown: 0 })
  })

  test('an entry that was not given cannot be booked as a loss', async () => {
    open(fewTries)
    await givenUp()
    expect(shop.till.review()[0]?.actions).not.toContain('loss')
    expect(shop.till.resolve(entry().useRequestNo, 'loss', note)).toMatchObject({
      error: { code: 'nothing-given' },
    })
  })

  test('an entry given and perhaps ours is confirmed or booked as a loss', async () => {
    open()
    await lostThen(usedUp, 1, true)
    expect(shop.till.review()).toMatchObject([
      { case: 'perhaps-ours-given', actions: ['confirmed', 'loss'] },
    ])
  })

  test('an entry without a result has the decisions that fit what can have happened', async () => {
    open(fewTries)
    await givenUp(true)
    expect(shop.till.review()).toMatchObject([
      { case: 'no-result-given', actions: ['send-again', 'confirmed', 'loss'] },
    ])
  })

  test('an entry that never had an effect does not wait for a person', async () => {
    open(fewTries)
    shop.use = (body) => (body.includes(codeOf(1)) ? refusal('NOAUTH', 403) : used)
    await shop.scan(1)
    await shop.scan(2)
    await shop.pass(3_600_000)
    expect(shop.till.review()).toEqual([])
    expect(shop.state(1)).toBe('refused')
  })
})

describe('the next presentation of a coupon that a person decided', () => {
  test('is "redeemed here before" after "confirmed", which counts in every figure', async () => {
    open()
    await lostThen(usedUp)
    shop.till.resolve(entry().useRequestNo, 'confirmed', note)
    await shop.pass(5000)
    expect(await shop.scan(1)).toMatchObject({ tone: 'red', reason: 'redeemed-here-before' })
    expect(allFigures(shop.store).stocks).toMatchObject([
      { redeemed: 1, open: 0, fen: 1000, unknown: 0 },
    ])
    // Kept with the redemption, so that no later change of the batch changes the sum.
    expect(shop.rowOf(1)).toMatchObject({ honoured: false, given: { fen: 1000 } })
  })

  test('is a new redemption after "not redeemed"', async () => {
    open(fewTries)
    await givenUp()
    const before = entry().useRequestNo
    expect(shop.till.resolve(before, 'not-redeemed', note).ok).toBe(true)
    shop.use = () => used
    expect((await shop.scan(1)).tone).toBe('green')
    expect(entry().useRequestNo).not.toBe(before)
  })
})

test('one decision about several entries writes one audit row for each, and names those that it did not fit', async () => {
  open()
  for (const number of [1, 2, 3]) await lostThen(usedUp, number)
  const numbers = [1, 2, 3].map((number) => entry(number).useRequestNo)
  shop.till.resolve(entry(3).useRequestNo, 'confirmed', note)
  expect(shop.till.decideAll(numbers, 'confirmed', { ...note, stockId: null })).toEqual({
    done: 2,
    failed: [{ useRequestNo: numbers[2], fault: { code: 'not-now', state: 'redeemed' } }],
  })
  for (const number of [1, 2])
    expect(life(number).at(-1)).toMatchObject({ event: 'resolved', by: '李强', how: 'confirmed' })
  // An entry that was not listed is not returned by a decision about others.
  expect(shop.till.decideAll(numbers, 'return', { ...note, stockId: null })).toMatchObject({
    done: 0,
  })
})
