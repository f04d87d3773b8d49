import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('the console stays empty: no policy violation, no failed request, no warning', async ({
  standIn,
  till,
  keyboard,
}) => {
  const said: string[] = []
  till.page.on('console', (message) => said.push(message.text()))
  till.page.on('pageerror', (error) => said.push(error.message))
  await till.page.reload()
  const page = new TillPage(till.page)
  await till.page.getByTestId('sample').first().waitFor()
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await page.expectVerdict('green', 'redeemed')
  await keyboard.press('F2')
  await expect(till.page.getByRole('dialog')).toBeVisible()
  await keyboard.press('Escape')
  expect(said).toEqual([])
})
