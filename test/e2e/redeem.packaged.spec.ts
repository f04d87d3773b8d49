import { expect, test } from '../support/till-test.ts'
import { TillPage } from './till-page.ts'

// Without switches and without an external stand-in: the app as a newcomer starts it, with everything from its own
// archive.
test('the packaged app redeems a training coupon', async ({ till, keyboard }) => {
  const isPackaged = await till.electron.evaluate(({ app }) => app.isPackaged)
  expect(isPackaged).toBe(true)

  const samples = await till.page.evaluate(() => window.till.training.samples({}))
  const valid = samples.ok ? samples.value.find((sample) => sample.kind === 'valid') : undefined
  await keyboard.scan(valid?.code ?? '')
  const page = new TillPage(till.page)
  await page.expectVerdict('green', 'redeemed')
  await page.expectWaiting(0)
})

test('the packaged app keeps a redemption when killed in an outage', async ({
  launch,
  keyboard,
}) => {
  const first = await launch()
  const samples = await first.page.evaluate(() => window.till.training.samples({}))
  const valid = samples.ok ? samples.value.find((sample) => sample.kind === 'valid') : undefined
  await first.page.evaluate(() => window.till.training.setNetwork({ network: 'cut' }))
  await keyboard.scan(valid?.code ?? '')
  await new TillPage(first.page).expectVerdict('amber', 'no-connection')
  await first.kill()

  const second = await launch()
  await new TillPage(second.page).expectWaiting(0)
  await expect(second.page.getByTestId('recent-row').first()).toHaveAttribute(
    'data-state',
    'redeemed',
  )
})
