import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { deductedOf, differenceOf } from '../../../clients/demo/src/ledger.ts'
import { Dice } from '../../simulation/dice.ts'
import { DemoPos } from '../../support/demo-pos.ts'
import { LinkedTill } from '../../support/linked-till.ts'
import { openLossyRelay } from '../../support/lossy-relay.ts'
import { codeOf, verifiedReply } from '../../support/scripted-till.ts'

async function linked(mode: 'training' | 'live' = 'training'): Promise<LinkedTill> {
  const till = await LinkedTill.open({}, mode)
  onTestFinished(() => till.close())
  return till
}

test('a coupon that the cashier scans at the till is deducted, and given back with a cancelled order', async () => {
  const till = await linked()
  const pos = new DemoPos({ origin: till.origin, token: await till.pair() })
  onTestFinished(() => pos.crash())
  void pos.listen()
  pos.ringUp()
  await pos.register.settle()
  await till.scripted.scan(1)
  await vi.waitFor(() => expect(pos.toPay()).toBe(5800))
  await pos.register.pay(6800)
  expect(pos.register.view()).toMatchObject({ notice: 'sum-changed', sale: { state: 'open' } })
  await pos.register.pay(5800)
  expect(pos.sales[0]).toMatchObject({ state: 'paid', takenFen: 5800, isSettled: true })

  pos.register.next()
  pos.ringUp()
  await pos.register.settle()
  await till.scripted.scan(2)
  await vi.waitFor(() => expect(pos.toPay()).toBe(5800))
  await pos.register.cancel()
  expect(pos.sales[0]).toMatchObject({ state: 'cancelled', booked: {} })
  await vi.waitFor(() => expect(till.scripted.state(2)).toBe('returned'))
  expect(pos.faults).toEqual([])
})

test('a coupon that came in after the money was taken without the till is owed to the customer', async () => {
  const till = await linked()
  const relay = await openLossyRelay(till.origin)
  const pos = new DemoPos({ origin: relay.origin, token: await till.pair() })
  pos.ringUp()
  await pos.register.settle()
  relay.lose = () => 'request'
  await till.scripted.scan(1)
  await pos.register.pay(6800)
  expect(pos.register.view()).toMatchObject({ notice: 'no-till', sale: { state: 'open' } })
  await pos.register.pay(6800, true)
  relay.lose = () => null
  await pos.register.settle()
  const [sale] = pos.sales
  expect(sale).toMatchObject({ state: 'paid', takenFen: 6800, isSettled: true })
  expect(sale && differenceOf(sale)).toBe(1000)
})

test('where the till does not know the sum the cashier enters it, and no money is taken before', async () => {
  const till = await linked()
  till.scripted.use = () =>
    verifiedReply(200, {
      stock_id: '99',
      openid: 'o-1',
      wechatpay_use_time: '2026-01-05T10:00:00+08:00',
    })
  const pos = new DemoPos({ origin: till.origin, token: await till.pair() })
  pos.ringUp()
  await pos.register.settle()
  await till.scripted.scan(1)
  await pos.register.pay(6800)
  expect(pos.register.view()).toMatchObject({ notice: 'sum-unknown', sale: { state: 'open' } })
  const no = pos.register.view().order?.coupons[0]?.no ?? ''
  pos.register.enter(no, 9900)
  await pos.register.settle()
  expect(pos.toPay()).toBe(0)
  pos.register.enter(no, 700)
  await pos.register.pay(6100)
  expect(pos.sales[0]).toMatchObject({ state: 'paid', takenFen: 6100, booked: { [no]: 700 } })
})

test('beside a till that redeems real coupons the demonstration books nothing', async () => {
  const till = await linked('live')
  const pos = new DemoPos({ origin: till.origin, token: await till.pair() })
  pos.ringUp()
  await pos.register.settle()
  await till.scripted.scan(1)
  await pos.register.settle()
  expect(pos.register.view()).toMatchObject({ notice: 'live', sale: { booked: {} } })
  await pos.register.pay(6800)
  expect(pos.sales[0]?.state).toBe('open')
})

test('whatever is lost, and wherever the POS crashes, its ledger says what the till gave', async () => {
  const till = await linked()
  const relay = await openLossyRelay(till.origin)
  const pos = new DemoPos({ origin: relay.origin, token: await till.pair() })
  const dice = new Dice(11)
  /** What becomes of the sales depends on the computer's pace too: it goes on until there is enough of each kind. */
  const hasSeenAll = (): boolean =>
    ['cancelled', 'open', 'paid'].every((state) =>
      pos.sales.some((each) => each.state === state),
    ) && pos.sales.filter((sale) => deductedOf(sale) > 0).length > 3
  for (let round = 1; round <= 32 || !hasSeenAll(); round += 1) {
    relay.lose = () => (dice.chance(0.15) ? 'request' : dice.chance(0.2) ? 'reply' : null)
    pos.ringUp()
    const isAtTill = dice.chance(0.4)
    if (!isAtTill) pos.register.scan(codeOf(round))
    const asked = pos.register.settle()
    await setTimeout(dice.random() * 20)
    if (dice.chance(0.4)) pos.crash()
    if (isAtTill) await till.scripted.scan(round)
    const { sale } = pos.register.view()
    const ended = dice.chance(0.5)
      ? pos.register.cancel()
      : pos.register.pay(pos.toPay(), dice.chance(0.5))
    await setTimeout(dice.random() * 20)
    if (dice.chance(0.4)) pos.crash()
    await Promise.all([asked, ended])

    relay.lose = () => null
    await pos.register.settle()
    await till.scripted.pass(1000)
    // The till answers thirty requests a second, and this POS is quicker.
    await vi.waitFor(async () => {
      if (pos.register.view().sale.state === 'open') await pos.register.pay(pos.toPay(), true)
      await pos.register.settle()
      const kept = pos.sales.find(({ orderId }) => orderId === sale.orderId)
      expect(kept).toMatchObject({ isSettled: true })
    }, 5000)
    pos.register.next()
  }
  expect(pos.faults).toEqual([])
  const { scripted } = till
  expect(scripted.faults).toEqual([])
  for (const sale of pos.sales) {
    const order = scripted.store.pos.order(sale.orderId)
    if (order === 'unreadable') throw new Error(sale.orderId)
    // What was scanned at the till before its order was opened is in none: the cashier deducted it by hand.
    const given = order === null ? [] : scripted.till.pos.couponsOf(order.orderNo)
    const sums = given.filter(({ state, given: is }) => state === 'redeemed' && is !== null)
    expect({ of: sale.orderId, ...sale.booked }).toEqual({
      of: sale.orderId,
      ...Object.fromEntries(sums.map((each) => [each.useRequestNo, each.given?.fen])),
    })
  }
  const cancelled = pos.sales.filter(({ state }) => state === 'cancelled')
  expect(cancelled.map(deductedOf)).toEqual(cancelled.map(() => 0))
  const uses = scripted.sent.filter((body) => body.includes('use_time'))
  expect(new Set(uses).size).toBe(uses.length)
})
