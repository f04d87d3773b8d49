import type { Page } from '@playwright/test'
import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

/** What scrolls up and down within something that does so too: nobody finds out which of the two to turn. */
function nestedScrollers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // The page gets this function alone.
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const scrolls = (element: Element): boolean => {
      const { overflowY } = getComputedStyle(element)
      const isScroller = overflowY === 'auto' || overflowY === 'scroll'
      return isScroller && element.scrollHeight > element.clientHeight + 1
    }
    // As above.
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const nameOf = (element: Element): string =>
      `${element.tagName} ${element.className} ${element.scrollHeight}/${element.clientHeight}`
    const found: string[] = []
    for (const element of document.querySelectorAll('*')) {
      const outer = scrolls(element) ? element.parentElement : null
      for (let each = outer; each !== null; each = each.parentElement)
        if (scrolls(each)) found.push(`${nameOf(element)} in ${nameOf(each)}`)
    }
    return found
  })
}

// The second with one more line in the status bar, or one more banner.
for (const height of [768, 718])
  test(`no scrollbar is inside another one at 1366×${height}`, async ({
    standIn,
    till,
    keyboard,
  }) => {
    const { page } = till
    await page.setViewportSize({ width: 1366, height })
    const [code] = await sampleCodes(standIn, 'valid')
    await keyboard.scan(code)
    await new TillPage(page).expectVerdict('green', 'redeemed')
    const found: Record<string, string[]> = {}
    const look = async (name: string): Promise<void> => {
      for (const language of ['zh-CN', 'en'] as const) {
        await page.evaluate((next) => window.till.preferences.set({ language: next }), language)
        await page.locator(`html[lang="${language}"]`).waitFor()
        const nested = await nestedScrollers(page)
        if (nested.length > 0) found[`${name} ${language}`] = nested
      }
    }
    await look('till')
    await standIn.control.network({ network: 'cut' })
    const [used] = await sampleCodes(standIn, 'used')
    await keyboard.scan(used)
    await new TillPage(page).expectVerdict('amber', 'no-connection')
    await look('till with an open coupon')
    for (const screen of ['history', 'review', 'shift', 'insights', 'help'] as const) {
      await page.getByTestId(`go-${screen}`).click()
      await page.getByTestId(screen).waitFor()
      await look(screen)
    }
    await page.getByTestId('go-settings').click()
    const tabs = page.getByRole('tab')
    await tabs.first().waitFor()
    for (let at = 0; at < (await tabs.count()); at += 1) {
      await tabs.nth(at).click()
      await look(`settings ${at}`)
    }
    expect(found).toEqual({})
  })
