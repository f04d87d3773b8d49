import type { ScanSource } from '../../main/contract/redemption-view.ts'
import { waitAfterFocus } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import type { TillApp } from '../support/till-app.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('how a code was entered is kept with its redemption, over a restart', async ({
  standIn,
  launch,
  keyboard,
}) => {
  const first = await launch()
  const page = new TillPage(first.page)
  const [scanned, typed, pasted] = await sampleCodes(standIn, 'valid')
  if (typed === undefined || pasted === undefined) throw new Error('too few valid samples')

  await waitAfterFocus(first.page)
  await keyboard.scan(scanned)
  await page.expectVerdict('green', 'redeemed')

  await keyboard.press('F2')
  await expect(first.page.getByRole('textbox')).toBeFocused()
  await keyboard.type(typed)
  await expectNewest(first, typed, 'typed')

  await first.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), ` ${pasted}\n`)
  await keyboard.press('F2')
  await expect(first.page.getByRole('textbox')).toBeFocused()
  await keyboard.press('ctrl+v')
  await expect(first.page.getByRole('textbox')).toHaveText(pasted)
  // The dialog's button must know it as well as Enter does.
  await first.page.getByRole('dialog').getByRole('button').last().click()
  await expectNewest(first, pasted, 'pasted')
  await first.close()

  const second = await launch()
  const snapshot = await second.page.evaluate(() => window.till.app.snapshot({}))
  const recent = snapshot.ok ? snapshot.value.recent : []
  expect(recent.map(({ codeTail, source }) => [codeTail, source])).toEqual([
    [pasted.slice(-4), 'pasted'],
    [typed.slice(-4), 'typed'],
    [scanned.slice(-4), 'scanned'],
  ])
})

async function expectNewest(till: TillApp, code: string, source: ScanSource): Promise<void> {
  await expect
    .poll(async () => {
      const snapshot = await till.page.evaluate(() => window.till.app.snapshot({}))
      return snapshot.ok && snapshot.value.recent[0]
    })
    .toMatchObject({ codeTail: code.slice(-4), source, state: 'redeemed' })
}
