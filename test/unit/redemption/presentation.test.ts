import { afterEach, describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import type { OfflinePolicy } from '../../../main/redemption/offline-policy.ts'
import type { TillParts } from '../../../main/redemption/till-parts.ts'
import {
  codeOf,
  noLine,
  refusal,
  ScriptedTill,
  silence,
  tenYuanOff,
  used,
} from '../../support/scripted-till.ts'

let shop: ScriptedTill

function open(parts: Partial<TillParts> = {}): ScriptedTill {
  shop = new ScriptedTill(parts)
  shop.store.saveStock(tenYuanOff, shop.now)
  shop.till.start()
  return shop
}

afterEach(() => {
  shop.close()
  if (shop.faults.length > 0) throw new AggregateError(shop.faults, 'background work failed')
})

const limits = { open: 3, openFen: 3000, singleFen: 2000, oldestMs: 6e6, sinceContactMs: 6e6 }
const honour: OfflinePolicy = { mode: 'honour', byStock: {}, limits }
const hold: OfflinePolicy = { mode: 'hold', byStock: {}, limits }
const tenMinutes = 600_000
const verdict = () => shop.till.counter().shown?.verdict
const audit = (number: number) =>
  shop.store.history.life(numberOf(number)).map(({ event }) => event)
const numberOf = (number: number) => rowOf(number).useRequestNo

function rowOf(number: number) {
  const row = shop.store.findByCode(codeOf(number))
  if (!row) throw new Error(`coupon ${number} is not recorded`)
  return row
}

describe('give is told once', () => {
  test('an honoured coupon scanned again and again says when and by whom it was given', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => noLine
    const scan = (cashier: string) =>
      shop.till.redeem({ payload: codeOf(1), source: 'scanned', cashier })
    expect(await scan('小王')).toMatchObject({
      tone: 'amber',
      instruction: 'give',
      deductFen: 1000,
    })
    const givenAt = shop.now
    for (let time = 0; time < 6; time += 1) {
      await shop.pass(tenMinutes)
      expect(await scan('小李')).toMatchObject({
        tone: 'red',
        reason: 'honoured-here-before',
        instruction: 'do-not-give',
        given: { at: givenAt, by: '小王', fen: 1000 },
      })
    }
    expect(shop.store.openHonoured(0)).toMatchObject({ count: 1, fen: 1000 })
  })

  test('a redeemed coupon scanned again says when and by whom it was given', async () => {
    open()
    await shop.till.redeem({ payload: codeOf(1), source: 'scanned', cashier: '小王' })
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

  test('three seconds count from the scan, and not from a late answer', async () => {
    open()
    const late = Promise.withResolvers<typeof used>()
    shop.use = () => late.promise
    const first = shop.scan(1)
    await shop.pass(4000)
    late.resolve(used)
    expect(await first).toMatchObject({ tone: 'green', instruction: 'give' })
    expect(await shop.scan(1)).toMatchObject({ tone: 'red', instruction: 'do-not-give' })
  })

  test('what is presented a second time while it is asked is told once, to whom presented it last', async () => {
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

  test('a restart shows what was told, and does not tell it anew', async () => {
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

  test('what is told is in the audit trail', async () => {
    open()
    await shop.scan(1)
    expect(audit(1)).toEqual(['recorded', 'redeemed', 'told'])
    await shop.pass(5000)
    await shop.scan(1)
    expect(audit(1)).toEqual(['recorded', 'redeemed', 'told', 'told'])
    expect(shop.store.history.life(numberOf(1)).slice(2)).toMatchObject([
      { told: { instruction: 'give', reason: 'redeemed', deductFen: 1000 } },
      { told: { instruction: 'do-not-give', reason: 'redeemed-here-before', deductFen: null } },
    ])
  })
})

describe('a panel changes for its own presentation alone', () => {
  test("another coupon's settling turns no panel", async () => {
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

  test('a coupon that is recalled as given stays so when its redemption is settled', async () => {
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

  test('a refused return does not say give again', async () => {
    open()
    await shop.scan(1)
    shop.giveBack = () => refusal('RULE_LIMIT', 403)
    shop.till.giveBack(numberOf(1), { by: '店长', why: '顾客退货' })
    await shop.pass(1000)
    expect(verdict()?.instruction).not.toBe('give')
    expect(verdict()?.tone).not.toBe('green')
  })

  test('an amber panel turns green when its own coupon is settled while its customer waits', async () => {
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
    // What turns by itself is heard.
    expect(shop.till.counter().sound).toMatchObject({ name: 'give' })
    expect(shop.till.counter().sound.count).toBeGreaterThan(count)
  })
})

describe('silence alone is honoured', () => {
  test.each([
    ['PARAM_ERROR', 400],
    ['NOAUTH', 403],
    ['APPID_MCHID_NOT_MATCH', 400],
    ['SIGN_ERROR', 401],
    ['RULELIMIT', 403],
    ['NEVER_SEEN', 400],
  ])('%s is no silence', async (code, status) => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => refusal(code, status)
    const told = await shop.scan(1)
    expect(told.instruction).toBe('do-not-give')
    expect(told.offline).toBeNull()
    expect(rowOf(1)).toMatchObject({ honoured: false, given: null })
    shop.faults.splice(0)
  })

  test('a supervisor cannot honour a settings fault either', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => refusal('SIGN_ERROR', 401)
    await shop.scan(1)
    expect(shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, null)).toMatchObject({
      ok: false,
    })
  })
})

describe('the value of what is honoured', () => {
  const percent = { ...tenYuanOff, kind: 'DISCOUNT', discountFen: null, payPercent: 80 }

  test("a supervisor's coupon counts by the same function as the policy's", async () => {
    open({ offlinePolicy: hold, onlyStockId: '12' })
    shop.store.saveStock(percent, shop.now)
    shop.use = () => noLine
    await shop.scan(1, { totalFen: 9000 })
    expect(shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, '小王')).toMatchObject({
      ok: true,
    })
    expect(rowOf(1)).toMatchObject({ honoured: true, stakeFen: 1800, given: { fen: 1800 } })
    expect(verdict()).toMatchObject({ tone: 'amber', instruction: 'give', deductFen: 1800 })
    expect(shop.store.openHonoured(0)).toMatchObject({ fen: 1800 })
  })

  test('a value that nobody knows counts as the largest single value, and the sum is kept', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    const order = { by: '店长', why: '老顾客' }
    await shop.scan(1)
    expect(shop.till.honour(numberOf(1), order, null)).toMatchObject({ ok: true })
    expect(shop.till.state().queue.honouredFen).toBe(2000)
    await shop.scan(2)
    expect(shop.till.honour(numberOf(2), order, null)).toEqual({
      ok: false,
      error: { code: 'over-limit' },
    })
    expect(rowOf(2).honoured).toBe(false)
  })
})

describe("an order's total", () => {
  const own = {
    codeRules: { merchantPatterns: [], merchantCodes: [{ pattern: /OWN\d+/, stockId: '12' }] },
  }
  const scanOwn = (number: number) =>
    shop.till.redeem({ payload: `OWN${number}`, source: 'scanned' })

  test('typed before or after the scan, it prices the coupon in sight', async () => {
    open()
    shop.till.setTotal(6000)
    expect(await shop.scan(1)).toMatchObject({ payable: { totalFen: 6000, payFen: 5000 } })
    shop.till.nextCustomer()
    expect((await shop.scan(2)).payable).toBeNull()
    shop.till.setTotal(8000)
    expect(verdict()).toMatchObject({ instruction: 'give', payable: { payFen: 7000 } })
  })

  test('a second coupon of the order is priced on what remains', async () => {
    open()
    shop.till.setTotal(7000)
    await shop.scan(1)
    expect(await shop.scan(2)).toMatchObject({ payable: { totalFen: 6000, payFen: 5000 } })
    expect(shop.till.counter().order).toMatchObject({
      totalFen: 7000,
      deductedFen: 2000,
      coupons: 2,
    })
    expect(await shop.scan(3)).toMatchObject({ payable: { totalFen: 5000, payFen: 4000 } })
    expect(await shop.scan(4)).toMatchObject({ reason: 'redeemed-below-threshold', shortFen: 1000 })
  })

  test.each([
    ['next customer', () => Promise.resolve(shop.till.nextCustomer())],
    ['two minutes of rest', () => shop.pass(120_001)],
    [
      'a total of its own',
      async () => {
        await shop.pass(15_000)
        shop.till.setTotal(null)
      },
    ],
  ])('%s ends it, and it never reaches the next customer', async (_how, end) => {
    open()
    shop.till.setTotal(6000)
    await shop.scan(1)
    await end()
    expect(await shop.scan(2)).toMatchObject({ instruction: 'give', payable: null })
    expect(rowOf(2).totalFen).toBeNull()
  })

  test('a refused or foreign scan does not use it up', async () => {
    open()
    shop.till.setTotal(6000)
    shop.use = () => refusal('RULELIMIT', 403)
    await shop.scan(1)
    await shop.till.redeem({ payload: '6901234567892', source: 'scanned' })
    shop.till.misread('broken-off', null)
    shop.use = () => used
    expect(await shop.scan(2)).toMatchObject({ payable: { totalFen: 6000, payFen: 5000 } })
  })

  test('below the threshold is said before anything is sent where the batch is certain', async () => {
    open(own)
    shop.till.setTotal(3000)
    expect(await scanOwn(1)).toMatchObject({
      reason: 'below-threshold',
      instruction: 'do-not-give',
      shortFen: 2000,
    })
    expect(shop.sent).toEqual([])
  })

  test('known only later, it takes the giving back, and one key returns the coupon', async () => {
    open()
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
    shop.till.setTotal(3000)
    expect(verdict()).toMatchObject({
      tone: 'amber',
      reason: 'redeemed-below-threshold',
      instruction: 'do-not-give',
      shortFen: 2000,
      choices: ['return'],
    })
    expect(rowOf(1).given).toBeNull()
    shop.till.returnUngiven(numberOf(1), '小王')
    await shop.pass(1000)
    expect(shop.state(1)).toBe('returned')
    expect(verdict()).toMatchObject({ reason: 'returned-here', instruction: 'do-not-give' })
  })

  test('a total that was mistyped is typed again, and the coupon is given once more for this order', async () => {
    open()
    await shop.scan(1)
    shop.till.setTotal(3000)
    shop.till.setTotal(30_000)
    expect(verdict()).toMatchObject({ instruction: 'give', payable: { payFen: 29_000 } })
    expect(rowOf(1).given).toMatchObject({ fen: 1000 })
  })

  test('of an exchange no sum is computed; the threshold is checked', async () => {
    open()
    const exchange = {
      kind: 'EXCHANGE',
      discountFen: null,
      exchangePriceFen: 100,
      goodsName: '热豆浆',
    }
    shop.store.saveStock({ ...tenYuanOff, ...exchange }, shop.now)
    shop.till.setTotal(6000)
    expect(await shop.scan(1)).toMatchObject({
      instruction: 'give',
      payable: null,
      deductFen: null,
    })
    shop.till.nextCustomer()
    shop.till.setTotal(4000)
    expect(await shop.scan(2)).toMatchObject({ instruction: 'do-not-give', shortFen: 1000 })
  })

  test('a total typed in an outage decides what the policy says', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    const percent = { ...tenYuanOff, kind: 'DISCOUNT', discountFen: null, payPercent: 80 }
    shop.store.saveStock(percent, shop.now)
    await shop.scan(9)
    shop.till.nextCustomer()
    shop.use = () => noLine
    expect(await shop.scan(1)).toMatchObject({
      instruction: 'not-yet',
      offline: { limit: 'value-unknown' },
    })
    shop.till.setTotal(6000)
    expect(verdict()).toMatchObject({ instruction: 'give', deductFen: 1200 })
    // Mistyped: what is honoured is judged anew, and the sum counts the coupon once.
    shop.till.setTotal(60_000)
    expect(verdict()).toMatchObject({ instruction: 'not-yet', offline: { limit: 'single-value' } })
    expect(shop.store.openHonoured(0)).toMatchObject({ count: 0, fen: 0 })
  })
})

describe('a verified 200 that cannot be written', () => {
  test('is green, says that the records cannot be kept, and is written later', async () => {
    open()
    const { saveAll } = shop.store
    shop.store.saveAll = () => ({
      ok: false,
      error: { reason: 'not-saved-disk-full', cause: new Error('disk full') },
    })
    expect(await shop.scan(1)).toMatchObject({
      tone: 'green',
      instruction: 'give',
      isUnrecorded: true,
    })
    await shop.pass(4000)
    expect(await shop.scan(1)).toMatchObject({ instruction: 'do-not-give' })
    expect(shop.sent).toHaveLength(1)
    shop.store.saveAll = saveAll
    await shop.pass(6000)
    expect(rowOf(1)).toMatchObject({ state: 'redeemed', given: { fen: 1000 } })
    shop.faults.splice(0)
  })

  test('what the policy would honour is not given when it cannot be written', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => noLine
    shop.store.saveAll = () => ({
      ok: false,
      error: { reason: 'not-saved-disk-full', cause: new Error('disk full') },
    })
    expect(await shop.scan(1)).toMatchObject({ instruction: 'not-yet', isUnrecorded: true })
    shop.faults.splice(0)
  })
})

describe('a verdict ages', () => {
  test('after fifteen seconds, when the window is left, and not while somebody waits', async () => {
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

describe('one burst of several lines', () => {
  test.each([
    ['not a coupon', () => shop.till.redeem({ payload: 'https://x.cn', source: 'scanned' })],
    ['a product barcode', () => shop.till.redeem({ payload: '6901234567892', source: 'scanned' })],
    ['a misread scan', () => Promise.resolve(shop.till.misread('broken-off', null))],
  ])("%s behind a coupon does not wipe off the coupon's verdict", async (_what, behind) => {
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

  test('a prefix line before the coupon does not either', async () => {
    open()
    void shop.till.redeem({ payload: 'WX-COUPON', source: 'scanned' })
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

describe("a coupon held and not honoured is the customer's", () => {
  test('kept by the customer before anything left: cancelled, and good again', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    expect(shop.till.keep(numberOf(1), '小王')).toMatchObject({ ok: true })
    expect(shop.state(1)).toBe('cancelled')
    expect(verdict()).toMatchObject({ reason: 'kept-by-customer', instruction: 'do-not-give' })
    shop.use = () => used
    await shop.pass(4000)
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
  })

  test('kept after bytes may have left: it settles, and is returned if it was redeemed', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => silence
    await shop.scan(1)
    shop.till.keep(numberOf(1), '小王')
    expect(shop.state(1)).toBe('pending')
    expect(shop.till.counter().open).toMatchObject([{ kind: 'releasing' }])
    shop.use = () => used
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('returned')
    expect(shop.sent.at(-1)).toContain('return_request_no')
    expect(audit(1)).toEqual(
      expect.arrayContaining(['released', 'redeemed', 'giving-back', 'returned']),
    )
    expect(shop.till.counter().open).toEqual([])
  })

  test('by itself when its hold ends', async () => {
    open({ offlinePolicy: hold, holdMs: tenMinutes })
    shop.use = () => noLine
    shop.probe = () => noLine
    await shop.scan(1)
    await shop.pass(tenMinutes - 1000)
    expect(shop.state(1)).toBe('pending')
    await shop.pass(2000)
    expect(shop.state(1)).toBe('cancelled')
    expect(rowOf(1).released).toMatchObject({ how: 'hold-ended' })
  })

  test('at the end of the shift', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    shop.till.releaseHeld('小王')
    expect(rowOf(1)).toMatchObject({ state: 'cancelled', released: { how: 'shift-ended' } })
  })

  test('what turns redeemed after its customer left is listed, and given or returned with one key', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    await shop.scan(2)
    shop.till.nextCustomer()
    shop.use = () => used
    await shop.pass(5000)
    expect(shop.till.counter().sound.name).toBe('attention')
    expect(shop.till.counter().open).toMatchObject([
      { kind: 'not-given', redemption: { codeTail: '0001' } },
      { kind: 'not-given', redemption: { codeTail: '0002' } },
    ])
    expect(shop.till.give(numberOf(1), '小王')).toMatchObject({ ok: true })
    expect(verdict()).toMatchObject({ tone: 'green', instruction: 'give', deductFen: 1000 })
    expect(shop.till.give(numberOf(1), '小王')).toEqual({
      ok: false,
      error: { code: 'given-already' },
    })
    expect(shop.till.returnUngiven(numberOf(2), '小王')).toMatchObject({ ok: true })
    await shop.pass(1000)
    expect([shop.state(1), shop.state(2)]).toEqual(['redeemed', 'returned'])
    expect(shop.till.counter().open).toEqual([])
  })

  test('what turned redeemed and is given to nobody goes back when its hold ends', async () => {
    open({ offlinePolicy: hold, holdMs: tenMinutes })
    shop.use = () => noLine
    await shop.scan(1)
    shop.till.nextCustomer()
    shop.use = () => used
    await shop.pass(tenMinutes + 5000)
    expect(shop.state(1)).toBe('returned')
  })

  test('presented again before that, it is the same redemption, and told once', async () => {
    open({ offlinePolicy: hold })
    shop.use = () => noLine
    await shop.scan(1)
    const number = numberOf(1)
    shop.till.nextCustomer()
    await shop.pass(4000)
    shop.use = () => used
    expect(await shop.scan(1)).toMatchObject({ tone: 'green', instruction: 'give' })
    expect(numberOf(1)).toBe(number)
  })

  test('a shop that refuses offline says so, and gives back what was redeemed all the same', async () => {
    open({ offlinePolicy: { ...hold, mode: 'refuse' } })
    shop.use = () => silence
    expect(await shop.scan(1)).toMatchObject({
      tone: 'red',
      reason: 'offline-not-accepted',
      instruction: 'do-not-give',
    })
    shop.use = () => used
    await shop.pass(60_000)
    expect(shop.state(1)).toBe('returned')
  })

  test('an answer after the customer left is not given to nobody', async () => {
    open()
    const late = Promise.withResolvers<typeof used>()
    shop.use = () => late.promise
    void shop.scan(1)
    await shop.pass(1000)
    shop.till.nextCustomer()
    late.resolve(used)
    await shop.pass(1)
    expect(rowOf(1)).toMatchObject({ state: 'redeemed', given: null })
    expect(shop.till.counter()).toMatchObject({ shown: null, open: [{ kind: 'not-given' }] })
  })
})

describe('codes and batches', () => {
  const twoBatches = {
    codeRules: {
      merchantPatterns: [],
      merchantCodes: [
        { pattern: /S\d+/, stockId: 'A1' },
        { pattern: /S\d+/, stockId: 'B2' },
      ],
    },
  }
  const scan = (payload: string, stockId?: string) =>
    shop.till.redeem({ payload, source: 'scanned', ...(stockId && { stockId }) })

  test('a guessed batch refuses no 22-digit coupon', async () => {
    open({ onlyStockId: '12', confirmedClock: () => shop.now, offlinePolicy: hold })
    shop.store.saveStock({ ...tenYuanOff, availableUntil: shop.now - 1 }, shop.now)
    expect(await shop.scan(1)).toMatchObject({ tone: 'green' })
  })

  test('a code that fits two batches asks, and the choice is remembered', async () => {
    open(twoBatches)
    shop.queries.queryStock = (stockId) => Promise.resolve(ok({ ...tenYuanOff, stockId }))
    expect(await scan('S1')).toMatchObject({
      reason: 'stock-not-chosen',
      choices: ['choose-stock'],
      stocks: [{ stockId: 'A1' }, { stockId: 'B2' }],
    })
    const { shown } = shop.till.counter()
    await shop.till.chooseStock(shown?.presentationNo ?? '', 'B2')
    expect(verdict()).toMatchObject({ tone: 'green' })
    expect(shop.sent.at(-1)).toContain('"stock_id":"B2"')
    await scan('S2')
    expect(shop.sent.at(-1)).toContain('"stock_id":"B2"')
  })

  test('recall goes by code and batch', async () => {
    open(twoBatches)
    shop.use = (body) => {
      const [, stock = ''] = /"stock_id":"(\w+)"/.exec(body) ?? []
      return { ...used, ...bodyFor(stock) }
    }
    expect(await scan('S1', 'A1')).toMatchObject({ tone: 'green' })
    await shop.pass(4000)
    expect(await scan('S1', 'B2')).toMatchObject({ tone: 'green' })
    await shop.pass(4000)
    expect(await scan('S1', 'A1')).toMatchObject({ reason: 'redeemed-here-before' })
  })

  test("the merchant's own pattern wins over 22 digits", async () => {
    open({
      codeRules: { merchantPatterns: [], merchantCodes: [{ pattern: /99\d{20}/, stockId: '12' }] },
    })
    await scan(`99${'0'.repeat(20)}`)
    expect(shop.sent.at(-1)).toContain('"stock_id":"12"')
  })
})

function bodyFor(stockId: string) {
  return {
    body: { stock_id: stockId, openid: 'o-1', wechatpay_use_time: '2026-01-05T10:00:00+08:00' },
  }
}
