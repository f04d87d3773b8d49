import type { Page } from '@playwright/test'
import {
  batches,
  codeOf,
  counterOf,
  expectVerdict,
  expectWords,
  inBothLanguages,
  issueCoupons,
  waitForScanEnd,
  changeShopSettings,
  tellingsOf,
  given,
  held,
} from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { hire, signIn } from './staff-steps.ts'

/** Gives the reason, as somebody who may honour by themselves. */
async function askToHonour(page: Page): Promise<void> {
  await page.getByTestId('choice-honour').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
}

test('a supervisor approves the coupon in the dialog, and another scan closes it', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await hire(page, [
    { name: '王芳', role: 'owner', pin: '2580' },
    { name: '李强', role: 'supervisor', pin: '1397' },
    { name: '小陈', role: 'cashier', pin: '8246' },
  ])
  await signIn(page, '王芳', '2580')
  await changeShopSettings(page, () => ({ onlyStockId: batches.twentyOff }))
  await signIn(page, '小陈', '8246')
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3].map(codeOf))
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  await expect(page.getByTestId('verdict-stock')).not.toBeEmpty()
  await keyboard.press('Escape')
  await standIn.control.network({ network: 'cut' })
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, held)

  await page.getByTestId('choice-honour').click()
  const approval = page.getByTestId('reason-dialog')
  await expect(approval).toBeVisible()
  await inBothLanguages(page, async (language) => {
    const subject = approval.getByTestId('coupon-subject')
    await expect(subject).toContainText(codeOf(2).slice(-4))
    await expect(subject).toContainText('满100减20')
    await expect(subject).toContainText(language === 'en' ? 'worth ¥20.00' : '优惠 ¥20.00')
  })
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(3))
  await expect(approval).toHaveCount(0)
  await expect(page.getByTestId('verdict')).toContainText(codeOf(3).slice(-4))
  await expectVerdict(page, held)

  // The coupon shown now is honoured by the person whose PIN it was.
  await page.getByTestId('choice-honour').click()
  await expect(approval.getByTestId('coupon-subject')).toContainText(codeOf(3).slice(-4))
  await approval.getByTestId('person-tile').filter({ hasText: '李强' }).click()
  for (const digit of '1397')
    await approval.getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('button', { name: /^(Agree|同意)$/ }).click()
  await expectVerdict(page, { ...held, instruction: 'give' })
  await expectWords(page, 'verdict-title', { 'zh-CN': '给优惠 减 ¥20.00', en: 'Give ¥20.00 off' })
  // One screen, one instruction: the rule's earlier text is not shown beside it.
  await expect(page.getByTestId('verdict')).not.toContainText(/不给优惠|no discount/i)
  const { shown, others } = await counterOf(page)
  expect(shown?.verdict?.given ?? shown?.verdict?.redemption?.given).toMatchObject({ fen: 2000 })
  expect(others.map(({ verdict }) => verdict?.instruction)).toEqual(['not-yet'])
})

test('what a supervisor honours counts like what the rules honour, and never exceeds the limit', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await changeShopSettings(page, ({ offline }) => ({
    offline: { ...offline, limits: { ...offline.limits, singleFen: 2000, openFen: 3000 } },
  }))
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  await standIn.control.network({ network: 'cut' })
  // Their batch is unknown: each counts as the largest single value.
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, held)
  await askToHonour(page)
  await expectVerdict(page, { ...held, instruction: 'give' })
  await expectWords(page, 'verdict-title', {
    'zh-CN': '给优惠 金额看顾客手机',
    en: 'Give the sum on the phone',
  })
  await keyboard.press('Escape')
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(2))
  await expect(page.getByTestId('verdict')).toContainText(codeOf(2).slice(-4))
  await expectVerdict(page, held)
  // Nobody is asked for a PIN for what cannot be done, and the request itself is refused as well.
  await expect(page.getByTestId('choice-keep')).toBeVisible()
  await expect(page.getByTestId('choice-honour')).toHaveCount(0)
  const words = {
    'zh-CN': '未确认的金额已到上限，先不要给',
    en: 'Too much unsettled: do not give it yet',
  }
  await inBothLanguages(page, async (language) => {
    await expect(page.getByTestId('verdict')).toContainText(words[language])
  })
  const counter = await counterOf(page)
  const useRequestNo = counter.shown?.verdict?.redemption?.useRequestNo ?? ''
  const asked = await page.evaluate(
    (no) => window.till.redemption.honour({ useRequestNo: no, why: '老顾客' }),
    useRequestNo,
  )
  expect(asked).toMatchObject({ value: { ok: false, error: { code: 'over-limit' } } })
  await expectVerdict(page, held)
})

for (const [what, status, code, reason] of [
  ['a signature that is refused', 401, 'SIGN_ERROR', 'signature-rejected'],
  ['a permission that is missing', 403, 'NOAUTH', 'no-permission'],
  ['an appid that is not bound', 400, 'APPID_MCHID_NOT_MATCH', 'appid-not-bound'],
] as const)
  test(`${what} does not count as silence: neither the rules nor a supervisor honour it`, async ({
    standIn,
    till,
    keyboard,
  }) => {
    const { page } = till
    await changeShopSettings(page, ({ offline }) => ({
      offline: { ...offline, mode: 'honour' },
      onlyStockId: batches.twentyOff,
    }))
    await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
    await keyboard.scan(codeOf(1))
    await expectVerdict(page, given)
    await expect(page.getByTestId('verdict-stock')).not.toBeEmpty()
    await standIn.control.addFault({ kind: 'error', status, code, message: code, times: 50 })
    await keyboard.scan(codeOf(2))
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-reason', reason)
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-instruction', 'do-not-give')
    await expect(page.getByTestId('choice-honour')).toHaveCount(0)
    await expect(page.getByTestId('verdict-offline')).toHaveCount(0)
    await expectWords(page, 'verdict-order', {
      'zh-CN': '不要给优惠',
      en: 'Do not give the discount',
    })
    expect((await tellingsOf(page)).map(({ instruction }) => instruction)).not.toContain('give')
  })
