import { describe, expect, test } from 'vitest'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, silence, tenYuanOff, used } from '../../support/scripted-till.ts'

const minuteMs = 60_000
const leaps = [11 * minuteMs, -11 * minuteMs, 400 * 1440 * minuteMs, -400 * 1440 * minuteMs]

const open = scriptedShop({ holdMs: 10 * minuteMs }, { stocks: [tenYuanOff] })

/** As the first verified reply sets it, in the middle of an order. */
describe.each(leaps)('a clock that is set by %d ms', (ms) => {
  test('does not end the order: a confirmed coupon is given at the typed total', async () => {
    open()
    shop.till.setTotal(12_000)
    shop.use = () => {
      shop.setClockBy(ms)
      return used
    }
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
    expect(shop.till.counter().order).toMatchObject({ totalFen: 12_000 })
  })

  test('does not make two presentations of one scan', async () => {
    open()
    shop.use = () => {
      shop.setClockBy(ms)
      return used
    }
    await shop.scan(1)
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', reason: 'redeemed' })
  })

  test('does not make one presentation of two scans', async () => {
    open()
    await shop.scan(1)
    await shop.pass(4000)
    shop.setClockBy(ms)
    expect(await shop.scan(1)).toMatchObject({ reason: 'redeemed-here-before' })
  })

  test('neither ends a hold early nor prolongs it for ever', async () => {
    open()
    shop.use = () => silence
    await shop.scan(1)
    await shop.pass(4 * minuteMs)
    shop.setClockBy(ms)
    await shop.pass(5 * minuteMs)
    expect(shop.store.redemptions.findByCode(codeOf(1))?.released).toBeNull()
    await shop.pass(70 * minuteMs)
    expect(shop.store.redemptions.findByCode(codeOf(1))?.released).toMatchObject({
      how: 'hold-ended',
    })
  })
})

test('after the computer slept, the order before is over', async () => {
  open()
  shop.till.setTotal(12_000)
  shop.till.wokeUp()
  expect(shop.till.counter().order).toBeNull()
  await shop.scan(1)
  expect(shop.till.counter().order).toMatchObject({ totalFen: null })
})
