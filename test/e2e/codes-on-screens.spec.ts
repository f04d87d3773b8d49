import type { CDPSession, Page, TestInfo } from '@playwright/test'
import { knownCodes } from '../../renderer/scanner/calibration/known-codes.ts'
import { codesIn } from '../support/code-reader.ts'
import { expect, test } from '../support/training-test.ts'
import type { TillApp } from '../support/till-app.ts'

interface Looks {
  readonly width: number
  readonly height: number
  /** Pixels of the screen for each CSS pixel; Windows offers 125 and 150 percent. */
  readonly scale: number
  readonly preferences: {
    readonly theme: 'light' | 'dark' | 'contrast'
    readonly textPercent: number
    readonly language: 'en' | 'zh-CN'
  }
}

const small = { width: 1366, height: 768, scale: 1 }
const large = { width: 1920, height: 1080, scale: 1 }
/** Every theme, screen and size of text, each theme in another size: what a code is drawn on does not depend on how large it is. */
const looks: readonly Looks[] = [
  { ...small, preferences: { theme: 'light', textPercent: 100, language: 'zh-CN' } },
  { ...small, preferences: { theme: 'dark', textPercent: 100, language: 'en' } },
  { ...small, preferences: { theme: 'contrast', textPercent: 200, language: 'zh-CN' } },
  { ...large, preferences: { theme: 'contrast', textPercent: 100, language: 'en' } },
  { ...large, preferences: { theme: 'light', textPercent: 200, language: 'zh-CN' } },
  { ...small, preferences: { theme: 'light', textPercent: 150, language: 'en' } },
  { ...small, preferences: { theme: 'dark', textPercent: 200, language: 'en' } },
  { ...small, scale: 1.25, preferences: { theme: 'dark', textPercent: 100, language: 'zh-CN' } },
  { ...small, scale: 1.5, preferences: { theme: 'light', textPercent: 125, language: 'zh-CN' } },
  { ...large, scale: 2, preferences: { theme: 'dark', textPercent: 200, language: 'zh-CN' } },
]

/** The window on a screen of another size and density, which the X server of the tests does not have. */
class Shown {
  readonly page: Page
  private readonly devtools: CDPSession
  private constructor(page: Page, devtools: CDPSession) {
    this.page = page
    this.devtools = devtools
  }

  static async of({ electron, page }: TillApp): Promise<Shown> {
    return new Shown(page, await electron.context().newCDPSession(page))
  }

  /** Returns a name for these looks. */
  async show({ width, height, scale, preferences }: Looks): Promise<string> {
    const size = { width, height, deviceScaleFactor: scale, mobile: false }
    await this.devtools.send('Emulation.setDeviceMetricsOverride', size)
    await this.page.evaluate((next) => window.till.preferences.set(next), preferences)
    const { theme, textPercent, language } = preferences
    await expect(this.page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect
      .poll(() => this.page.evaluate(() => [devicePixelRatio, innerWidth]))
      .toEqual([scale, width])
    await this.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    )
    return [width, scale, theme, textPercent, language].join('-')
  }

  async codes(testInfo: TestInfo, name: string): Promise<string[]> {
    // Playwright's own pictures do not know the density.
    const { data } = await this.devtools.send('Page.captureScreenshot', { format: 'png' })
    return codesIn(Buffer.from(data, 'base64'), testInfo, name)
  }
}

/** Brings each code into view in turn. Returns those that cannot be read from the picture of the window. */
async function unreadable(shown: Shown, testInfo: TestInfo, name: string): Promise<string[]> {
  const found = new Set<string>()
  const drawn = shown.page.locator('img[data-code]')
  const wanted = await drawn.evaluateAll((images) =>
    images.map((image) => {
      const { symbology, code } = image instanceof HTMLElement ? image.dataset : {}
      return `${symbology === 'qrcode' ? 'QR-Code' : 'CODE-128'}:${code}`
    }),
  )
  for (const [at, code] of wanted.entries()) {
    if (found.has(code)) continue
    await drawn.nth(at).evaluate((image) => image.scrollIntoView({ block: 'center' }))
    for (const read of await shown.codes(testInfo, `${name}-${at}`)) found.add(read)
  }
  expect(wanted.length, 'codes drawn').toBeGreaterThan(0)
  return wanted.filter((code) => !found.has(code)).map((code) => `${name} ${code}`)
}

test('every practice coupon can be read from the screen, in every theme and size', async ({
  till,
}, testInfo) => {
  test.setTimeout(600_000)
  await till.page.getByTestId('sample').first().waitFor()
  const shown = await Shown.of(till)
  const missed: string[] = []
  for (const at of looks) missed.push(...(await unreadable(shown, testInfo, await shown.show(at))))
  expect(missed).toEqual([])
})

test('every code of the calibration can be read from the screen, in every theme and size', async ({
  till,
  keyboard,
}, testInfo) => {
  test.setTimeout(600_000)
  const { page } = till
  await keyboard.press('F4')
  const shown = await Shown.of(till)
  const missed: string[] = []
  for (const [index, code] of knownCodes.entries()) {
    const step = page.getByTestId('calibration-step')
    await expect(step).toHaveAttribute('data-step', String(index + 1))
    for (const at of looks) {
      const name = await shown.show(at)
      const read = await shown.codes(testInfo, `calibration-${index}-${name}`)
      if (!read.includes(`CODE-128:${code}`)) missed.push(`${name} ${code}`)
    }
    await keyboard.scan(code)
  }
  expect(missed).toEqual([])
  await expect(page.getByTestId('calibration-report')).toBeVisible()
})
