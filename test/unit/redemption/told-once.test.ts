import { describe, expect, test } from 'vitest'
import { hold, honour, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

const tenMinutes = 600_000
const audit = (number: number) =>
  shop.store.history.timeline(numberOf(number)).map(({ event }) => event)

describe('"give" is told once', () => {
  test('an honoured coupon scanned again shows when and by whom it was given, every time', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => noLine
    expect(await shop.scan(1, { cashier: '小王' })).toMatchObject({
      tone: 'amber',
      instruction: 'give',
      deductFen: 1000,
    })
    const givenAt = shop.now
    for (let time = 0; time < 6; time += 1) {
      await shop.pass(tenMinutes)
      expect(await shop.scan(1, { cashier: '小李' })).toMatchObject({
        tone: 'red',
        reason: 'honoured-here-before',
        instruction: 'do-not-give',
        given: { at: givenAt, by: '小王', fen: 1000 },
      })
    }
    expect(shop.store.open.honoured(0)).toMatchObject({ count: 1, fen: 1000 })
  })

  test('a redeemed coupon scanned again shows when and by whom it was given', async () => {
    open()
    await shop.scan(1, { cashier: '小王' })
    await shop.pass(3000)
    expect(await shop.scan(1)).toMatchObject({
      tone: 'red',
      reason: 'redeemed-here-before',
      instruction: 'do-not-give',
      given: { by: '小王', fen: 1000 },
    })
  })

  test('a second read within three seconds of the scan is the same presentation', async () => {
    open()
    const first = await shop.scan(1)
    const { shown } = shop.till.counter()
    await shop.pass(2999)
    expect(await shop.scan(1)).toEqual(first)
    expect(shop.till.counter().shown?.presentationNo).toBe(shown?.presentationNo)
    await shop.pass(1)
    expect(await shop.scan(1)).toMatchObject({ instruction: 'do-not-give' })
  })

  test('the three seconds count from the scan, not from a late reply', async () => {
    open()
    const late = Promise.withResolvers<typeof used>()
    shop.use = () => late.promise
    const first = shop.scan(1)
    await shop.pass(4000)
    late.resolve(used)
    expect(await first).toMatchObject({ tone: 'green', instruction: 'give' })
    expect(await shop.scan(1)).toMatchObject({ tone: 'red', instruction: 'do-not-give' })
  })

  test('a coupon presented again while its request is under way is told once, in the last presentation', async () => {
    open()
    const late = Promise.withResolvers<typeof used>()
    shop.use = () => late.promise
    void shop.scan(1)
    await shop.pass(4000)
    const second = shop.scan(1)
    late.resolve(used)
    expect(await second).toMatchObject({ tone: 'green', instruction: 'give' })
    const { shown, others } = shop.till.counter()
    expect(
      [shown, ...others].filter((entry) => entry?.verdict?.instruction === 'give'),
    ).toHaveLength(1)
  })

  test('a restart shows what was told, and does not tell it again', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => noLine
    await shop.scan(1)
    const { shown } = shop.till.counter()
    shop.restart()
    expect(shop.till.counter().shown).toEqual(shown)
    await shop.pass(3000)
    expect(await shop.scan(1)).toMatchObject({ reason: 'honoured-here-before' })
  })

  test('everything told is in the audit trail', async () => {
    open()
    await shop.scan(1, { cashier: '小王' })
    expect(audit(1)).toEqual(['recorded', 'redeemed', 'told'])
    await shop.pass(5000)
    await shop.scan(1, { cashier: '小李' })
    expect(audit(1)).toEqual(['recorded', 'redeemed', 'told', 'told'])
    expect(shop.store.history.timeline(numberOf(1)).slice(2)).toMatchObject([
      { by: '小王', told: { instruction: 'give', reason: 'redeemed', deductFen: 1000 } },
      {
        by: '小李',
        told: { instruction: 'do-not-give', reason: 'redeemed-here-before', deductFen: null },
      },
    ])
  })
})

