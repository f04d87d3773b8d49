import type { Page } from '@playwright/test'
import type { KeyStroke } from '../../renderer/scanner/key-stroke.ts'
import { stroke } from '../bench/corpus/strokes.ts'
import {
  newBatch,
  batches,
  codeOf,
  counterOf,
  expectVerdict,
  expectWords,
  issueCoupons,
  waitForScanEnd,
  changeShopSettings,
  given,
} from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import type { XKeyboard } from '../support/x-keyboard.ts'

async function typeTotal(page: Page, keyboard: XKeyboard, yuan: string): Promise<void> {
  await keyboard.press('ctrl+t')
  await page.getByTestId('total-dialog').waitFor()
  await waitForScanEnd(page)
  await keyboard.type(yuan)
  await expect(page.getByTestId('total-dialog')).toHaveCount(0)
  await waitForScanEnd(page)
}

/** A person's keys, each held for a while, without Enter. */
function typed(digits: string, everyMs = 170, holdMs = 80): KeyStroke[] {
  return Array.from(digits).flatMap((key, at) =>
    pressed(key === '.' ? 'Period' : `Digit${key}`, at * everyMs, holdMs, key),
  )
}

function pressed(code: string, at: number, holdMs: number, key = code): KeyStroke[] {
  return [stroke('keydown', at, code, key), stroke('keyup', at + holdMs, code, key)]
}

test('a total that is no amount is not taken, and the dialog says what to do', async ({
  till,
  keyboard,
}) => {
  const { page } = till
  await keyboard.press('ctrl+t')
  await page.getByTestId('total-dialog').waitFor()
  await waitForScanEnd(page)
  await typeAsPerson(page, '1.234')
  await expectWords(page, 'total-wrong', {
    'zh-CN': '这不是金额：只填数字，最多两位小数，例如 128.5',
    en: 'Not an amount: digits, with at most two decimals, such as 128.5',
  })
  await waitForScanEnd(page)
  await keyboard.press('Return')
  await expect(page.getByTestId('total-dialog')).toBeVisible()
})

test('digits typed on the till screen are the total, with six keys', async ({ till, keyboard }) => {
  const { page } = till
  const totalOf = async () => (await counterOf(page)).order?.totalFen ?? null
  await waitForScanEnd(page)
  await keyboard.play([...typed('128.5'), ...pressed('Enter', 5 * 170, 80)])
  await expect.poll(totalOf).toBe(12_850)
  await expect(page.getByTestId('total-dialog')).toHaveCount(0)
  // Faster than one key opens the field, and one digit alone.
  await waitForScanEnd(page)
  await keyboard.play([...typed('12', 90, 60), ...pressed('Enter', 2 * 90, 60)])
  await expect.poll(totalOf).toBe(1200)
  await waitForScanEnd(page)
  await keyboard.play(typed('7'))
  await page.getByTestId('total-dialog').waitFor()
  await keyboard.press('Escape')
  await expect(page.getByTestId('total-dialog')).toHaveCount(0)
  expect(await totalOf()).toBe(1200)
  // A scan is none, and a digit that may be its own is dropped.
  await keyboard.scan(codeOf(9))
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-reason', /./)
  expect(await totalOf()).toBe(1200)
})

test("an order's total prices every coupon of the order, before or after its scan, and ends with it", async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3].map(codeOf))
  await typeTotal(page, keyboard, '128')
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  await expectWords(page, 'verdict-payable', {
    'zh-CN': '应收 ¥108.00（¥128.00 减 ¥20.00）',
    en: 'To pay ¥108.00 (¥128.00 less ¥20.00)',
  })
  // Priced on what is left, without typing.
  await keyboard.scan(codeOf(2))
  await expect(page.getByTestId('verdict')).toContainText(codeOf(2).slice(-4))
  await expectVerdict(page, given)
  await expectWords(page, 'verdict-payable', {
    'zh-CN': '应收 ¥88.00（¥108.00 减 ¥20.00）',
    en: 'To pay ¥88.00 (¥108.00 less ¥20.00)',
  })
  await expectWords(page, 'order', {
    'zh-CN': '订单 ¥128.00 · 已减 ¥40.00 · 剩 ¥88.00 · 本单第 2 张券',
    en: 'Total ¥128.00 · ¥40.00 off · ¥88.00 left · coupon 2 of this order',
  })
  // "Next customer" drops the total.
  await keyboard.press('Escape')
  await expect(page.getByTestId('order')).toHaveCount(0)
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(3))
  await expectVerdict(page, given)
  await expect(page.getByTestId('verdict-payable')).toHaveCount(0)
  await expectWords(page, 'verdict-title', { 'zh-CN': '给优惠 减 ¥20.00', en: 'Give ¥20.00 off' })
  await typeTotal(page, keyboard, '150')
  await expectWords(page, 'verdict-payable', {
    'zh-CN': '应收 ¥130.00（¥150.00 减 ¥20.00）',
    en: 'To pay ¥130.00 (¥150.00 less ¥20.00)',
  })
})

