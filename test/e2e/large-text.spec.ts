import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/training-test.ts'
import type { TillApp } from '../support/till-app.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { hire, signIn } from './staff-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const size = { width: 1366, height: 768 }

/** Shows the till as on a screen of 1366×768, with text of this size. */
async function show({ electron, page }: TillApp, textPercent: number): Promise<void> {
  const devtools = await electron.context().newCDPSession(page)
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    ...size,
    deviceScaleFactor: 1,
    mobile: false,
  })
  await page.evaluate(
    (percent) => window.till.preferences.set({ textPercent: percent }),
    textPercent,
  )
  await expect
    .poll(() => page.locator('html').evaluate((html) => getComputedStyle(html).fontSize))
    .toBe(`${(16 * textPercent) / 100}px`)
}

/** Expects that a person sees all of these: inside the window, and nothing in front of them or scrolled over them. */
async function expectInSight(shown: readonly Locator[]): Promise<void> {
  for (const each of shown) {
    const hidden = await each.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      // The next line's letters may reach a little into this one's box.
      const [middle, inset] = [(left + right) / 2, 6]
      return [top + inset, (top + bottom) / 2, bottom - inset].filter((y) => {
        const there = document.elementFromPoint(middle, y)
        return there === null || !(element.contains(there) || there.contains(element))
      })
    })
    expect(hidden, String(each)).toEqual([])
  }
}

/** What a wheel over the verdict moves: it must not move the verdict. */
async function verdictTop(page: Page): Promise<number> {
  return page.getByTestId('verdict').evaluate((panel) => panel.getBoundingClientRect().top)
}

for (const textPercent of [100, 200]) {
  test(`the verdict and its keys stay in sight with text of ${textPercent} %, with a notice above and after scrolling`, async ({
    standIn,
    till,
    keyboard,
  }) => {
    test.setTimeout(120_000)
    const { page } = till
    const tillPage = new TillPage(page)
    const [first, second = '', third = ''] = await sampleCodes(standIn, 'valid')
    await standIn.control.network({ network: 'cut' })
    await keyboard.scan(first)
    await tillPage.expectVerdict('amber', 'no-connection')
    await page.evaluate(() => window.till.counter.nextCustomer({}))
    // What is settled within 15 s of its scan, the cashier sees on the panel.
    await page.waitForTimeout(15_000)
    await standIn.control.network({ network: 'up' })
    await keyboard.press('F8')
    await page.getByTestId('settled-notice').waitFor()
    await show(till, textPercent)
    await standIn.control.network({ network: 'cut' })
    await page.mouse.move(700, 700)
    await page.mouse.wheel(0, 2000)
    const before = await verdictTop(page)
    await keyboard.scan(second)
    await tillPage.expectVerdict('amber', 'no-connection')
    const verdict = page.getByTestId('verdict')
    await expectInSight([
      page.getByTestId('verdict-title'),
      page.getByTestId('verdict-action'),
      verdict.getByTestId('choice-honour'),
      verdict.getByTestId('choice-keep'),
    ])
    await standIn.control.network({ network: 'up' })
    await keyboard.press('F8')
    await tillPage.expectWaiting(0)
    await keyboard.scan(third)
    await tillPage.expectVerdict('green', 'redeemed')
    await expectInSight([
      page.getByTestId('verdict-title'),
      page.getByTestId('next-customer'),
      page.getByTestId('settled-read'),
    ])
    expect(await verdictTop(page)).toBe(before)
    // The page itself has nothing to scroll: only the lists do.
    expect(
      await page
        .getByTestId('screen-till')
        .evaluate((main) => main.scrollHeight - main.clientHeight),
    ).toBe(0)
  })

  test(`a dialog with text of ${textPercent} % keeps its buttons and what went wrong in sight`, async ({
    standIn,
    till,
    keyboard,
  }) => {
    test.setTimeout(120_000)
    const { page } = till
    await hire(page, [
      { name: '王芳', role: 'owner', pin: '2580' },
      { name: '小陈', role: 'cashier', pin: '8246' },
    ])
    await signIn(page, '小陈', '8246')
    await show(till, textPercent)
    const [code] = await sampleCodes(standIn, 'valid')
    await standIn.control.network({ network: 'cut' })
    await keyboard.scan(code)
    await new TillPage(page).expectVerdict('amber', 'no-connection')
    await page.getByTestId('choice-honour').click()
    const dialog = page.getByTestId('reason-dialog')
    await dialog.getByTestId('person-tile').filter({ hasText: '王芳' }).click()
    await typeAsPerson(page, '1111')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('pin-fault')).not.toBeEmpty()
    await expectInSight([
      dialog.getByRole('heading').first(),
      page.getByTestId('pin-fault'),
      dialog.getByTestId('reason-cancel'),
    ])
  })
}