describe('a panel changes only for its own presentation', () => {
  test('settling another coupon changes no panel', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    shop.use = (body) => (body.includes(codeOf(1)) ? used : refusal('RULELIMIT', 403))
    shop.till.nextCustomer()
    await shop.scan(2)
    const before = shop.till.counter().shown
    await shop.pass(5000)
    expect(shop.state(1)).toBe('redeemed')
    expect(shop.till.counter().shown).toEqual(before)
  })

  test('a coupon found to be given before stays so when its redemption is settled', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => noLine
    await shop.scan(1)
    await shop.pass(3000)
    const told = await shop.scan(1)
    shop.use = () => used
    shop.till.syncNow()
    await shop.pass(1000)
    expect(shop.state(1)).toBe('redeemed')
    expect(verdict()).toEqual(told)
  })

  test('a refused return does not show "give" again', async () => {
    open()
    await shop.scan(1)
    shop.return = () => refusal('RULE_LIMIT', 403)
    shop.returnCoupon(numberOf(1), { by: '店长', why: '顾客退货' })
    await shop.pass(1000)
    expect(verdict()?.instruction).not.toBe('give')
    expect(verdict()?.tone).not.toBe('green')
  })

  test('an amber panel turns green when its coupon is settled while its customer waits', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    expect(await shop.scan(1)).toMatchObject({
      tone: 'amber',
      instruction: 'not-yet',
      choices: ['wait', 'keep', 'honour'],
    })
    const { count } = shop.till.counter().sound
    shop.use = () => used
    await shop.pass(5000)
    expect(verdict()).toMatchObject({ tone: 'green', instruction: 'give', deductFen: 1000 })
    // A change that nobody asked for makes a sound.
    expect(shop.till.counter().sound).toMatchObject({ name: 'give' })
    expect(shop.till.counter().sound.count).toBeGreaterThan(count)
  })
})

describe('a verdict ages', () => {
  test('after fifteen seconds and when the window is left, but not while a customer waits', async () => {
    open({ offlinePolicy: hold })
    await shop.scan(1)
    await shop.pass(14_999)
    expect(shop.till.counter().shown?.isAged).toBe(false)
    await shop.pass(1)
    expect(shop.till.counter().shown?.isAged).toBe(true)
    await shop.scan(2)
    shop.till.ageVerdict()
    expect(shop.till.counter().shown?.isAged).toBe(true)
    shop.use = () => noLine
    shop.probe = () => noLine
    await shop.scan(3)
    await shop.pass(60_000)
    expect(shop.till.counter().shown).toMatchObject({ isAged: false, codeTail: '0003' })
  })
})

describe('one scan of several lines', () => {
  test.each([
    ['not a coupon', () => shop.scanCode('https://x.cn')],
    ['a product barcode', () => shop.scanCode('6901234567892')],
    ['a misread scan', () => Promise.resolve(shop.till.misread('broken-off', null))],
  ])("%s after a coupon does not hide the coupon's verdict", async (_what, behind) => {
    open()
    const told = await shop.scan(1)
    await shop.pass(200)
    await behind()
    expect(verdict()).toEqual(told)
    expect(shop.till.counter().aside).not.toBeNull()
    await shop.pass(2000)
    await behind()
    expect(verdict()).toMatchObject({ tone: 'red', instruction: 'do-not-give' })
  })

  test('a prefix line before the coupon does not hide it either', async () => {
    open()
    void shop.scanCode('WX-COUPON')
    expect(await shop.scan(1)).toMatchObject({ tone: 'green' })
    expect(verdict()).toMatchObject({ tone: 'green' })
  })

  test('two coupons of one order are both told', async () => {
    open()
    const [one, two] = await Promise.all([shop.scan(1), shop.scan(2)])
    expect([one.instruction, two.instruction]).toEqual(['give', 'give'])
    expect(shop.till.counter().others).toMatchObject([{ codeTail: '0001' }])
  })
})

test('a waiting coupon is told once, not after every attempt', async () => {
  open({ offlinePolicy: hold })
  shop.use = () => refusal('SYSTEM_ERROR', 500)
  await shop.scan(1)
  await shop.pass(5 * 60_000)
  expect(audit(1).filter((event) => event === 'sending').length).toBeGreaterThan(3)
  expect(audit(1).filter((event) => event === 'told')).toHaveLength(1)
})
