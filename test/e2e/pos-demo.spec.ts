import { chromium, type Page } from '@playwright/test'
import { serveDemoPage } from '../../build/pos-demo/page.ts'
import { freePort } from '../support/free-port.ts'
import { switchLinkOn } from '../support/link-of-till.ts'
import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

/** Debian's (`browser` in build/system-packages.ts). */
const browserProgram = '/usr/bin/chromium'

test('the demonstration POS deducts what is scanned at the till, survives a crash, and a cancelled order gives it back; the discount is in the clipboard for as long as the order', async ({
  standIn,
  till,
  keyboard,
}) => {
  const demo = await serveDemoPage(0)
  const port = await freePort()
  await switchLinkOn(till.page, {
    pos: { port, origins: [demo.origin] },
    copyDiscount: { when: 'always', pattern: '{amount}' },
  })
  const clipboard = () => till.electron.evaluate(({ clipboard: of }) => of.readText())
  const browser = await chromium.launch({
    executablePath: browserProgram,
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    const pos = await browser.newPage()
    const address = `${demo.origin}/?lang=en&till=http://127.0.0.1:${port}`
    await pos.goto(address)
    await pair(pos, till.page)
    const [first, second = ''] = await sampleCodes(standIn, 'valid')

    await ringUp(pos)
    await expect(pos.getByTestId('link')).toHaveAttribute('data-connected', 'true')
    await keyboard.scan(first)
    await new TillPage(till.page).expectVerdict('green', 'redeemed')
    await expect(pos.getByTestId('to-pay')).toHaveText('¥91.00')
    // For a POS that cannot be changed; in practice it is no sum.
    await expect(till.page.getByTestId('copied')).toContainText('20.00')
    expect(await clipboard()).toMatch(/^\D+ 20\.00$/)
    // The page crashes, and asks for what it had.
    await pos.goto('about:blank')
    await pos.goto(address)
    await expect(pos.getByTestId('to-pay')).toHaveText('¥91.00')
    await pos.getByTestId('pay').click()
    const entry = pos.getByTestId('entry').first()
    await expect(entry).toHaveAttribute('data-state', 'paid')
    await expect(entry).toContainText('¥111.00 − ¥20.00')
    await expect.poll(clipboard).toBe('')

    await pos.getByTestId('next').click()
    await ringUp(pos)
    await pos.getByTestId('code').fill(second)
    await pos.keyboard.press('Enter')
    await expect(pos.getByTestId('coupon')).toHaveAttribute('data-instruction', 'give')
    await pos.getByTestId('cancel').click()
    await expect(entry).toHaveAttribute('data-state', 'cancelled')
    await expect(entry).toHaveAttribute('data-settled', 'true')
    await expect(entry).toContainText('¥111.00 − ¥0.00')
    const { effects } = await standIn.control.ledger({})
    expect(effects.map(({ kind }) => kind)).toEqual(['use', 'use', 'return'])
  } finally {
    await browser.close()
    await demo.close()
  }
})

/** Goods for ¥111.00, and the order is at the till. */
async function ringUp(pos: Page): Promise<void> {
  for (const good of [0, 1, 2]) await pos.getByTestId('good').nth(good).click()
  await expect(pos.getByTestId('to-pay')).toHaveText('¥111.00')
  await expect(pos.getByTestId('sale')).toHaveAttribute('data-at-till', 'true')
}

async function pair(pos: Page, till: Page): Promise<void> {
  const digits = await till.evaluate(async () => {
    const link = await window.till.pos.offer({})
    return link.ok ? (link.value.pairing?.code ?? '') : ''
  })
  await pos.getByTestId('digits').fill(digits)
  await pos.keyboard.press('Enter')
  await expect(pos.getByTestId('good').first()).toBeVisible()
}
