import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { hire, signIn } from './staff-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a redemption is found by a scan, shows its history and is returned', async ({
  standIn,
  till,
  keyboard,
}) => {
  const page = new TillPage(till.page)
  const [code, other = ''] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await page.expectVerdict('green', 'redeemed')
  await keyboard.scan(other)
  await expect(till.page.getByTestId('recent-row')).toHaveCount(2)

  await keyboard.press('F3')
  await expect(till.page.getByTestId('history-row')).toHaveCount(2)
  await waitForScanEnd(till.page)
  await keyboard.scan(code)
  await expect(till.page.getByTestId('history-row')).toHaveCount(1)
  // The scan searched for it and did not redeem it: nothing new was sent.
  expect((await standIn.control.ledger({})).effects).toHaveLength(2)

  await till.page.getByTestId('history-row').click()
  await expect(
    till.page.locator('[data-testid="timeline-step"][data-event="redeemed"]'),
  ).toBeVisible()
  await till.page.getByTestId('return-coupon').click()
  await till.page.getByTestId('reason-suggestion').first().click()
  await till.page.getByTestId('reason-submit').click()
  await expect(till.page.getByTestId('history-row')).toHaveAttribute('data-state', /return/)
  await expect
    .poll(async () => (await standIn.control.ledger({})).effects.map(({ kind }) => kind))
    .toEqual(['use', 'use', 'return'])
})

test('the coupon on the screen is given back with F3 and Delete, and the PIN is never text of the search', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await hire(page, [
    { name: '王芳', role: 'owner', pin: '2580' },
    { name: '小陈', role: 'cashier', pin: '8246' },
  ])
  await signIn(page, '小陈', '8246')
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await keyboard.press('F3')
  await page.getByTestId('return-coupon').waitFor()
  await keyboard.press('Delete')
  const dialog = page.getByTestId('reason-dialog')
  await dialog.getByTestId('person-tile').filter({ hasText: '王芳' }).click()
  await typeAsPerson(page, '2580')
  await keyboard.press('Return')
  await expect(dialog).toBeHidden()
  await expect(page.getByTestId('history-row')).toHaveAttribute('data-state', /return/)
  await expect(page.getByRole('search').getByRole('textbox')).toHaveText('')
})

test("the text for support has WeChat Pay's reply and never the whole code", async ({
  standIn,
  till,
  keyboard,
}) => {
  const [code] = await sampleCodes(standIn, 'used')
  await keyboard.scan(code)
  await new TillPage(till.page).expectVerdict('red', 'used-elsewhere')
  await keyboard.press('F3')
  await till.page.getByTestId('history-row').click()
  await till.page.getByTestId('copy-support').click()
  await expect(till.page.getByTestId('copy-support')).toContainText(/Copied|已复制/)
  const copied = await till.electron.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied).toContain('use_request_no')
  expect(copied).toContain(code.slice(-4))
  expect(copied).not.toContain(code.slice(0, -4))
})

test('a refused return is shown, changes nothing else, and can be tried again', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await standIn.control.behave({ returnWithinMs: 1 })
  await keyboard.press('F3')
  await page.getByTestId('history-row').click()
  const settled = await page.getByTestId('history-detail').locator('dl').textContent()
  await page.getByTestId('return-coupon').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()

  const row = page.getByTestId('history-row')
  await expect(row.getByTestId('return-refused')).toBeVisible()
  await expect(row).toHaveAttribute('data-state', 'redeemed')
  await expect(page.getByTestId('return-refused-reason')).not.toBeEmpty()
  const step = page.locator('[data-testid="timeline-step"][data-event="return-refused"]')
  await expect(step).toContainText('RULE_LIMIT')
  await expect(page.locator('[data-testid="timeline-step"][data-event="redeemed"]')).toHaveCount(1)
  // The time of redemption has not changed.
  await expect(page.getByTestId('history-detail').locator('dl')).toContainText(settled ?? '')

  await standIn.control.behave({ returnWithinMs: null })
  await page.getByTestId('return-coupon').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await expect(row).toHaveAttribute('data-state', 'returned')
  await expect(row.getByTestId('return-refused')).toHaveCount(0)
})

test("a cashier cannot return a coupon without a supervisor's PIN", async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await hire(page, [
    { name: '王芳', role: 'owner', pin: '2580' },
    { name: '小陈', role: 'cashier', pin: '8246' },
  ])
  await signIn(page, '小陈', '8246')
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await keyboard.press('F3')
  await page.getByTestId('history-row').click()
  await page.getByTestId('return-coupon').click()
  const dialog = page.getByTestId('reason-dialog')
  await expect(dialog.getByTestId('person-tile')).toHaveCount(2)
  await expect(dialog.getByTestId('reason-submit')).toBeDisabled()
  await keyboard.press('Escape')
  await expect(page.getByTestId('history-row')).toHaveAttribute('data-state', 'redeemed')
  expect((await standIn.control.ledger({})).effects).toHaveLength(1)
})
