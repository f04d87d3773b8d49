import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { hire } from './staff-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a newcomer can follow the guide key by key in a new profile', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const [first, second = ''] = await sampleCodes(standIn, 'valid')
  const dialog = page.getByRole('dialog')
  /** Waits, because a scan right after a person's key is rejected: it could be the rest of what was typed. */
  const rest = (): Promise<void> => page.waitForTimeout(1100)

  await expect(page.getByTestId('training-banner')).toBeVisible()
  await keyboard.press('F1')
  await expect(page.getByTestId('help')).toBeVisible()
  await keyboard.press('Escape')
  await rest()
  await keyboard.scan(first)
  await tillPage.expectVerdict('green', 'redeemed')

  await keyboard.press('F2')
  await expect(dialog).toBeVisible()
  await keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('Control+t')
  await expect(dialog).toBeVisible()
  await keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await keyboard.press('F9')
  await rest()
  await keyboard.scan(second)
  await tillPage.expectVerdict('amber', 'no-connection')
  await tillPage.expectWaiting(1)
  await keyboard.press('F9')
  await keyboard.press('F8')
  await tillPage.expectWaiting(0)
  await tillPage.expectVerdict('green', 'redeemed')

  await keyboard.press('F7')
  await page.getByTestId('open-shift').click()
  await expect(page.getByTestId('close-shift')).toBeVisible()
  await keyboard.press('F5')
  await expect(page.getByTestId('review')).toBeVisible()
  await keyboard.press('F3')
  await page
    .getByTestId('history')
    .getByRole('searchbox')
    .or(page.getByTestId('history').getByRole('textbox'))
    .first()
    .focus()
  await typeAsPerson(page, second.slice(-4))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('history-row').first()).toContainText(second.slice(-4))
  await keyboard.press('F12')
  await expect(page.getByTestId('insights')).toBeVisible()
  await keyboard.press('F11')
  await expect(page.getByTestId('compact')).toBeVisible()
  await keyboard.press('F11')
  await expect(page.getByTestId('compact')).toBeHidden()

  await hire(page, [
    { name: '王芳', role: 'owner', pin: '2580' },
    { name: '小陈', role: 'cashier', pin: '8246' },
  ])
  await expect(page.getByTestId('person-tile').first()).toBeVisible()
})
