import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a code typed with the keyboard alone is redeemed', async ({ standIn, till, keyboard }) => {
  const page = new TillPage(till.page)
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.press('F2')
  await expect(till.page.getByRole('dialog')).toBeVisible()
  await keyboard.type(code)
  await page.expectVerdict('green', 'redeemed')
  await expect(till.page.getByRole('dialog')).toBeHidden()

  const snapshot = await till.page.evaluate(() => window.till.app.snapshot({}))
  expect(snapshot.ok && snapshot.value.recent[0]).toMatchObject({ source: 'typed' })
})

test('a scan while the dialog is open goes to the till, complete', async ({
  standIn,
  till,
  keyboard,
}) => {
  const page = new TillPage(till.page)
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.press('F2')
  await expect(till.page.getByRole('textbox')).toBeFocused()
  // A scan within a tenth of a second of a change of focus may have lost its beginning, and is rejected for that.
  await till.page.waitForTimeout(300)
  await keyboard.scan(code)
  await page.expectVerdict('green', 'redeemed')
  await expect(till.page.getByRole('dialog')).toBeHidden()
  const snapshot = await till.page.evaluate(() => window.till.app.snapshot({}))
  expect(snapshot.ok && snapshot.value.recent[0]).toMatchObject({ source: 'scanned' })
})

test('Escape closes the dialog and redeems nothing', async ({ standIn, till, keyboard }) => {
  await keyboard.press('F2')
  await expect(till.page.getByRole('dialog')).toBeVisible()
  await keyboard.press('1', '2', 'Escape')
  await expect(till.page.getByRole('dialog')).toBeHidden()
  expect((await standIn.control.ledger({})).effects).toEqual([])
})

test('F6 changes the language of page and window title, and it is remembered over a restart', async ({
  launch,
  keyboard,
}) => {
  const first = await launch()
  const wasEnglish = (await first.page.locator('html').getAttribute('lang')) === 'en'
  const [other, title] = wasEnglish ? ['zh-CN', '核销收银台'] : ['en', 'Hexiao Till']
  await keyboard.press('F6')
  await expect(first.page.locator('html')).toHaveAttribute('lang', other)
  await expect(first.page.getByRole('heading', { level: 1 })).toHaveText(title)
  await first.close()
  const second = await launch()
  await expect(second.page.locator('html')).toHaveAttribute('lang', other)
  const windowTitle = await second.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getTitle(),
  )
  expect(windowTitle).toContain(title)
})
