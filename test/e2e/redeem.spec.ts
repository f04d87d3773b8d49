import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a scanned coupon is redeemed once and shown in green', async ({
  standIn,
  till,
  keyboard,
}) => {
  const page = new TillPage(till.page)
  const [code] = await sampleCodes(standIn, 'valid')

  await keyboard.scan(code)
  await page.expectVerdict('green', 'redeemed')
  await expect(till.page.getByTestId('verdict-stock')).not.toBeEmpty()
  await expect(till.page.getByTestId('recent-row').first()).toHaveAttribute(
    'data-state',
    'redeemed',
  )
  // It is no longer offered as one that is good.
  const samples = till.page.getByTestId('sample')
  await expect(samples.and(till.page.locator('[data-spent="true"]'))).toHaveCount(1)
  await expect(samples.and(till.page.locator(`[data-code="${code}"]`))).toContainText(
    /练过了|Used in practice/,
  )

  const { effects } = await standIn.control.ledger({})
  expect(effects.filter((effect) => effect.code === code)).toHaveLength(1)
})

test('a coupon scanned again is shown as redeemed here and not sent again', async ({
  standIn,
  till,
  keyboard,
}) => {
  const page = new TillPage(till.page)
  const [code, other = ''] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await page.expectVerdict('green', 'redeemed')
  await keyboard.scan(other)
  await expect(till.page.getByTestId('recent-row')).toHaveCount(2)
  // The batch's terms are fetched after the verdict; that request belongs to `before`.
  await expect(till.page.getByTestId('verdict')).toContainText(other.slice(-4))
  await expect(till.page.getByTestId('verdict-stock')).not.toBeEmpty()

  const before = await standIn.control.ledger({})
  await keyboard.scan(code)
  await expect(till.page.getByTestId('verdict')).toContainText(code.slice(-4))
  await expect(till.page.getByTestId('recent-row')).toHaveCount(2)
  expect(await standIn.control.ledger({})).toEqual(before)
})

const refusals = [
  ['used', 'used-elsewhere'],
  ['expired', 'outside-validity'],
  ['not-yet-valid', 'outside-validity'],
  ['unknown', 'coupon-unknown'],
  ['other-merchant', 'coupon-unknown'],
] as const

for (const [kind, reason] of refusals) {
  test(`a coupon that is ${kind} is refused in red`, async ({ standIn, till, keyboard }) => {
    const page = new TillPage(till.page)
    const [code] = await sampleCodes(standIn, kind)
    await keyboard.scan(code)
    await page.expectVerdict('red', reason)
    const { effects } = await standIn.control.ledger({})
    expect(effects).toEqual([])
  })
}

test('a payment code is refused, not sent and not stored', async ({ standIn, till, keyboard }) => {
  const page = new TillPage(till.page)
  await keyboard.scan('134567890123456789')
  await page.expectVerdict('red', 'payment-code')
  await expect(till.page.getByTestId('recent-row')).toHaveCount(0)
  const { effects, refusals: refused } = await standIn.control.ledger({})
  expect([...effects, ...refused]).toEqual([])
})
