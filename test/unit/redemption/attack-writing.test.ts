import { expect, test } from 'vitest'
import { hold, honour, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, silence, tenYuanOff, used } from '../../support/scripted-till.ts'
import { allFigures } from '../../support/all-figures.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff], mayFault: true })

const tenMinutes = 600_000
const diskFull = () =>
  ({ ok: false, error: { code: 'not-saved-disk-full', cause: new Error('full') } }) as const

test('a discount given while its record could not be written is not returned when the hold ends', async () => {
  open({ offlinePolicy: hold, holdMs: tenMinutes })
  shop.use = () => silence
  await shop.scan(1)
  await shop.pass(tenMinutes - 100_000)
  const { redemptions } = shop.store
  const update = redemptions.update.bind(redemptions)
  const late = Promise.withResolvers<typeof used>()
  shop.use = () => late.promise
  const again = shop.scan(1)
  await shop.pass(1)
  redemptions.update = diskFull
  late.resolve(used)
  expect(await again).toMatchObject({ instruction: 'give', isUnrecorded: true })
  shop.till.releaseHeld('小王')
  await shop.pass(tenMinutes + 50_500)
  redemptions.update = update
  shop.till.releaseHeld('小王')
  await shop.pass(20_000)
  expect(shop.state(1)).toBe('redeemed')
  expect(shop.sent.filter((b) => b.includes('return_request_no'))).toEqual([])
})

test('an entry whose reply could not be written is marked as sent again before it is sent again', async () => {
  open({ offlinePolicy: hold })
  const { redemptions } = shop.store
  const update = redemptions.update.bind(redemptions)
  const late = Promise.withResolvers<typeof noLine>()
  shop.use = () => late.promise
  void shop.scan(1)
  await shop.pass(10)
  redemptions.update = diskFull
  late.resolve(noLine)
  await shop.pass(3100)
  redemptions.update = update
  const answer = Promise.withResolvers<typeof used>()
  shop.use = () => answer.promise
  void shop.scan(1)
  await shop.pass(10)
  expect(shop.sent).toHaveLength(2)
  expect(shop.rowOf(1).inFlight).toBe(true)
  shop.till.keep(numberOf(1), null)
  answer.resolve(used)
  await shop.pass(5000)
  expect(shop.state(1)).toBe('returned')
})

test('a coupon redeemed for nobody while its record could not be written is returned when its hold ends', async () => {
  open({ offlinePolicy: hold, holdMs: tenMinutes })
  const { redemptions } = shop.store
  const update = redemptions.update.bind(redemptions)
  const late = Promise.withResolvers<typeof used>()
  shop.use = () => late.promise
  const scan = shop.scan(1)
  await shop.pass(10)
  shop.till.nextCustomer()
  redemptions.update = diskFull
  late.resolve(used)
  expect((await scan).isUnrecorded).toBe(true)
  await shop.pass(60_000)
  redemptions.update = update
  await shop.pass(tenMinutes + 60_000)
  expect(shop.state(1)).toBe('returned')
})

test('a hold that ends while a refusal could not be written keeps no other coupon from its customer', async () => {
  open({ offlinePolicy: hold, holdMs: 60_000 })
  shop.use = () => noLine
  await shop.scan(1)
  await shop.scan(2)
  const { redemptions } = shop.store
  const update = redemptions.update.bind(redemptions)
  const late = Promise.withResolvers<ReturnType<typeof refusal>>()
  shop.use = (body) => (body.includes(codeOf(1)) ? late.promise : noLine)
  shop.probe = () => refusal('RESOURCE_NOT_EXISTS', 404)
  shop.till.syncNow()
  await shop.pass(5000)
  redemptions.update = (changes) =>
    changes.some(({ redemption }) => redemption.useRequestNo === numberOf(1))
      ? diskFull()
      : update(changes)
  late.resolve(refusal('RULE_LIMIT', 403))
  await shop.pass(120_000)
  expect([shop.state(1), shop.state(2)]).toEqual(['pending', 'cancelled'])
  redemptions.update = update
  await shop.pass(10_000)
  expect(shop.state(1)).toBe('refused')
})

test('a reply that comes after the till was stopped is not written, for another till may have the file open', async () => {
  open({ offlinePolicy: honour, onlyStockId: '12' })
  await shop.scan(9)
  const late = Promise.withResolvers<typeof used>()
  shop.use = () => late.promise
  void shop.scan(1)
  await shop.pass(100)
  let writes = 0
  shop.till.stop()
  const { redemptions } = shop.store
  const update = redemptions.update.bind(redemptions)
  redemptions.update = (changes) => {
    writes += 1
    return update(changes)
  }
  late.resolve(used)
  await shop.pass(6000)
  expect(writes).toBe(0)
  expect(shop.rowOf(1).given).toBeNull()
})

test('a discount that the policy allowed but could not record is not given once the customer has left', async () => {
  open({ offlinePolicy: honour, onlyStockId: '12' })
  await shop.scan(9)
  shop.use = () => noLine
  const { redemptions } = shop.store
  const update = redemptions.update.bind(redemptions)
  redemptions.update = diskFull
  expect(await shop.scan(1)).toMatchObject({ instruction: 'not-yet', isUnrecorded: true })
  redemptions.update = update
  shop.till.nextCustomer()
  await shop.pass(30_000)
  expect(shop.rowOf(1).given).toBeNull()
  expect(shop.rowOf(1).state).toBe('pending')
})

test('a discount given by a key while the disk is full is told when it can be written', async () => {
  open({ offlinePolicy: hold })
  shop.use = () => noLine
  await shop.scan(1)
  shop.till.nextCustomer()
  shop.use = () => used
  await shop.pass(5000)
  const { redemptions } = shop.store
  const update = redemptions.update.bind(redemptions)
  redemptions.update = () => ({
    ok: false,
    error: { code: 'not-saved-disk-full', cause: new Error('full') },
  })
  expect(shop.till.give(numberOf(1), null)).toMatchObject({ ok: false })
  expect(verdict()?.instruction).toBe('not-yet')
  redemptions.update = update
  await shop.pass(100)
  expect(await shop.scan(1)).toMatchObject({ instruction: 'give' })
  await shop.pass(4000)
  expect(await shop.scan(1)).toMatchObject({ instruction: 'do-not-give' })
})

test('an honoured coupon renewed under another number counts once in the shift', async () => {
  let offset = 0
  let confirmed: number | null = null
  open({
    offlinePolicy: hold,
    onlyStockId: '12',
    clocks: { confirmed: () => confirmed, corrected: () => shop.now + offset },
  })
  shop.use = () => noLine
  await shop.scan(1)
  expect(shop.till.honour(numberOf(1), { by: '店长', why: 'x' }, null).ok).toBe(true)
  offset = 400 * 86_400_000
  confirmed = shop.now + offset
  shop.use = () => used
  shop.till.syncNow()
  await shop.pass(60_000)
  expect(shop.state(1)).toBe('redeemed')
  expect(shop.rowOf(1)).toMatchObject({ honoured: true, given: { fen: 1000 } })
  expect(allFigures(shop.store).honoured).toEqual({ count: 1, fen: 1000, unknown: 0 })
})