test('neither a refused scan, nor a foreign one, nor a scan over the half-typed amount loses the total', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1)])
  await keyboard.press('ctrl+t')
  await page.getByTestId('total-dialog').waitFor()
  await waitForScanEnd(page)
  await keyboard.play(typed('128'))
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(9))
  await expectVerdict(page, { tone: 'red', reason: 'coupon-unknown', instruction: 'do-not-give' })
  await expect(page.getByTestId('total')).toContainText('128')
  await waitForScanEnd(page)
  await keyboard.scan('6901234567892')
  await expectVerdict(page, { tone: 'red', reason: 'product-barcode', instruction: 'do-not-give' })
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  await expect(page.getByTestId('verdict-payable')).toContainText('108.00')
})

test('a total below the threshold is refused before sending where the batch is certain', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const own = newBatch({
    stockId: '1200000000000777',
    name: '会员满100减20',
    codeMode: 'MERCHANT_UPLOAD',
    discountFen: 2000,
    thresholdFen: 10_000,
  })
  await issueCoupons(standIn, own.stockId, ['VIP0001'], [own])
  await changeShopSettings(page, () => ({
    merchantCodes: [{ template: 'VIP####', stockId: own.stockId }],
  }))
  await typeTotal(page, keyboard, '80')
  await expect
    .poll(async () => {
      const names = await page.evaluate(() => window.till.history.names({}))
      return names.ok && names.value.stocks.map(({ name }) => name)
    })
    .toContain(own.name)
  await keyboard.scan('VIP0001')
  await expectVerdict(page, { tone: 'red', reason: 'below-threshold', instruction: 'do-not-give' })
  await expectWords(page, 'verdict-title', { 'zh-CN': '金额未达门槛', en: 'Order is too small' })
  await expectWords(page, 'verdict-short', { 'zh-CN': '还差 ¥20.00', en: '¥20.00 short' })
  expect((await standIn.control.ledger({})).effects).toEqual([])
  await typeTotal(page, keyboard, '120')
  await keyboard.scan('VIP0001')
  await expectVerdict(page, given)
  await expect(page.getByTestId('verdict-payable')).toContainText('100.00')
})

test('a threshold that becomes known after redeeming takes "give" back, and one key returns the coupon', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1)])
  await typeTotal(page, keyboard, '80')
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, {
    tone: 'amber',
    reason: 'redeemed-below-threshold',
    instruction: 'do-not-give',
  })
  await expectWords(page, 'verdict-title', {
    'zh-CN': '金额未达门槛',
    en: 'Order below threshold',
  })
  await expectWords(page, 'verdict-short', { 'zh-CN': '还差 ¥20.00', en: '¥20.00 short' })
  await expectWords(page, 'choice-return', { 'zh-CN': /^退还给顾客/, en: /^Return/ })
  await keyboard.press('Delete')
  await expectVerdict(page, { tone: 'amber', reason: 'returned-here', instruction: 'do-not-give' })
  const { effects } = await standIn.control.ledger({})
  expect(effects.map(({ kind }) => kind)).toEqual(['use', 'return'])
})

test('where other coupons cover the whole order, one more is kept for another time', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const own = newBatch({
    stockId: '1200000000000779',
    name: '会员立减50',
    codeMode: 'MERCHANT_UPLOAD',
    discountFen: 5000,
  })
  await issueCoupons(standIn, own.stockId, ['VIP0001', 'VIP0002'], [own])
  await changeShopSettings(page, () => ({
    merchantCodes: [{ template: 'VIP####', stockId: own.stockId }],
  }))
  await typeTotal(page, keyboard, '30')
  await keyboard.scan('VIP0001')
  await expectVerdict(page, given)
  await keyboard.scan('VIP0002')
  const nothing = 'nothing-left-to-pay'
  await expectVerdict(page, { tone: 'red', reason: nothing, instruction: 'do-not-give' })
  await expectWords(page, 'verdict-title', { 'zh-CN': '这单已经减完', en: 'Nothing left to pay' })
  const { effects } = await standIn.control.ledger({})
  expect(effects.map(({ code }) => code)).toEqual(['VIP0001'])
})

test('for an exchange coupon the till names the goods and their price, computes no sum, and checks the threshold', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const dear = newBatch({
    stockId: '1200000000000778',
    name: '满50换购豆浆',
    kind: 'EXCHANGE',
    goodsName: '热豆浆',
    exchangePriceFen: 100,
    thresholdFen: 5000,
  })
  await issueCoupons(standIn, batches.soyMilk, [codeOf(1)])
  await issueCoupons(standIn, dear.stockId, [codeOf(2)], [dear])
  await typeTotal(page, keyboard, '30')
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  await expectWords(page, 'verdict-title', {
    'zh-CN': /^给优惠 (?=.*热豆浆一杯)(?=.*¥1\.00)/,
    en: 'Give 热豆浆一杯 for ¥1.00',
  })
  await expect(page.getByTestId('verdict-payable')).toHaveCount(0)
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, {
    tone: 'amber',
    reason: 'redeemed-below-threshold',
    instruction: 'do-not-give',
  })
  await expectWords(page, 'verdict-short', { 'zh-CN': '还差 ¥20.00', en: '¥20.00 short' })
})
