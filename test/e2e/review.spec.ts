import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('what was honoured offline and is refused later waits for a person, who books the loss', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [code] = await sampleCodes(standIn, 'used')
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(code)
  await expect(page.getByTestId('verdict-honour')).toBeVisible()
  await expect(page.getByTestId('verdict-offline')).not.toBeEmpty()
  await page.getByTestId('choice-honour').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await expect(page.getByTestId('choice-honour')).toHaveCount(0)

  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await tillPage.expectWaiting(0)
  await expect(page.getByTestId('review-badge')).toHaveText('1')

  await keyboard.press('F5')
  const card = page.getByTestId('review-card')
  await expect(card).toHaveAttribute('data-reason', 'used-elsewhere')
  await card.getByTestId('review-loss').click()
  await page.getByTestId('reason').fill('顾客已离开')
  await page.getByTestId('reason-submit').click()
  await expect(page.getByTestId('review-empty')).toBeVisible()
  await expect(page.getByTestId('review-badge')).toHaveCount(0)

  // It does not just vanish: who ended it and why stays with it.
  await keyboard.press('F3')
  await page.getByTestId('history-row').click()
  const step = page.locator('[data-testid="life-step"][data-event="resolved"]')
  await expect(step).toContainText('顾客已离开')
})
