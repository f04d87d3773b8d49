import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'
import { formatUseTime } from '../../../main/redemption/use-request.ts'
import { factsWith } from '../../support/facts-with.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import {
  verifiedReply,
  codeOf,
  noLine,
  refusal,
  silence,
  tenYuanOff,
} from '../../support/scripted-till.ts'
import { allFigures } from '../../support/all-figures.ts'

const open = scriptedShop(
  { onlyStockId: '12', clocks: { confirmed: () => shop.now } },
  { stocks: [tenYuanOff] },
)

const usedUp = refusal('RESOURCE_ALREADY_EXISTS')
const note = { by: '李强', why: '-' }

function usedAt(at: number): GatewayReply {
  return verifiedReply(200, {
    stock_id: '12',
    openid: 'o-1',
    wechatpay_use_time: formatUseTime(at),
  })
}

/** The first attempt gets no reply; the next, `laterMs` after it, gets this one. */
async function replay(number: number, laterMs: number, reply: (scannedAt: number) => GatewayReply) {
  const scannedAt = shop.now
  shop.use = () => silence
  await shop.scan(number)
  shop.till.pause()
  await shop.pass(laterMs)
  shop.use = () => reply(scannedAt)
  shop.till.resume()
  await shop.pass(1000)
}

describe('a repeated request that gets the first result again', () => {
  test('proves that "used by another order" is never our own redemption, so that no person is needed', async () => {
    open()
    await replay(1, 60_000, usedAt)
    expect(shop.store.replayLesson.read()).toBe('proven')
    await replay(2, 60_000, () => usedUp)
    expect(shop.state(2)).toBe('refused')
    const { useRequestNo = '' } = shop.store.redemptions.findByCode(codeOf(2)) ?? {}
    expect(shop.store.history.timeline(useRequestNo)).toContainEqual(
      expect.objectContaining({ event: 'refused', remark: 'not-ours' }),
    )
  })

  test('then makes a coupon that was given a loss, without a person', async () => {
    open()
    await replay(1, 60_000, usedAt)
    shop.use = () => silence
    await shop.scan(2)
    const { useRequestNo = '' } = shop.store.redemptions.findByCode(codeOf(2)) ?? {}
    shop.till.honour(useRequestNo, note, null)
    shop.use = () => usedUp
    await shop.pass(60_000)
    expect(shop.store.redemptions.find(useRequestNo)).toMatchObject({
      state: 'resolved',
      resolution: 'loss',
      reason: 'used-elsewhere',
    })
    expect(allFigures(shop.store).losses).toEqual({ count: 1, fen: 1000, unknown: 0 })
  })

  test('also decides entries that waited in review for it, and is remembered over a restart', async () => {
    open()
    await replay(1, 60_000, () => usedUp)
    expect(shop.state(1)).toBe('review')
    await replay(2, 60_000, usedAt)
    expect(shop.state(1)).toBe('refused')
    expect(shop.store.replayLesson.read()).toBe('proven')
  })

  test('proves nothing while it could be a first result', async () => {
    open()
    // The repeated request itself was booked.
    await replay(1, 60_000, () => usedAt(shop.now))
    // The time has whole seconds, and the clocks may differ by a few.
    await replay(2, 4000, usedAt)
    // The time cannot be read.
    await replay(3, 60_000, () =>
      verifiedReply(200, { stock_id: '12', wechatpay_use_time: 'soon' }),
    )
    expect(shop.store.replayLesson.read()).toBeNull()
    await replay(4, 60_000, () => usedUp)
    expect(shop.state(4)).toBe('review')
  })

  test('proves something only by a clock that WeChat Pay has confirmed', async () => {
    open({ clocks: { confirmed: () => null } })
    await replay(1, 60_000, usedAt)
    expect(shop.store.replayLesson.read()).toBeNull()
  })
})

describe('the lesson is disproved for ever', () => {
  test('by a refusal of a coupon that carries our number', async () => {
    open()
    await shop.scan(1)
    shop.returnCoupon(shop.store.redemptions.findByCode(codeOf(1))?.useRequestNo ?? '', note)
    await shop.pass(4000)
    shop.queries.queryCoupon = async () =>
      ok(
        factsWith({
          useRequestNo: shop.store.redemptions.findByCode(codeOf(1))?.useRequestNo ?? null,
        }),
      )
    await replay(1, 60_000, () => usedUp)
    expect(shop.state(1)).toBe('redeemed')
    expect(shop.store.replayLesson.read()).toBe('disproved')
    await replay(2, 60_000, usedAt)
    expect(shop.store.replayLesson.read()).toBe('disproved')
  })

  test('by a use time before anything was sent', async () => {
    open()
    const scannedAt = shop.now
    // Nothing was sent yet, so no earlier attempt can have been booked.
    shop.use = () => noLine
    await shop.scan(1)
    shop.till.pause()
    await shop.pass(60_000)
    shop.use = () => usedAt(scannedAt)
    shop.till.resume()
    await shop.pass(1000)
    expect(shop.state(1)).toBe('redeemed')
    expect(shop.store.replayLesson.read()).toBe('disproved')
  })
})
