import type { Locator, Page } from '@playwright/test'
import { waitForScanEnd } from '../support/counter-steps.ts'
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
    const { page } = till
    const tillPage = new TillPage(page)
    const [first, second = '', third = ''] = await sampleCodes(standIn, 'valid')
    await standIn.control.network({ network: 'cut' })
    await keyboard.scan(first)
    await tillPage.expectVerdict('amber', 'no-connection')
    await page.evaluate(() => window.till.counter.nextCustomer({}))
    // What is settled while nobody sees the panel is summed up.
    await keyboard.press('F3')
    await page.getByTestId('history').waitFor()
    await standIn.control.network({ network: 'up' })
    await keyboard.press('F8')
    await tillPage.expectWaiting(0)
    await keyboard.press('Escape')
    await page.getByTestId('settled-notice').waitFor()
    await show(till, textPercent)
    // Whole, and not cut off at the end of a line.
    const cutOff = await page
      .getByTestId('settled-notGiven')
      .evaluate((line) => line.scrollWidth - line.clientWidth)
    expect(cutOff).toBeLessThanOrEqual(0)
    await expectInSight([page.getByTestId('settled-notGiven'), page.getByTestId('settled-read')])
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
    await expect.poll(() => verdictTop(page)).toBe(before)
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

test('every dialog with text of 200 % has all of its buttons in sight, and Enter works from wherever the focus is', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await hire(page, [
    { name: '王芳', role: 'owner', pin: '2580' },
    { name: '李强', role: 'supervisor', pin: '1397' },
    { name: '小陈', role: 'cashier', pin: '8246' },
  ])
  await signIn(page, '王芳', '2580')
  await show(till, 200)
  const look = async (): Promise<void> => {
    const dialog = page.getByRole('dialog').last()
    await dialog.waitFor()
    const foot = dialog.getByTestId('dialog-buttons')
    const buttons = await ((await foot.count()) > 0 ? foot : dialog).getByRole('button').all()
    expect(buttons.length, await dialog.innerText()).toBeGreaterThan(0)
    await expectInSight([dialog.getByRole('heading').first(), ...buttons])
  }
  const close = async (): Promise<void> => {
    await keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  for (const key of ['F2', 'ctrl+t', 'F4']) {
    await keyboard.press(key)
    await look()
    await close()
  }
  const screens: readonly (readonly [key: string, tab: string | null, button: string])[] = [
    ['F10', 'tab-staff', 'staff-add'],
    ['F10', 'tab-staff', 'recovery-open'],
    ['F3', null, 'return-coupon'],
  ]
  for (const [key, tab, button] of screens) {
    await keyboard.press(key)
    if (tab !== null) await page.getByTestId(tab).click()
    if (key === 'F3') await page.getByTestId('history-row').first().click()
    await page.getByTestId(button).click()
    await look()
    await close()
  }
  await page.evaluate(() => window.till.shift.open({}))
  await standIn.control.network({ network: 'cut' })
  await signIn(page, '小陈', '8246')
  const [used] = await sampleCodes(standIn, 'used')
  await waitForScanEnd(page)
  await keyboard.scan(used)
  await new TillPage(page).expectVerdict('amber', 'no-connection')
  await keyboard.press('F7')
  await page.getByTestId('close-shift').click()
  await look()
  await close()
  await keyboard.press('F9', 'Escape', 'F9')
  await page.getByTestId('approval').waitFor()
  await look()
  await close()
  await keyboard.press('Escape')
  await page.getByTestId('open-coupon').waitFor()
  // On a busy machine the scan may be spoilt, which is no matter of dialogs.
  await expect(async () => {
    await keyboard.scan(used)
    await new TillPage(page).expectVerdict('amber', 'no-connection')
  }).toPass()
  await waitForScanEnd(page)
  await page.getByTestId('choice-honour').click()
  await look()
  // The PIN is typed, and then a person's tile has the focus.
  const dialog = page.getByTestId('reason-dialog')
  const tile = dialog.getByTestId('person-tile').filter({ hasText: '王芳' })
  await tile.click()
  await typeAsPerson(page, '2580')
  await look()
  await tile.getByRole('radio').focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-instruction', 'give')
})
