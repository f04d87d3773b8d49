import type { Page } from '@playwright/test'
import { expect, test } from '../support/training-test.ts'

const scanSample = (page: Page, kind: string) =>
  page.locator(`[data-testid="sample"][data-kind="${kind}"] button`).first().click()

test('the tutorial goes through green, red, an outage, amber and the review by real actions', async ({
  till,
  keyboard,
}) => {
  const { page } = till
  const expectStep = (step: string) =>
    expect(page.getByTestId('tutorial')).toHaveAttribute('data-step', step)
  await keyboard.press('F1')
  await page.getByTestId('start-tutorial').click()
  await expectStep('green')
  await scanSample(page, 'valid')
  await expectStep('red')
  await scanSample(page, 'used')
  await expectStep('cut')
  await keyboard.press('F9')
  await expectStep('amber')
  // Restored too early, the network has to be cut again.
  await keyboard.press('F9')
  await expect(page.getByTestId('tutorial')).toContainText(/The network is back|网络已经恢复/)
  await keyboard.press('F9')
  await expect(page.getByTestId('tutorial')).not.toContainText(/The network is back|网络已经恢复/)
  await page.getByRole('button', { name: /New coupons|换一批新券/ }).click()
  await expect(page.locator('[data-testid="sample"][data-kind="used"]')).toBeVisible()
  await scanSample(page, 'used')
  // What it teaches is not covered by it.
  for (const each of ['choice-wait', 'choice-keep', 'choice-honour'])
    await page.getByTestId(each).click({ trial: true })
  await page.getByTestId('choice-honour').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await expectStep('restore')
  await keyboard.press('F9')
  await expectStep('review')
  await keyboard.press('F5')
  await page.getByTestId('review-loss').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await expectStep('done')
})
