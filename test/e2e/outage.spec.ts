import { expectWords } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('coupons scanned in an outage are kept, and settled once when the line is back', async ({
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
  // The amber verdict on the screen changes without any action.
  await page.expectVerdict('green', 'redeemed')

  const { effects } = await standIn.control.ledger({})
  expect(effects.map((effect) => effect.code).toSorted()).toEqual(codes.toSorted())
})

test('a till killed right after a scan in an outage settles it once after its restart', async ({
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

test('after a lost reply the request is repeated under the same number', async ({
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

test('a long settling shows its progress, can be paused, and goes on', async ({ till }) => {
  const { page } = till
  const tillPage = new TillPage(page)
  await page.evaluate(() => window.till.training.setNetwork({ network: 'cut' }))
  await page.evaluate(async () => {
    const scans = Array.from({ length: 40 }, (_, number) =>
      window.till.counter.redeem({
        payload: `12010594530000000001${String(number).padStart(2, '0')}`,
        source: 'typed',
      }),
    )
    await Promise.all(scans)
  })
  await tillPage.expectWaiting(40)
  // The button appears with the first settled one; pausing beforehand holds back the rest.
  await page.evaluate(() => window.till.outbox.setPaused({ paused: true }))
  await page.evaluate(() => window.till.training.setNetwork({ network: 'up' }))
  await page.keyboard.press('F8')
  await expect(page.getByTestId('queue-count')).toContainText(/paused|已暂停/)
  await tillPage.expectWaiting(40)
  const seen = page.getByTestId('queue-progress').waitFor()
  await page.getByTestId('queue-pause').click()
  await seen
  await tillPage.expectWaiting(0)
  await expect(page.getByTestId('queue-pause')).toHaveCount(0)
})

test('after an outage the till says what became of the coupons, and F8 what it did', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const tillPage = new TillPage(page)
  const report = page.getByTestId('sync-report')
  await keyboard.press('F8')
  await expect(report).toHaveAttribute('data-report', 'reached')
  await expectWords(page, 'sync-report', {
    'zh-CN': '连得上微信支付，没有待核销的券',
    en: 'WeChat Pay can be reached. No coupon waits',
  })

  const [first, second = ''] = await sampleCodes(standIn, 'valid')
  await standIn.control.network({ network: 'cut' })
  for (const code of [first, second]) {
    await keyboard.scan(code)
    await tillPage.expectVerdict('amber', 'no-connection')
  }
  await keyboard.press('F8')
  await expect(report).toHaveAttribute('data-report', 'silent')
  await expect(report).toContainText('WeChat Pay cannot be reached')
  // The number of those that wait leads to them.
  await page.getByTestId('queue-count').click()
  await expect(page.getByTestId('history-row')).toHaveCount(2)
  await expect(page.getByTestId('history-row').first()).toHaveAttribute('data-state', 'pending')
  await keyboard.press('Escape')
  await keyboard.press('Escape')
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-tone', 'idle')
  // What is settled while nobody sees the panel is summed up.
  await keyboard.press('F3')
  await page.getByTestId('history').waitFor()
  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  // The queue's own attempt may come before the key; then nothing waits any more when it is pressed.
  await expect(report).toHaveAttribute('data-report', /^(settled|reached)$/)
  await tillPage.expectWaiting(0)
  await keyboard.press('Escape')
  await expectWords(page, 'settled-notGiven', {
    'zh-CN': '2 张已核销但没给优惠，请在“未优惠的券”里补给或退券',
    en: '2 redeemed without a discount: give it or return the coupon, under “coupons not given”',
  })
  await expect(page.getByTestId('open-coupon')).toHaveCount(2)
  await page.getByTestId('settled-read').click()
  await expect(page.getByTestId('settled-notice')).toHaveCount(0)
})
