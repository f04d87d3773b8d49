import { expect, test } from '../support/training-test.ts'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a coupon honoured offline and refused later waits for a person, who books the loss', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [code] = await sampleCodes(standIn, 'used')
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(code)
  await tillPage.expectVerdict('amber', 'no-connection')
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

  // The entry keeps who closed it and why.
  await keyboard.press('F3')
  await page.getByTestId('history-row').click()
  const step = page.locator('[data-testid="timeline-step"][data-event="resolved"]')
  await expect(step).toContainText('顾客已离开')
})

test('several coupons "used by another order" after lost replies are one question, with one decision for all', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await standIn.control.behave({ replaySame: 'already-used' })
  const [one, two = '', three = ''] = await sampleCodes(standIn, 'valid')
  for (const [index, code] of [one, two, three].entries()) {
    await standIn.control.addFault({ kind: 'reset-after-effect', match: { code } })
    await keyboard.scan(code)
    await expect(page.getByTestId('review-badge')).toHaveText(String(index + 1))
  }

  await keyboard.press('F5')
  const group = page.locator('[data-testid="review-group"][data-case="perhaps-ours"]')
  const cards = group.getByTestId('review-card')
  await expect(cards).toHaveCount(3)
  // Nothing was given, so that there is no loss to book.
  await expect(page.getByTestId('review-loss')).toHaveCount(0)
  await expect(cards.first().getByTestId('said')).toContainText([/RESOURCE_ALREADY_EXISTS/, /.*/])

  // One customer got no discount: the coupon is returned, and the till asks for its unknown batch.
  await cards.first().getByTestId('review-return').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await expect(page.getByTestId('reason-fault')).not.toBeEmpty()
  await page.getByTestId('stock-id').fill(await stockOf(standIn, one))
  await page.getByTestId('reason-submit').click()
  await expect(cards).toHaveCount(2)
  await expect
    .poll(async () => (await standIn.control.ledger({})).effects.map(({ kind }) => kind))
    .toEqual(['use', 'use', 'use', 'return'])

  // The other two got it.
  await group.getByTestId('review-all-confirmed').click()
  await expect(page.getByTestId('review-listed').locator('li')).toHaveCount(2)
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await expect(page.getByTestId('review-empty')).toBeVisible()

  await keyboard.press('F3')
  await expect(page.locator('[data-testid="history-row"][data-state="redeemed"]')).toHaveCount(2)
  await expect(page.locator('[data-testid="history-row"][data-state="returned"]')).toHaveCount(1)
})

async function stockOf(standIn: SpawnedStandIn, code: string): Promise<string> {
  const coupon = await standIn.control.coupon({ code })
  if (coupon === null) throw new Error('the sample exists')
  return coupon.stockId
}
