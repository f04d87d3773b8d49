import { describe, expect, test } from 'vitest'
import type { StockFacts } from '../../../main/redemption/gateway.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { refusal, tenYuanOff } from '../../support/scripted-till.ts'

const dayMs = 86_400_000
let confirmed: number | null = null
const open = scriptedShop({
  codeRules: { merchantCodes: [{ pattern: /^OWN\d$/, stockId: '12' }] },
  clocks: { confirmed: () => confirmed },
})

function knownDates(dates: Pick<StockFacts, 'availableFrom' | 'availableUntil'>): void {
  shop.store.stocks.save({ ...tenYuanOff, ...dates }, shop.now)
}

describe('the date that keeps a coupon from being used', () => {
  test('is said where the till refuses by it: how it ended, or when it begins', async () => {
    open()
    confirmed = shop.now
    const [before, after] = [shop.now - dayMs, shop.now + dayMs]
    knownDates({ availableFrom: null, availableUntil: before })
    expect(await shop.scanCode('OWN1')).toMatchObject({
      reason: 'outside-known-window',
      outside: { end: 'until', at: before },
    })
    knownDates({ availableFrom: after, availableUntil: null })
    expect(await shop.scanCode('OWN2')).toMatchObject({
      reason: 'outside-known-window',
      outside: { end: 'from', at: after },
    })
  })

  test('explains a refusal of WeChat Pay’s only where the known dates are the reason', async () => {
    open()
    const [before, after] = [shop.now - dayMs, shop.now + dayMs]
    confirmed = null
    shop.use = () => {
      confirmed = shop.now
      return refusal('RULE_LIMIT')
    }
    knownDates({ availableFrom: after, availableUntil: null })
    expect(await shop.scanCode('OWN1')).toMatchObject({
      reason: 'outside-validity',
      outside: { end: 'from', at: after },
    })
    // The batch is valid now: another of the coupon's rules forbids it.
    knownDates({ availableFrom: before, availableUntil: after })
    expect(await shop.scanCode('OWN2')).toMatchObject({
      reason: 'outside-validity',
      outside: null,
    })
  })

  test('is not said by a clock that nobody has confirmed', async () => {
    open()
    confirmed = null
    shop.use = () => refusal('RULE_LIMIT')
    knownDates({ availableFrom: null, availableUntil: shop.now - dayMs })
    expect(await shop.scanCode('OWN1')).toMatchObject({ outside: null })
  })
})
