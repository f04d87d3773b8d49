import { waitAfterFocus } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { knownCodes } from '../../renderer/scanner/calibration/known-codes.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('three codes calibrate the scanner, and that is remembered over a restart', async ({
  standIn,
  launch,
  keyboard,
}) => {
  const first = await launch()
  await keyboard.press('F4')
  for (const [index, code] of knownCodes.entries()) {
    const step = first.page.getByTestId('calibration-step')
    await expect(step).toHaveAttribute('data-step', String(index + 1))
    // A cashier scans codes one after the other, not within a tenth of a second.
    await waitAfterFocus(first.page)
    await keyboard.scan(code)
  }
  await expect(first.page.getByTestId('calibration-step')).toBeHidden()
  await first.page.getByTestId('calibration-report').getByRole('button').click()
  await expect(first.page.getByRole('dialog')).toBeHidden()
  const before = await first.page.evaluate(() => window.till.app.snapshot({}))
  expect(before.ok && before.value.scanner).toMatchObject({ terminator: 'enter', prefix: '' })
  await first.close()

  const second = await launch()
  const after = await second.page.evaluate(() => window.till.app.snapshot({}))
  expect(after.ok && after.value.scanner).toEqual(before.ok && before.value.scanner)
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(second.page).expectVerdict('green', 'redeemed')
})

test('Caps Lock is reported on the screen', async ({ till, keyboard }) => {
  const health = till.page.getByTestId('scanner-health')
  await expect(health).toHaveAttribute('data-note', 'well')
  await keyboard.press('Caps_Lock')
  await expect(health).toHaveAttribute('data-note', 'caps-lock-on')
  // X reports the lock as still on with the key that switches it off; the next key shows the change.
  await keyboard.press('Caps_Lock', 'Shift_L')
  await expect(health).toHaveAttribute('data-note', 'well')
})
