import {
  changeShopSettings,
  expectVerdict,
  expectWords,
  waitForScanEnd,
} from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a shop that refuses coupons offline records nothing and shows why', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-offline').click()
  await page.getByRole('radio', { name: /^(Refuse|不收)/ }).check({ force: true })
  // What is not saved is asked about.
  await page.getByTestId('go-history').click()
  await page.getByTestId('leave-question').waitFor()
  // The main button, which is to stay.
  await keyboard.press('Return')
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-state', 'changed')
  await page.getByTestId('save').click()
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-state', 'saved')

  await keyboard.press('Escape')
  await standIn.control.network({ network: 'cut' })
  const [first, second = ''] = await sampleCodes(standIn, 'valid')
  await waitForScanEnd(page)
  // The first scan finds out that the line is cut.
  await keyboard.scan(first)
  await new TillPage(page).expectConnection('offline')
  await keyboard.scan(second)
  await new TillPage(page).expectVerdict('red', 'offline-not-accepted')
  await expect(page.getByTestId('recent-row')).toHaveCount(1)
})

test('beyond the offline limits no discount is given, and the reason is shown', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const [first, second = ''] = await sampleCodes(standIn, 'valid')
  // The value of each batch must be known before the line is cut.
  await keyboard.scan(first)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await expect(page.getByTestId('verdict-stock')).not.toBeEmpty()
  const settings = await page.evaluate(() => window.till.settings.read({}))
  if (!settings.ok) throw new Error(settings.error.code)
  const { offline } = settings.value
  const limits = { ...offline.limits, open: 0 }
  await page.evaluate((next) => window.till.settings.save(next), {
    ...settings.value,
    offline: { ...offline, mode: 'honour' as const, limits },
  })
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(second)
  await expectVerdict(page, {
    tone: 'amber',
    reason: 'no-connection',
    instruction: 'not-yet',
  })
  await expect(page.getByTestId('verdict-offline')).not.toBeEmpty()
})

test('a coupon scanned while settings are saved is redeemed under the new ones', async ({
  standIn,
  till,
}) => {
  const { page } = till
  const codes = await sampleCodes(standIn, 'valid')
  for (const code of codes) {
    const redeemed = await page.evaluate(async (scanned) => {
      const settings = await window.till.settings.read({})
      if (!settings.ok) throw new Error(settings.error.code)
      const saving = window.till.settings.save(settings.value)
      const [saved, reply] = [
        saving,
        window.till.counter.redeem({ payload: scanned, source: 'scanned' }),
      ]
      return [await saved, await reply]
    }, code)
    expect(redeemed).toMatchObject([{ ok: true }, { ok: true, value: { tone: 'green' } }])
  }
})

test('a total below the threshold is refused; above it the sum to pay is shown', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const samples = await standIn.control.samples({})
  const [first, second] = samples.filter(
    ({ kind, stock }) => kind === 'valid' && stock?.thresholdFen,
  )
  if (!first || !second) throw new Error('no samples with a threshold')
  await keyboard.scan(first.code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await keyboard.press('Escape')
  await page.getByTestId('total').click()
  await waitForScanEnd(page)
  await keyboard.type('128')
  await expect(page.getByTestId('total')).toContainText('128')
  await keyboard.scan(second.code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await expect(page.getByTestId('verdict-payable')).toContainText('128')
  // The total belongs to the order, and the order ends with its customer.
  await expect(page.getByTestId('total')).toContainText('128')
  await keyboard.press('Escape')
  await expect(page.getByTestId('total')).not.toContainText('128')
})

test('the owner sees which batch cannot be honoured, and enters what it is worth', async ({
  till,
}) => {
  const { page } = till
  await changeShopSettings(page, ({ offline }) => ({
    onlyStockId: '999',
    offline: { ...offline, mode: 'honour' },
  }))
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-offline').click()
  const batch = page.getByTestId('known-worth')
  await expect(batch).toHaveAttribute('data-standing', 'unknown')
  await batch.getByRole('textbox').nth(0).focus()
  await typeAsPerson(page, '100')
  await batch.getByRole('textbox').nth(1).focus()
  await typeAsPerson(page, '20.5')
  await expect(batch).toHaveAttribute('data-standing', 'entered')
  await page
    .getByTestId('offline-settings')
    .getByRole('button', { name: /^(Save|保存)$/ })
    .click()
  await expect
    .poll(async () => {
      const read = await page.evaluate(() => window.till.settings.read({}))
      return read.ok ? read.value.stockTerms : null
    })
    .toEqual({ 999: { discountFen: 2050, thresholdFen: 10_000 } })
})

test('colours and text size are kept over a restart', async ({ till, launch, keyboard }) => {
  await keyboard.press('F10')
  await till.page.getByTestId('tab-appearance').click()
  await till.page.getByRole('radio', { name: /^(Dark|深色)$/ }).click({ force: true })
  await till.page.getByRole('radio', { name: '150%' }).click({ force: true })
  await expect(till.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await till.close()
  const again = await launch()
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const size = await again.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
  expect(size).toBe('24px')
})

test("templates that match more than their own batch's codes show a warning", async ({ till }) => {
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-codes').click()
  const fields = page.getByTestId('codes-settings').getByRole('textbox')
  const type = async (nth: number, text: string) => {
    await fields.nth(nth).focus()
    await typeAsPerson(page, text)
  }
  await page.getByTestId('add-code').click()
  await type(1, 'VIP####')
  await type(2, '111')
  await expect(page.getByTestId('code-warning')).toHaveCount(0)
  await page.getByTestId('add-code').click()
  await type(3, '@@@##??')
  await type(4, '222')
  await expectWords(page, 'code-warning', {
    'zh-CN': /批次却不同：扫到时收银台会问是哪一批/,
    en: /with another batch: the till will ask which batch it is/,
  })
  await expect(page.locator('[data-warning="other-batch"]')).toHaveCount(2)
  await fields.nth(3).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await typeAsPerson(page, `99${'#'.repeat(20)}`)
  await expectWords(page, 'code-warning', {
    'zh-CN': /微信支付发的 22 位券码也可能符合这个样式/,
    en: /WeChat Pay's own 22-digit codes can have this shape too/,
  })
})

test('Help and About say whom to call, and what they will ask for', async ({ till, keyboard }) => {
  const { page } = till
  await keyboard.press('F1')
  await page.getByTestId('help').waitFor()
  await expect(page.getByTestId('help-contact')).toHaveCount(0)
  await changeShopSettings(page, () => ({ supportContact: '小王 138 0000 0000' }))
  await keyboard.press('Escape')
  await keyboard.press('F1')
  await expectWords(page, 'help-contact', {
    'zh-CN': '还是不行？找 小王 138 0000 0000',
    en: 'Still stuck? Call 小王 138 0000 0000',
  })
  await keyboard.press('F10')
  await page.getByTestId('tab-about').click()
  await expect(page.getByTestId('about-support')).toHaveText('小王 138 0000 0000')
  await expect(page.getByTestId('about-merchant')).toHaveText('1900000109')
  await expect(page.getByTestId('about-till')).toHaveText('TRAIN')
  await expect(page.getByTestId('about-data')).not.toBeEmpty()
})
