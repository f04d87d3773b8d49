import { readFileSync } from 'node:fs'
import path from 'node:path'
import { held, expectVerdict, waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { hire } from './staff-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

/** The names of the keys in the guide, with what the X server calls them. */
const xNames = new Map([
  ['Esc', 'Escape'],
  ['Enter', 'Return'],
  ['回车', 'Return'],
  ['↑', 'Up'],
  ['↓', 'Down'],
  ['Ctrl+L', 'ctrl+l'],
  ['Ctrl+T', 'ctrl+t'],
])

/** A discount is pasted there. */
const pressedInPos = 'Ctrl+V'

/** Returns the keys of the till that the guide names, by their X names. */
function keysOfGuide(language: 'zh-CN' | 'en'): string[] {
  const file = path.join(import.meta.dirname, `../../docs/guide/${language}.md`)
  const named = readFileSync(file, 'utf8').matchAll(
    /\b(?:F\d{1,2}|Ctrl\+[A-Z]|Esc|Enter|Insert|Delete)\b|[↑↓]|回车/g,
  )
  const keys = [...named].map(([key]) => key).filter((key) => key !== pressedInPos)
  return [...new Set(keys.map((key) => xNames.get(key) ?? key))].toSorted()
}

test('a newcomer can follow the guide key by key in a new profile', async ({
  standIn,
  till,
  keyboard: real,
}) => {
  const pressed = new Set<string>()
  const keyboard: typeof real = {
    ...real,
    async press(...keys) {
      for (const key of keys) pressed.add(key)
      await real.press(...keys)
    },
  }
  const { page } = till
  const tillPage = new TillPage(page)
  const [first, second = '', third = ''] = await sampleCodes(standIn, 'valid')
  const dialog = page.getByRole('dialog')

  await expect(page.getByTestId('training-banner')).toBeVisible()
  await keyboard.press('F1')
  await expect(page.getByTestId('help')).toBeVisible()
  await keyboard.press('Escape')
  await waitForScanEnd(page)
  await keyboard.scan(first)
  await tillPage.expectVerdict('green', 'redeemed')

  await keyboard.press('F2')
  await expect(dialog).toBeVisible()
  await keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await keyboard.press('ctrl+t')
  await expect(dialog).toBeVisible()
  await keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await keyboard.press('F9')
  await waitForScanEnd(page)
  await keyboard.scan(second)
  await tillPage.expectVerdict('amber', 'no-connection')
  await tillPage.expectWaiting(1)
  await keyboard.press('F9')
  await keyboard.press('F8')
  await tillPage.expectWaiting(0)
  await tillPage.expectVerdict('green', 'redeemed')

  // In the next outage a supervisor is asked and does not come, so the customer keeps the coupon.
  await keyboard.press('F9')
  await waitForScanEnd(page)
  await keyboard.scan(third)
  await expect(page.getByTestId('verdict')).toContainText(third.slice(-4))
  await expectVerdict(page, held)
  await waitForScanEnd(page)
  await keyboard.press('Insert')
  await expect(dialog).toBeVisible()
  await keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await keyboard.press('Delete')
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-instruction', 'do-not-give')
  await keyboard.press('F9')
  await keyboard.press('F8')
  await tillPage.expectWaiting(0)

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
  await keyboard.press('Return')
  await expect(page.getByTestId('history-row').first()).toContainText(second.slice(-4))
  await keyboard.press('F4')
  await expect(page.getByTestId('calibration-step')).toBeVisible()
  await keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
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
  await keyboard.press('Down', 'Up', 'Down', ...Array.from('8246'), 'Return')
  await expect(page.getByTestId('person')).toContainText('小陈')
  await keyboard.press('ctrl+l')
  await expect(page.getByTestId('lock')).toBeVisible()
  for (const language of ['zh-CN', 'en'] as const)
    expect(keysOfGuide(language).filter((key) => !pressed.has(key))).toEqual([])
})
