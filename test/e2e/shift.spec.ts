import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a shift counts its redemptions and hands open ones to a person by name', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [code, other = ''] = await sampleCodes(standIn, 'valid')
  await keyboard.press('F7')
  await page.getByTestId('open-shift').click()
  await expect(page.getByTestId('close-shift')).toBeVisible()
  await keyboard.press('Escape')
  // A scan right after a person's key is rejected: it could be the rest of what was typed.
  await page.waitForTimeout(1100)
  await keyboard.scan(code)
  await tillPage.expectVerdict('green', 'redeemed')
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(other)
  await tillPage.expectWaiting(1)

  await keyboard.press('F7')
  const report = page.getByTestId('report').first()
  await expect(report.getByTestId('report-total')).toContainText('1')
  await page.getByTestId('close-shift').click()
  await expect(page.getByTestId('still-open')).toContainText('1')
  await expect(page.getByTestId('close-shift-now')).toBeDisabled()
  await page.getByTestId('hand-to').fill('李强')
  await page.getByTestId('close-shift-now').click()
  await expect(page.getByTestId('handed-on')).toContainText('李强')
  await page.getByTestId('acknowledge-shift').click()
  await expect(page.getByTestId('open-shift')).toBeVisible()
})

test('its report is exported as a spreadsheet that Excel reads, and as a PDF of each paper size', async ({
  till,
  keyboard,
  userDataFolder,
}) => {
  const { page } = till
  await keyboard.press('F7')
  await page.getByTestId('open-shift').click()
  await page.getByTestId('report').first().waitFor()

  const answer = (file: string) =>
    till.electron.evaluate(({ dialog }, filePath) => {
      Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: false, filePath }))
    }, file)
  const csv = path.join(userDataFolder, 'report.csv')
  await answer(csv)
  await page.getByTestId('report-csv').click()
  await expect(page.getByTestId('report-said')).toContainText(csv)
  const text = readFileSync(csv)
  expect([...text.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(text.toString('utf8')).toMatch(/\r\n/)
  // Composed by the main process, in the language of the till.
  expect(text.toString('utf8')).toMatch(/核销|Redeemed/)

  const pdf = path.join(userDataFolder, 'report.pdf')
  await answer(pdf)
  await page.getByTestId('report-pdf').click()
  await expect(page.getByTestId('report-said')).toContainText(pdf)
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  // An empty page has some hundred bytes.
  expect(statSync(pdf).size).toBeGreaterThan(5000)
  // The page cannot have its own words written as a report.
  const forged = { shiftId: 1, file: { kind: 'csv', rows: [['not what happened']] } } as const
  expect(await page.evaluate((order) => window.till.report.save(order), forged)).toEqual({
    ok: false,
    error: { code: 'bad-request' },
  })
  const unknown = { shiftId: 99, file: { kind: 'csv' } } as const
  expect(await page.evaluate((order) => window.till.report.save(order), unknown)).toEqual({
    ok: true,
    value: null,
  })
})
