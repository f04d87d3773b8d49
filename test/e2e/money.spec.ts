import { readFileSync } from 'node:fs'
import path from 'node:path'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('what was redeemed, honoured, lost and returned is on the page Today, down to the coupon', async ({
  standIn,
  till,
  keyboard,
  userDataFolder,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [fixed, percent = '', exchange = ''] = await sampleCodes(standIn, 'valid')
  const [used] = await sampleCodes(standIn, 'used')
  await page.evaluate(() => window.till.preferences.set({ language: 'en' }))
  const kind = (name: string) => page.getByTestId(`money-${name}`)

  // 20 yuan off; 12 % off an order of nobody knows how much; an exchange, worth nobody knows what.
  await keyboard.scan(fixed)
  await tillPage.expectVerdict('green', 'redeemed')
  for (const code of [percent, exchange]) {
    await keyboard.scan(code)
    await expect(page.getByTestId('recent-row').first()).toContainText(code.slice(-4))
    await tillPage.expectVerdict('green', 'redeemed')
  }
  await keyboard.press('F12')
  await expect(page.getByTestId('money-total')).toHaveText('¥20.00 and 2 of unknown value given')
  await expect(kind('confirmed')).toContainText('¥20.00 and 2 of unknown value')
  await expect(kind('open')).toContainText('–')

  // The exchange is returned: it is given no more, and still of unknown value.
  await keyboard.press('F3')
  await page.getByTestId('history-row').first().click()
  await page.getByTestId('return-coupon').waitFor()
  await keyboard.press('Delete')
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await expect(page.getByTestId('history-row').first()).toHaveAttribute('data-state', 'returned')
  await keyboard.press('F12')
  await expect(page.getByTestId('money-total')).toHaveText('¥20.00 and 1 of unknown value given')
  await expect(kind('returned')).toContainText('1 of unknown value')

  // Honoured in an outage, and refused when the line is back: open first, and a loss once a person books it.
  await standIn.control.network({ network: 'cut' })
  await keyboard.press('Escape')
  await page.getByTestId('sample').first().waitFor()
  await waitForScanEnd(page)
  await keyboard.scan(used)
  await tillPage.expectVerdict('amber', 'no-connection')
  await page.getByTestId('choice-honour').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await page.getByTestId('choice-honour').waitFor({ state: 'detached' })
  await keyboard.press('F12')
  await expect(kind('open')).toContainText('Coupons: 1')
  await expect(kind('lost')).toContainText('Coupons: 0')
  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await page.getByTestId('review-badge').waitFor()
  await expect(kind('open')).toContainText('Coupons: 1')
  await keyboard.press('F5')
  await page.getByTestId('review-loss').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await page.getByTestId('review-empty').waitFor()
  await keyboard.press('F12')
  await expect(kind('open')).toContainText('Coupons: 0')
  await expect(kind('lost')).toContainText('Coupons: 1')
  await expect(kind('lost')).toContainText('1 of unknown value')
  await expect(page.getByTestId('money-total')).toHaveText('¥20.00 and 2 of unknown value given')

  // No shift was open.
  await page.getByTestId('money-cashiers').getByRole('button').focus()
  await keyboard.press('Return')
  await expect(page.getByTestId('history-row')).toHaveCount(4)
  await expect(page.getByTestId('history-sums')).toHaveText(
    '4 coupons, ¥20.00 and 2 of unknown value given',
  )
  await keyboard.press('F12')
  await kind('lost').focus()
  await keyboard.press('Return')
  await expect(page.getByTestId('history-row')).toHaveCount(1)
  await expect(page.getByTestId('history-row')).toContainText(used.slice(-4))
  await expect(page.getByTestId('history-part')).toContainText('Lost')

  const answer = (file: string) =>
    till.electron.evaluate(({ dialog }, filePath) => {
      Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: false, filePath }))
    }, file)
  const list = path.join(userDataFolder, 'list.csv')
  await answer(list)
  await page.getByTestId('history-csv').click()
  await expect(page.getByTestId('history-saved')).toContainText(list)
  const lines = readFileSync(list, 'utf8').trim().split('\r\n')
  expect(lines.filter((line) => line.includes('Lost'))).toHaveLength(1)
  expect(lines.at(-1)).toMatch(new RegExp(`,${used.slice(-4)},.*,Lost,,1$`))
  expect(lines.join('\n')).not.toContain(used)
})

test('the page is exported as a spreadsheet and printed as other papers are, for days and for one shift', async ({
  standIn,
  till,
  keyboard,
  userDataFolder,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [fixed] = await sampleCodes(standIn, 'valid')
  await page.evaluate(() => window.till.preferences.set({ language: 'en' }))
  await page.evaluate(() => window.till.shift.open({}))
  await keyboard.scan(fixed)
  await tillPage.expectVerdict('green', 'redeemed')
  await keyboard.press('F12')
  await expect(page.getByTestId('money-total')).toHaveText('¥20.00 given')
  // In no shift there was nothing; the one shift has it all.
  const place = page.getByTestId('insights').getByRole('button', { name: /^All Shift|Shift/ })
  await place.click()
  await page.getByRole('option', { name: 'In no shift' }).click()
  await expect(page.getByTestId('money-total')).toHaveText('¥0.00 given')
  await place.click()
  await page.getByRole('option', { name: /running/ }).click()
  await expect(page.getByTestId('money-total')).toHaveText('¥20.00 given')

  const answer = (file: string) =>
    till.electron.evaluate(({ dialog }, filePath) => {
      Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: false, filePath }))
    }, file)
  const csv = path.join(userDataFolder, 'money.csv')
  await answer(csv)
  await page.getByTestId('report-csv').click()
  await expect(page.getByTestId('report-said')).toContainText(csv)
  const text = readFileSync(csv)
  expect([...text.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = text.toString('utf8').split('\r\n')
  expect(lines.some((line) => line.startsWith('Total,20.00,1,0,20.00,1,0,0.00,0,0'))).toBe(true)
  const pdf = path.join(userDataFolder, 'money.pdf')
  await answer(pdf)
  await page.getByTestId('report-pdf').click()
  await expect(page.getByTestId('report-said')).toContainText(pdf)

  // Two dates, typed: a day before which nothing was given.
  await page.getByText('Dates', { exact: true }).click()
  await page.getByRole('textbox', { name: 'To' }).focus()
  for (const key of ['Control_L+a', '2', '0', '2', '0', '0', '1', '0', '1'])
    await keyboard.press(key)
  await expect(page.getByTestId('bad-dates')).toBeVisible()
  await expect(page.getByTestId('money')).toHaveCount(0)
  await page.getByRole('textbox', { name: 'From' }).focus()
  for (const key of ['Control_L+a', '2', '0', '2', '0', '0', '1', '0', '1'])
    await keyboard.press(key)
  await expect(page.getByTestId('bad-dates')).toHaveCount(0)
  await expect(page.getByTestId('money-total')).toHaveText('¥0.00 given')
})
