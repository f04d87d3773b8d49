import { waitAfterFocus, waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
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
  await waitAfterFocus(till.page)
  await keyboard.scan(code)
  await page.expectVerdict('green', 'redeemed')
  await expect(till.page.getByRole('dialog')).toBeHidden()
  const snapshot = await till.page.evaluate(() => window.till.app.snapshot({}))
  expect(snapshot.ok && snapshot.value.recent[0]).toMatchObject({ source: 'scanned' })
})

test('a code typed incompletely stays in the dialog, with its length, and is completed', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.press('F2')
  await page.getByRole('dialog').waitFor()
  await typeAsPerson(page, code.slice(0, 20))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('manual-fault')).toContainText(/20.*22/)
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveText(code.slice(0, 20))
  await typeAsPerson(page, code.slice(20))
  await page.keyboard.press('Enter')
  await new TillPage(page).expectVerdict('green', 'redeemed')
})

test('in the small window the next customer is one touch away; Help scrolls by its keys', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.press('F11')
  await page.getByTestId('compact').waitFor()
  await waitForScanEnd(page)
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await expect(page.getByTestId('next-customer')).toBeInViewport({ ratio: 1 })
  await page.getByTestId('next-customer').click()
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-reason', 'idle')
  await keyboard.press('F11')
  await page.getByTestId('compact').waitFor({ state: 'detached' })
  await keyboard.press('F1')
  await page.getByTestId('help').waitFor()
  const scrolled = () => page.getByTestId('screen-help').evaluate(({ scrollTop }) => scrollTop)
  await keyboard.press('Next')
  await expect.poll(scrolled).toBeGreaterThan(100)
  await keyboard.press('End')
  await expect(page.getByRole('row').last()).toBeInViewport()
  await keyboard.press('Home')
  await expect.poll(scrolled).toBe(0)
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
