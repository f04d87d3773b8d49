import { expect, test } from 'vitest'
import type { PeerState } from '../../../main/redemption/peers.ts'
import { offlineShop } from '../../support/offline-shop.ts'
import { lostTo, unanswered } from '../../support/scripted-lock.ts'
import { hold, honour, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { codeOf, tenYuanOff } from '../../support/scripted-till.ts'

const open = scriptedShop({ offlinePolicy: honour, onlyStockId: '12' }, { stocks: [tenYuanOff] })

const openOffline = offlineShop(open)

function news(number: number, state: PeerState, useRequestNo = 'T3-1') {
  return {
    couponCode: codeOf(number),
    stockId: null,
    tillId: 'T3',
    useRequestNo,
    at: shop.now,
    state,
  }
}

test('a lock whose holder told that it is over keeps nobody from anything', async () => {
  openOffline(() => lostTo('T3-1', 1))
  shop.till.hearFromPeers([news(1, 'returned')])
  expect(await shop.scan(1)).toMatchObject({ instruction: 'give', shop: { kind: 'unchecked' } })
})

test.each([
  ['redeemed', 'redeemed-at-other-till'],
  ['honoured', 'honoured-at-other-till'],
] as const)(
  'a coupon that another till %s is red and not sent, also after a restart',
  async (state, reason) => {
    open()
    shop.till.hearFromPeers([news(1, state)])
    shop.restart()
    expect(await shop.scan(1)).toMatchObject({
      tone: 'red',
      reason,
      given: { by: 'T3', at: shop.now },
    })
    expect(shop.sent).toEqual([])
  },
)

test('a return at another till takes the recall back, whatever comes again or late', async () => {
  open()
  shop.till.hearFromPeers([news(1, 'redeemed')])
  shop.till.hearFromPeers([news(1, 'returned')])
  shop.till.hearFromPeers([news(1, 'redeemed'), news(1, 'honoured')])
  expect(await shop.scan(1)).toMatchObject({ tone: 'green' })
})

test('a return of one number leaves what another till redeemed since', async () => {
  open()
  shop.till.hearFromPeers([news(1, 'redeemed', 'T2-9'), news(1, 'redeemed'), news(1, 'returned')])
  expect(await shop.scan(1)).toMatchObject({ tone: 'red', reason: 'redeemed-at-other-till' })
})

test('news of a discount given elsewhere ends what waits here and was given to nobody', async () => {
  openOffline(() => unanswered, { offlinePolicy: hold })
  await shop.scan(1)
  shop.till.hearFromPeers([news(1, 'honoured')])
  expect(verdict()).toMatchObject({ tone: 'red', reason: 'honoured-at-other-till' })
  expect(shop.state(1)).toBe('cancelled')
  await shop.scan(2)
  shop.till.nextCustomer()
  // Nobody at the counter speaks for it any more.
  shop.restart()
  shop.till.hearFromPeers([news(2, 'redeemed')])
  expect(shop.state(2)).toBe('cancelled')
})

test('what this till gave in a time that its records lost comes back to it as news', async () => {
  open()
  shop.till.hearFromPeers([{ ...news(1, 'redeemed', 'T1-lost'), tillId: 'T1' }])
  expect(await shop.scan(1)).toMatchObject({ tone: 'red', given: { by: 'T1' } })
  await shop.scan(2)
  shop.till.hearFromPeers([{ ...news(2, 'redeemed', numberOf(2)), tillId: 'T1' }])
  shop.returnCoupon(numberOf(2), { by: '王店长', why: '退货' })
  await shop.pass(60_000)
  expect(await shop.scan(2)).toMatchObject({ tone: 'green' })
})
