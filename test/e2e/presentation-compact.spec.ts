import {
  batches,
  codeOf,
  expectVerdict,
  expectWords,
  inBothLanguages,
  issueCoupons,
  waitForScanEnd,
  changeShopSettings,
  given,
  held,
} from '../support/counter-steps.ts'
import { expect, test } from '../support/pos-test.ts'

test('the small window shows total, sum to pay, threshold and every choice', async ({
  standIn,
  till,
  keyboard,
  openPos,
}) => {
  const { page } = till
  await changeShopSettings(page, () => ({ onlyStockId: batches.twentyOff }))
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3, 4].map(codeOf))
  await keyboard.press('F11')
  await expect(page.getByTestId('compact')).toBeVisible()
  await waitForScanEnd(page)
  await keyboard.press('ctrl+t')
  await page.getByTestId('total-dialog').waitFor()
  await waitForScanEnd(page)
  await keyboard.type('128')
  await expect(page.getByTestId('total')).toContainText('128.00')
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  await expectWords(page, 'verdict-title', { 'zh-CN': '给优惠 减 ¥20.00', en: 'Give ¥20.00 off' })
  await expectWords(page, 'verdict-payable', {
    'zh-CN': '应收 ¥108.00（¥128.00 减 ¥20.00）',
    en: 'To pay ¥108.00 (¥128.00 less ¥20.00)',
  })
  await expectWords(page, 'order', {
    'zh-CN': '订单 ¥128.00 · 已减 ¥20.00 · 剩 ¥108.00',
    en: 'Total ¥128.00 · ¥20.00 off · ¥108.00 left',
  })
  await expect(page.getByTestId('verdict')).toContainText(codeOf(1).slice(-4))

  // A total that turns out too small takes "give" back, and one key returns the coupon.
  await keyboard.press('Escape')
  await keyboard.press('ctrl+t')
  await page.getByTestId('total-dialog').waitFor()
  await waitForScanEnd(page)
  await keyboard.type('80')
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, {
    tone: 'amber',
    reason: 'redeemed-below-threshold',
    instruction: 'do-not-give',
  })
  await expectWords(page, 'verdict-short', { 'zh-CN': '还差 ¥20.00', en: '¥20.00 short' })
  await expect(page.getByTestId('choice-return')).toBeInViewport({ ratio: 1 })
  await keyboard.press('Delete')
  await expectVerdict(page, { tone: 'amber', reason: 'returned-here', instruction: 'do-not-give' })

  // No reply: wait, let the customer keep the coupon, or honour it.
  await keyboard.press('Escape')
  await standIn.control.network({ network: 'cut' })
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(3))
  await expectVerdict(page, held)
  await inBothLanguages(page, async () => {
    for (const choice of ['wait', 'keep', 'honour'])
      await expect(page.getByTestId(`choice-${choice}`)).toBeInViewport({ ratio: 1 })
  })
  await waitForScanEnd(page)
  await keyboard.press('Insert')
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await expectVerdict(page, { ...held, instruction: 'give' })
  await expectWords(page, 'verdict-title', { 'zh-CN': '给优惠 减 ¥20.00', en: 'Give ¥20.00 off' })

  // The next customer keeps the coupon; the customer who still waits is counted.
  await keyboard.press('Escape')
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(4))
  await expect(page.getByTestId('verdict')).toContainText(codeOf(4).slice(-4))
  await expectVerdict(page, held)
  await expect(page.getByTestId('open-count')).toHaveAttribute('data-count', '1')
  await waitForScanEnd(page)
  await keyboard.press('Delete')
  await expectVerdict(page, {
    tone: 'amber',
    reason: 'kept-by-customer',
    instruction: 'do-not-give',
  })
  await expect(page.getByTestId('open-count')).toHaveCount(0)
  // The verdict ages here too, as it does when the cashier goes to another program.
  await openPos()
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-aged', 'true')
  await expect(page.getByTestId('verdict-last')).toContainText(codeOf(4).slice(-4))
})

test('in the small window a coupon redeemed without a discount is given or returned', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  await keyboard.press('F11')
  await expect(page.getByTestId('compact')).toBeVisible()
  await standIn.control.network({ network: 'cut' })
  for (const number of [1, 2]) {
    await waitForScanEnd(page)
    await keyboard.scan(codeOf(number))
    await expect(page.getByTestId('verdict')).toContainText(codeOf(number).slice(-4))
    await expectVerdict(page, held)
    await keyboard.press('Escape')
  }
  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await expect(page.locator('[data-testid="open-coupon"][data-kind="not-given"]')).toHaveCount(2)
  await waitForScanEnd(page)
  await keyboard.press('Insert')
  await expectVerdict(page, given)
  await keyboard.press('Escape')
  await keyboard.press('Delete')
  await expect(page.getByTestId('open-coupon')).toHaveCount(0)
  await expect
    .poll(async () => (await standIn.control.ledger({})).effects.map(({ kind }) => kind))
    .toEqual(['use', 'use', 'return'])
})
