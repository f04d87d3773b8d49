import { waitAfterFocus } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { people, typeText } from '../bench/corpus/person-model.ts'
import { seeded } from '../bench/corpus/random.ts'
import type { XKeyboard } from '../support/x-keyboard.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('codes after fixed characters or in a web address are unwrapped once the shop has set that up', async ({
  standIn,
  till,
  keyboard,
}) => {
  const page = new TillPage(till.page)
  const [first, second] = await sampleCodes(standIn, 'valid')
  if (second === undefined) throw new Error('too few valid samples')
  await waitAfterFocus(till.page)
  await keyboard.scan(`shop${first}`)
  await page.expectVerdict('red', 'not-a-coupon')

  await keyboard.press('F4')
  await till.page.getByRole('tab').nth(2).click()
  const [prefixes, parameters] = [
    till.page.getByRole('textbox').nth(0),
    till.page.getByRole('textbox').nth(1),
  ]
  await prefixes.click()
  await keyboard.type('10')
  // A prefix of digits could be the beginning of any code.
  await expect(till.page.getByTestId('wrapping-outcome')).toHaveText(/数字|Digits/)
  await keyboard.press('BackSpace', 'BackSpace')
  await write(keyboard, 'shop')
  await expect(prefixes).toHaveText('shop')
  await parameters.click()
  await write(keyboard, 'coupon')
  await expect(parameters).toHaveText('coupon')
  await keyboard.press('Return')
  await expect(till.page.getByTestId('wrapping-outcome')).toHaveText(/已保存|Saved/)
  await keyboard.press('Escape')
  await expect(till.page.getByRole('dialog')).toBeHidden()

  await waitAfterFocus(till.page)
  await keyboard.scan(`shop${first}`)
  await page.expectVerdict('green', 'redeemed')
  await waitAfterFocus(till.page)
  await keyboard.scan(`https://shop.example/c?from=poster&coupon=${second}`)
  await expect(till.page.getByTestId('verdict')).toContainText(second.slice(-4))
  await page.expectVerdict('green', 'redeemed')
  const { effects } = await standIn.control.ledger({})
  expect(effects.length).toBe(2)
})

/** Types at a person's pace, because a scan here would go to the till. */
async function write(keyboard: XKeyboard, text: string): Promise<void> {
  await keyboard.play(typeText(text, 0, people.practised, seeded(5)).strokes)
}
