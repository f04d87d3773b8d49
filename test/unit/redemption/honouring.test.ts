import { describe, expect, test } from 'vitest'
import { hold, honour, numberOf, scriptedShop, shop, verdict } from '../../support/scripted-shop.ts'
import { noLine, refusal, tenYuanOff } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

describe('the offline policy honours silence and nothing else', () => {
  test.each([
    ['PARAM_ERROR', 400],
    ['NOAUTH', 403],
    ['APPID_MCHID_NOT_MATCH', 400],
    ['SIGN_ERROR', 401],
    ['RULELIMIT', 403],
    ['NEVER_SEEN', 400],
  ])('%s does not count as silence', async (code, status) => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => refusal(code, status)
    const told = await shop.scan(1)
    expect(told.instruction).toBe('do-not-give')
    expect(told.offline).toBeNull()
    expect(shop.rowOf(1)).toMatchObject({ honoured: false, given: null })
    shop.faults.splice(0)
  })

  test('a coupon honoured because of silence is priced that way, whatever was replied since', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.till.nextCustomer()
    shop.use = () => noLine
    expect(await shop.scan(1)).toMatchObject({ instruction: 'give', reason: 'no-connection' })
    shop.use = () => refusal('SIGN_ERROR', 401)
    await shop.pass(5000)
    expect(shop.rowOf(1).reason).toBe('signature-rejected')
    shop.till.setTotal(6000)
    expect(verdict()).toMatchObject({
      instruction: 'give',
      reason: 'no-connection',
      payable: { payFen: 5000 },
    })
  })

  test('a supervisor cannot honour a coupon during a settings fault either', async () => {
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

  test('is the same whether a supervisor or the policy honours the coupon', async () => {
    open({ offlinePolicy: hold, onlyStockId: '12' })
    shop.store.stocks.save(percent, shop.now)
    shop.use = () => noLine
    await shop.scan(1, { totalFen: 9000 })
    expect(shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, '小王')).toMatchObject({
      ok: true,
    })
    expect(shop.rowOf(1)).toMatchObject({
      honoured: true,
      honouredValueFen: 1800,
      given: { fen: 1800 },
    })
    expect(verdict()).toMatchObject({ tone: 'amber', instruction: 'give', deductFen: 1800 })
    expect(shop.store.open.honoured(0)).toMatchObject({ fen: 1800 })
  })

  test('counts as the largest single value where it is unknown, and the stored sum does not change', async () => {
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
    expect(shop.rowOf(2).honoured).toBe(false)
  })
})

describe('a verified 200 that cannot be written', () => {
  test('is shown green with a warning that it is not recorded, and is written later', async () => {
    open()
    const { redemptions } = shop.store
    const update = redemptions.update.bind(redemptions)
    redemptions.update = () => ({
      ok: false,
      error: { code: 'not-saved-disk-full', cause: new Error('disk full') },
    })
    expect(await shop.scan(1)).toMatchObject({
      tone: 'green',
      instruction: 'give',
      isUnrecorded: true,
    })
    await shop.pass(4000)
    expect(await shop.scan(1)).toMatchObject({ instruction: 'do-not-give' })
    expect(shop.sent).toHaveLength(1)
    redemptions.update = update
    await shop.pass(6000)
    expect(shop.rowOf(1)).toMatchObject({ state: 'redeemed', given: { fen: 1000 } })
    shop.faults.splice(0)
  })

  test('a coupon that the policy would honour is not given when that cannot be written', async () => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.use = () => noLine
    shop.store.redemptions.update = () => ({
      ok: false,
      error: { code: 'not-saved-disk-full', cause: new Error('disk full') },
    })
    expect(await shop.scan(1)).toMatchObject({ instruction: 'not-yet', isUnrecorded: true })
    shop.faults.splice(0)
  })
})

describe('what a supervisor could not honour either is not offered', () => {
  test('where as many as the shop allows are honoured and not settled', async () => {
    const few = { ...hold, limits: { ...hold.limits, open: 1 } }
    open({ offlinePolicy: few })
    shop.use = () => noLine
    expect((await shop.scan(1)).choices).toContain('honour')
    expect(shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, null).ok).toBe(true)
    expect(await shop.scan(2)).toMatchObject({
      choices: ['wait', 'keep'],
      offline: { mode: 'hold', limit: 'open-count' },
    })
  })

  test('where their sum leaves no room for its value', async () => {
    const little = { ...hold, limits: { ...hold.limits, openFen: 1500 } }
    open({ offlinePolicy: little, onlyStockId: '12' })
    shop.use = () => noLine
    expect((await shop.scan(1)).choices).toContain('honour')
    expect(shop.till.honour(numberOf(1), { by: '店长', why: '老顾客' }, null).ok).toBe(true)
    expect(await shop.scan(2)).toMatchObject({
      choices: ['wait', 'keep'],
      offline: { mode: 'hold', limit: 'open-value' },
    })
  })
})

describe("the shop's only batch", () => {
  const dayMs = 86_400_000
  const other = { ...tenYuanOff, stockId: '13', discountFen: 100, couponCodeMode: 'WECHATPAY_MODE' }

  test.each([
    ['another batch is known that may be used now', other, null],
    ['a batch that is over', { ...other, availableUntil: Date.UTC(2020, 0) }, '12'],
    ["a batch of the merchant's own codes", { ...other, couponCodeMode: 'MERCHANT_API' }, '12'],
  ])('is not taken for a coupon’s where it is not alone: %s', async (_name, known, taken) => {
    open({ offlinePolicy: honour, onlyStockId: '12' })
    await shop.scan(9)
    shop.till.nextCustomer()
    shop.store.stocks.save(known, shop.now - dayMs)
    shop.use = () => noLine
    const told = await shop.scan(1)
    expect(shop.rowOf(1).stockId).toBe(taken)
    expect(told.instruction).toBe(taken === null ? 'not-yet' : 'give')
  })
})
