import type { Page } from '@playwright/test'
import { people, typeText } from '../bench/corpus/person-model.ts'
import { seeded } from '../bench/corpus/random.ts'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { hasInputMethod, startInputMethod } from '../support/input-method.ts'
import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a scan into a form stays out of it and is offered to the till', async ({
  standIn,
  till,
  keyboard,
}) => {
  const [code] = await sampleCodes(standIn, 'valid')
  const name = await openStaffForm(till.page)
  await keyboard.play(typeText('lily ', 0, people.usual, seeded(1)).strokes)
  await waitForScanEnd(till.page)
  await keyboard.scan(code)
  await expect(till.page.getByTestId('offered-scan')).toContainText(code.slice(-4))
  await expect(name).toHaveValue('lily ')
  await expect(till.page.getByTestId('staff-form')).toBeVisible()
  expect((await standIn.control.ledger({})).effects).toEqual([])

  // The notice is above the dialog and can be used there.
  await till.page.getByTestId('offered-scan').getByRole('button').first().click()
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
  expect((await standIn.control.ledger({})).effects.length).toBe(1)
})

test('a scan that the input method took leaves no trace in a form, and is reported there', async ({
  standIn,
  launch,
  keyboard,
}) => {
  test.skip(!hasInputMethod(), 'fcitx5 with fcitx5-chinese-addons is not here')
  const inputMethod = await startInputMethod(process.env)
  try {
    const till = await launch({ env: inputMethod.env })
    const [code] = await sampleCodes(standIn, 'valid')
    const name = await openStaffForm(till.page)
    await expect.poll(() => inputMethod.turnOn()).toBe(true)
    await keyboard.play(typeText('nihao ', 0, people.usual, seeded(3)).strokes)
    await expect(name).toHaveValue(/^\p{Script=Han}+$/u)
    const before = await name.inputValue()
    const told = till.page.getByTestId('missed-scan').or(till.page.getByTestId('offered-scan'))
    for (const pace of [2, 5, 12]) {
      await waitForScanEnd(till.page)
      // Letters, which the input method takes; it may let digits through.
      await keyboard.scan(`w${code.slice(0, 5)}xe${code.slice(5)}`, pace)
      // Under load the last events of a scan wait for the next one before they reach the page; this key has no meaning.
      await keyboard.press('Control_L')
      await expect(told).toBeVisible()
      // What the input method held back arrives up to 0.8 s later (renderer/scanner/taken-rest.ts).
      await waitForScanEnd(till.page)
      await expect(name).toHaveValue(before)
      await told.getByRole('button').last().click()
      await expect(told).toBeHidden()
      await name.focus()
    }
    expect((await standIn.control.ledger({})).effects).toEqual([])
  } finally {
    await inputMethod.close()
  }
})

async function openStaffForm(page: Page) {
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-staff').click()
  await page.getByTestId('staff-add').click()
  const name = page.getByTestId('staff-name')
  await name.focus()
  return name
}
