import { expect, test } from '../support/live-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const minuteMs = 60_000

for (const [offsetMs, shown, isExplained] of [
  [90_000, /(89|90|91) s slow/, false],
  [-90_000, /(89|90|91) s fast/, false],
  [11 * minuteMs, /11 min slow/, true],
] as const) {
  test(`WeChat Pay's clock ${offsetMs} ms from this computer's is said`, async ({
    merchant,
    standIn,
    launch,
    keyboard,
  }) => {
    await merchant.provision()
    await standIn.control.behave({ clockOffsetMs: offsetMs })
    const { page } = await launch()
    await expect(page.getByTestId('clock-warning')).toHaveCount(0)
    const [code] = await sampleCodes(standIn, 'valid')
    await keyboard.scan(code)
    await new TillPage(page).expectVerdict('green', 'redeemed')
    await expect(page.getByTestId('clock-warning')).toHaveText(shown)
    await expect(page.getByTestId('clock-banner')).toHaveCount(isExplained ? 1 : 0)
    if (!isExplained) return
    await expect(page.getByTestId('clock-banner')).toContainText('switch on automatic time')
    await page.evaluate(() => window.till.setLanguage({ language: 'zh-CN' }))
    await expect(page.getByTestId('clock-banner')).toContainText('电脑时间慢了 11 分钟')
  })
}
