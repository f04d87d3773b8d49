import { expect, test } from 'vitest'
import type { ClaimResult } from '../../../main/redemption/shop-lock.ts'
import { offlineShop } from '../../support/offline-shop.ts'
import { lostTo, never, ScriptedLock, unanswered } from '../../support/scripted-lock.ts'
import { hold, honour, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, silence, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({ offlinePolicy: honour, onlyStockId: '12' }, { stocks: [tenYuanOff] })

const openOffline = offlineShop(open)

test('with WeChat Pay reachable nobody waits for a server that never answers, and the coupon is claimed all the same', async () => {
  const lock = new ScriptedLock()
  lock.answer = never
  open({ shopLock: lock })
  const before = shop.now
  expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give', shop: null })
  expect(shop.now).toBe(before)
  expect(lock.claims).toMatchObject([
    { couponCode: codeOf(1), stockId: null, useRequestNo: numberOf(1) },
  ])
})

test('a claim that was lost changes nothing where WeChat Pay answers', async () => {
  const lock = new ScriptedLock()
  lock.answer = () => lostTo('T3-1', shop.now)
  open({ shopLock: lock })
  expect(await shop.scan(1)).toMatchObject({ tone: 'green', reason: 'redeemed' })
})

test('won: held for this shop, and honoured within the limits', async () => {
  openOffline(() => ({ outcome: 'won' }))
  expect(await shop.scan(1)).toMatchObject({
    tone: 'amber',
    instruction: 'give',
    shop: { kind: 'held', tillId: null },
  })
})

test('lost: red with till and time, nothing is given, and what was never sent is cancelled', async () => {
  const lock = openOffline(() => lostTo('T3-1', 123))
  expect(await shop.scan(1)).toMatchObject({
    tone: 'red',
    reason: 'claimed-at-other-till',
    instruction: 'do-not-give',
    choices: [],
    shop: { kind: 'elsewhere', tillId: 'T3', at: 123 },
  })
  expect(shop.rowOf(1)).toMatchObject({ state: 'cancelled', given: null, honoured: false })
  expect(lock.releases).toMatchObject([{ useRequestNo: numberOf(1) }])
})

test('lost after a request that may have arrived: it is settled and goes back to the customer', async () => {
  openOffline(() => lostTo('T3-1', 123))
  shop.use = () => silence
  const red = { tone: 'red', reason: 'claimed-at-other-till', offline: null }
  expect(await shop.scan(1)).toMatchObject(red)
  expect(shop.state(1)).toBe('pending')
  shop.use = () => used
  await shop.pass(600_000)
  expect(shop.rowOf(1)).toMatchObject({ state: 'returned', given: null })
})

test('no answer: the limits of a till alone, said so', async () => {
  openOffline(() => unanswered)
  expect(await shop.scan(1)).toMatchObject({ instruction: 'give', shop: { kind: 'unchecked' } })
})

test('a server that takes longer than a moment delays no word, and the discount comes with its answer', async () => {
  const { promise, resolve: answer } = Promise.withResolvers<ClaimResult>()
  openOffline(() => promise)
  const said = shop.scan(1)
  await shop.pass(150)
  expect(await said).toMatchObject({
    instruction: 'not-yet',
    choices: ['wait', 'keep'],
    shop: { kind: 'asking' },
  })
  answer({ outcome: 'won' })
  await shop.pass(0)
  expect(verdict()).toMatchObject({ instruction: 'give', shop: { kind: 'held' } })
})

test('a server that never answers counts as not asked after a second', async () => {
  openOffline(never)
  const said = shop.scan(1)
  await shop.pass(150)
  await said
  await shop.pass(851)
  expect(verdict()).toMatchObject({ instruction: 'give', shop: { kind: 'unchecked' } })
})

test('nobody is told to give it while it is being asked for, and a supervisor cannot either', async () => {
  openOffline(never, { offlinePolicy: hold })
  const said = shop.scan(1)
  await shop.pass(150)
  expect(await said).toMatchObject({ choices: ['wait', 'keep'] })
  const order = { by: '王店长', why: '老顾客' }
  expect(shop.till.honour(numberOf(1), order, null)).toMatchObject({ error: { code: 'not-now' } })
  await shop.pass(851)
  expect(verdict()).toMatchObject({ choices: ['wait', 'keep', 'honour'] })
  expect(shop.till.honour(numberOf(1), order, null).ok).toBe(true)
})

test('a supervisor cannot honour what another till has', async () => {
  openOffline(() => lostTo('T3-1', 1), { offlinePolicy: hold })
  shop.use = () => silence
  await shop.scan(1)
  const order = { by: '王店长', why: '老顾客' }
  expect(shop.till.honour(numberOf(1), order, null)).toMatchObject({
    error: { code: 'at-other-till' },
  })
})

test('what was not checked is asked again under the same number, and the words follow', async () => {
  const lock = openOffline(() => unanswered)
  await shop.scan(1)
  lock.answer = () => ({ outcome: 'won' })
  await shop.pass(2000)
  expect(verdict()).toMatchObject({ instruction: 'give', shop: { kind: 'held' } })
  expect(new Set(lock.claims.map(({ useRequestNo }) => useRequestNo))).toEqual(
    new Set([numberOf(1)]),
  )
})

test('honoured unchecked and lost afterwards: told, written, and still settled by WeChat Pay', async () => {
  const lock = openOffline(() => unanswered)
  await shop.scan(1)
  const { count } = shop.till.counter().sound
  lock.answer = () => lostTo('T3-1', 5)
  await shop.pass(2000)
  expect(verdict()).toMatchObject({
    tone: 'amber',
    instruction: 'already-given',
    reason: 'claimed-at-other-till',
    shop: { kind: 'elsewhere', tillId: 'T3', at: 5 },
  })
  expect(shop.till.counter().sound.count).toBeGreaterThan(count)
  const events = shop.store.history.timeline(numberOf(1)).map(({ event }) => event)
  expect(events.filter((event) => event === 'claim-lost')).toHaveLength(1)
  shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  await shop.pass(600_000)
  expect(shop.till.review()).toMatchObject([{ case: 'refused-given', wasGiven: true }])
})

test('a claim is released after a cancel, a refusal and a return, and not before', async () => {
  const lock = new ScriptedLock()
  open({ shopLock: lock })
  shop.use = () => refusal('RESOURCE_NOT_EXISTS', 404)
  await shop.scan(1)
  expect(lock.releases).toMatchObject([{ useRequestNo: numberOf(1) }])
  shop.use = () => used
  await shop.scan(2)
  expect(lock.releases).toHaveLength(1)
  shop.returnCoupon(numberOf(2), { by: '王店长', why: '退货' })
  await shop.pass(60_000)
  expect(lock.releases).toMatchObject([{}, { useRequestNo: numberOf(2) }])
  shop.use = () => noLine
  await shop.scan(3)
  shop.till.nextCustomer()
  await shop.scan(4)
  expect(lock.releases).toHaveLength(2)
})

test('a claim of this till under an earlier number gives way: it is released, and the coupon claimed again', async () => {
  const lock = openOffline(() => ({ outcome: 'won' }), { offlinePolicy: hold })
  await shop.scan(1)
  shop.till.keep(numberOf(1), null)
  const first = lock.releases.at(-1)?.useRequestNo ?? ''
  await shop.pass(20_000)
  // The release has not come to the server.
  const before = lock.releases.length
  lock.answer = () =>
    lock.releases.length === before
      ? { outcome: 'lost', tillId: 'T1', useRequestNo: first, at: 1 }
      : { outcome: 'won' }
  const said = shop.scan(1)
  await shop.pass(200)
  expect(await said).toMatchObject({ shop: { kind: 'held' }, tone: 'amber' })
  const second = lock.claims.filter(({ useRequestNo }) => useRequestNo === numberOf(1))
  expect(second).toHaveLength(2)
})

test('a claim of this till in its lost time is another: what it gave then is in no file', async () => {
  openOffline(() => ({ outcome: 'lost', tillId: 'T1', useRequestNo: 'T1-unknown', at: 1 }))
  expect(await shop.scan(1)).toMatchObject({ tone: 'red', shop: { tillId: 'T1' } })
})

test('what a cashier was told is held is known after a restart, for a server that has forgotten', async () => {
  const lock = openOffline(() => ({ outcome: 'won' }))
  await shop.scan(1)
  expect(shop.till.heldClaims()).toMatchObject([{ useRequestNo: numberOf(1) }])
  lock.answer = () => unanswered
  shop.restart()
  expect(shop.till.heldClaims()).toMatchObject([{ useRequestNo: numberOf(1) }])
})

test('a panel that said it was being checked is not left so by a restart', async () => {
  openOffline(never, { offlinePolicy: hold })
  const said = shop.scan(1)
  await shop.pass(150)
  expect((await said).shop).toMatchObject({ kind: 'asking' })
  shop.restart()
  await shop.pass(1001)
  expect(verdict()).toMatchObject({
    shop: { kind: 'unchecked' },
    choices: ['wait', 'keep', 'honour'],
  })
})

test('a lock that throws keeps no scan from its verdict, and no change from being written', async () => {
  const lock = openOffline(() => ({ outcome: 'won' }))
  lock.claim = lock.release = () => {
    throw new Error('bug')
  }
  expect(await shop.scan(1)).toMatchObject({ instruction: 'give', shop: { kind: 'unchecked' } })
  shop.use = () => refusal('RESOURCE_NOT_EXISTS', 404)
  await shop.scan(2)
  expect(shop.state(2)).toBe('refused')
  expect(shop.faults.splice(0).length).toBeGreaterThan(2)
})

test('a lock that rejects is a fault and no answer', async () => {
  const lock = openOffline(() => Promise.reject(new Error('bug')))
  expect(await shop.scan(1)).toMatchObject({ instruction: 'give', shop: { kind: 'unchecked' } })
  expect(shop.faults.splice(0)).toEqual([new Error('bug')])
  expect(lock.claims).toHaveLength(1)
})
