import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('what is scanned in an outage is kept and settled once when the line is back', async ({
  standIn,
  till,
  keyboard,
}) => {
  const page = new TillPage(till.page)
  const codes = await sampleCodes(standIn, 'valid')
  await standIn.control.network({ network: 'cut' })
  for (const [index, code] of codes.entries()) {
    await keyboard.scan(code)
    await page.expectVerdict('amber', 'no-connection')
    await page.expectWaiting(index + 1)
  }
  await page.expectConnection('offline')

  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await page.expectWaiting(0)
  await page.expectConnection('online')
  // The amber verdict on the screen turns by itself.
  await page.expectVerdict('green', 'redeemed')

  const { effects } = await standIn.control.ledger({})
  expect(effects.map((effect) => effect.code).toSorted()).toEqual(codes.toSorted())
})

test('a till killed right after a scan in an outage settles it after its restart, once', async ({
  standIn,
  launch,
  keyboard,
}) => {
  const first = await launch()
  const [code] = await sampleCodes(standIn, 'valid')
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(code)
  await new TillPage(first.page).expectVerdict('amber', 'no-connection')
  await first.kill()

  await standIn.control.network({ network: 'up' })
  const second = await launch()
  const page = new TillPage(second.page)
  await page.expectWaiting(0)
  await expect(second.page.getByTestId('recent-row').first()).toHaveAttribute(
    'data-state',
    'redeemed',
  )
  const { effects } = await standIn.control.ledger({})
  expect(effects.map((effect) => effect.code)).toEqual([code])
})

test('a reply lost after its effect is replayed under the same number', async ({
  standIn,
  till,
  keyboard,
}) => {
  const page = new TillPage(till.page)
  const [code] = await sampleCodes(standIn, 'valid')
  await standIn.control.addFault({ kind: 'reset-after-effect', match: { code } })
  await keyboard.scan(code)
  await page.expectVerdict('amber', 'no-connection')
  await page.expectWaiting(0)
  await page.expectVerdict('green', 'redeemed')

  const { effects } = await standIn.control.ledger({})
  expect(effects.map((effect) => [effect.code, effect.replays])).toEqual([[code, 1]])
})
