import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { restInPage } from '../support/rest-in-page.ts'
import { pagesOf } from '../support/paper-press.ts'
import { hire, honourLast, signIn } from './staff-steps.ts'
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
  await waitForScanEnd(page)
  await keyboard.scan(code)
  await tillPage.expectVerdict('green', 'redeemed')
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(other)
  await tillPage.expectWaiting(1)
  await honourLast(page)

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
  expect(text.toString('utf8')).toMatch(/培训|TRAINING/)

  for (const [paper, label, width] of [
    ['A4', 'A4', 210],
    ['80mm', '80 mm', 80],
    ['58mm', '58 mm', 58],
  ] as const) {
    await page.evaluate((paperSize) => window.till.preferences.set({ paperSize }), paper)
    await expect(page.getByTestId('shift').getByRole('button', { name: label })).toBeVisible()
    const pdf = path.join(userDataFolder, `report-${paper}.pdf`)
    await answer(pdf)
    await page.getByTestId('report-pdf').click()
    await expect(page.getByTestId('report-said')).toContainText(pdf)
    const pages = pagesOf(readFileSync(pdf))
    expect(pages).toHaveLength(1)
    expect(Math.abs((pages[0]?.width ?? 0) - width)).toBeLessThan(1)
    // An empty page has some hundred bytes.
    expect(statSync(pdf).size).toBeGreaterThan(5000)
  }
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

test('a closed report stays as it was, and says below what changed since', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [code] = await sampleCodes(standIn, 'valid')
  await page.evaluate(() => window.till.shift.open({}))
  await keyboard.scan(code)
  await tillPage.expectVerdict('green', 'redeemed')
  await page.evaluate(() => window.till.shift.close({ handTo: null, note: '' }))
  await keyboard.press('F7')
  await page.getByTestId('past-shift').click()
  const report = page.getByTestId('report')
  await expect(report.getByTestId('report-section-since')).toContainText(
    /没有变化|Nothing has changed/,
  )
  const total = await report.getByTestId('report-total').textContent()
  const returned = await page.evaluate(async () => {
    const snapshot = await window.till.app.snapshot({})
    const [entry] = snapshot.ok ? snapshot.value.recent : []
    return window.till.redemption.return({
      useRequestNo: entry?.useRequestNo ?? '',
      why: '顾客取消订单',
      stockId: null,
    })
  })
  expect(returned).toMatchObject({ ok: true, value: { ok: true } })
  const since = report.getByTestId('report-section-since')
  await expect(since).toContainText(code.slice(-4))
  await expect(since).toContainText(/退券成功|Given back/)
  await expect(report.getByTestId('report-nowTotal')).toContainText('0')
  await expect(report.getByTestId('report-total')).toHaveText(total ?? '')
})

test('while people are known and no shift is open the till says so, and the next report counts what was redeemed', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [code] = await sampleCodes(standIn, 'valid')
  await expect(page.getByTestId('no-shift')).toHaveCount(0)
  await hire(page, [{ name: '王芳', role: 'owner', pin: '2580' }])
  // Nobody can open one before they have signed in, nor settle what waits.
  await expect(page.getByTestId('no-shift')).toHaveCount(0)
  await expect(page.getByText('F8')).toHaveCount(0)
  await signIn(page, '王芳', '2580')
  await expect(page.getByTestId('no-shift')).toBeVisible()
  await waitForScanEnd(page)
  await keyboard.scan(code)
  await tillPage.expectVerdict('green', 'redeemed')
  await keyboard.press('F7')
  await expect(page.getByTestId('outside-shifts')).toContainText('1')
  // Pressed twice, Enter opens a shift and does not go on to close it, also where the second press comes late.
  await keyboard.press('Return', 'Return')
  await expect(page.getByTestId('close-shift')).toBeVisible()
  await restInPage(page, 600)
  await keyboard.press('Return')
  await expect(page.getByTestId('close-shift-dialog')).toHaveCount(0)
  await expect(page.getByTestId('no-shift')).toHaveCount(0)
  await expect(page.getByTestId('report-outside')).toContainText('1')
  await expect(page.getByTestId('report-total')).toContainText('0')
})

test('printing without a printer says what to do', async ({ standIn, till, keyboard }) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [code] = await sampleCodes(standIn, 'valid')
  // This desktop may have one.
  await till.electron.evaluate(({ app }) => {
    app.on('web-contents-created', (_event, contents) => {
      Reflect.set(contents, 'getPrintersAsync', async () => [])
    })
  })
  await keyboard.scan(code)
  await tillPage.expectVerdict('green', 'redeemed')
  await keyboard.press('F3')
  await page.getByTestId('history-row').first().click()
  await page.getByTestId('print-redemption').click()
  await expect(page.getByTestId('print-said')).toContainText(/没有装打印机|no printer/)
  await keyboard.press('F7')
  await page.getByTestId('open-shift').click()
  await page.getByTestId('report-print').click()
  await expect(page.getByTestId('report-said')).toContainText(/PDF/)
  // The page names a redemption; what happened to it is not for the page to say.
  const forged = { useRequestNo: 'X', paper: 'A4', timeline: [] } as const
  expect(await page.evaluate((order) => window.till.history.print(order), forged)).toEqual({
    ok: false,
    error: { code: 'bad-request' },
  })
  const unknown = { useRequestNo: 'T01-20260101000000-00000000', paper: 'A4' } as const
  expect(await page.evaluate((order) => window.till.history.print(order), unknown)).toEqual({
    ok: true,
    value: null,
  })
})
