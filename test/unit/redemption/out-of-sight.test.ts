import { describe, expect, test } from 'vitest'
import { hold, honour, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { noLine, refusal, tenYuanOff, used } from '../../support/scripted-till.ts'
import type { GatewayReply } from '../../../main/redemption/gateway.ts'

const open = scriptedShop({ offlinePolicy: hold }, { stocks: [tenYuanOff] })

const tenMinutes = 600_000

async function settleUnseen(reply: GatewayReply): Promise<void> {
  shop.use = () => noLine
  await shop.scan(1, { cashier: '小王' })
  shop.isInFront = false
  shop.use = () => reply
  shop.till.networkHint()
  await shop.pass(5000)
}

function lookBack(): void {
  shop.isInFront = true
  shop.till.counterCameToFront()
}

describe('while another screen is in front of the counter', () => {
  test('a coupon that is redeemed is given to nobody, and stays for one key', async () => {
    open()
    await settleUnseen(used)
    expect(shop.till.counter().sound.name).toBe('attention')
    lookBack()
    expect(verdict()).toMatchObject({
      tone: 'amber',
      reason: 'redeemed-not-given',
      choices: ['give', 'return'],
      deductFen: null,
    })
    expect(shop.till.counter().open).toMatchObject([{ kind: 'not-given' }])
    expect(shop.till.state().settledLater).toMatchObject({ notGiven: 1 })
    // Neither a batch that is described later nor a total makes it a word that somebody was told.
    shop.till.setTotal(5000)
    expect(verdict()).toMatchObject({ reason: 'redeemed-not-given' })
    expect(shop.till.give(numberOf(1), '小王')).toMatchObject({ ok: true })
    expect(shop.store.redemptions.find(numberOf(1))).toMatchObject({ given: { by: '小王' } })
  })

  test('a coupon that nobody gives goes back to its customer', async () => {
    open({ holdMs: tenMinutes })
    await settleUnseen(used)
    lookBack()
    await shop.pass(2 * tenMinutes)
    expect(shop.store.redemptions.find(numberOf(1))?.state).toBe('returned')
  })

  test('one that is refused is named in the summary', async () => {
    open()
    await settleUnseen(refusal('RULELIMIT', 403))
    expect(shop.till.state().settledLater).toMatchObject({ refusedHeld: [expect.any(String)] })
  })

  test('one whose reply was awaited when the screen changed is given to nobody either', async () => {
    open()
    const late = Promise.withResolvers<GatewayReply>()
    shop.use = () => late.promise
    const said = shop.scan(1)
    shop.isInFront = false
    late.resolve(used)
    expect(await said).toMatchObject({ reason: 'redeemed-not-given' })
    expect(shop.store.redemptions.find(numberOf(1))).toMatchObject({ given: null })
  })

  test('the offline policy gives nothing until the cashier looks', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => noLine
    shop.isInFront = false
    await shop.scan(1)
    expect(verdict()).toMatchObject({ instruction: 'not-yet' })
    expect(shop.store.open.honoured(0).count).toBe(0)
    lookBack()
    expect(verdict()).toMatchObject({ instruction: 'give', deductFen: 1000 })
    expect(shop.store.open.honoured(0).count).toBe(1)
  })
})

test('a coupon whose reply came in sight was given, and looking away changes nothing', async () => {
  open()
  await shop.scan(1, { cashier: '小王' })
  shop.isInFront = false
  await shop.pass(5000)
  lookBack()
  expect(verdict()).toMatchObject({ instruction: 'give', deductFen: 1000 })
})
