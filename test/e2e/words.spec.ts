import type { Page } from '@playwright/test'
import type { Language } from '../../main/contract/language.ts'
import { expect, test } from '../support/training-test.ts'

const quotes = ['“', '”', '’']

for (const weight of [400, 700])
  test(`quotation marks are as wide as those of the language (${weight})`, async ({ till }) => {
    // In ems: a Chinese font draws each of them as wide as a character, and in Chinese that is right.
    for (const width of await widthsIn(till.page, 'en', weight)) expect(width).toBeLessThan(0.7)
    for (const width of await widthsIn(till.page, 'zh-CN', weight)) expect(width).toBeCloseTo(1, 1)
  })

/** Between letters, as they stand in a text. */
async function widthsIn(page: Page, language: Language, weight: number): Promise<number[]> {
  await page.evaluate((next) => window.till.preferences.set({ language: next }), language)
  await page.locator(`html[lang="${language}"]`).waitFor()
  return page.evaluate(
    async ({ texts, bold }) => {
      const probe = document.body.appendChild(document.createElement('span'))
      probe.style.fontWeight = String(bold)
      probe.textContent = texts.join('')
      // The marks' font is looked up when it is first needed.
      await document.fonts.ready
      const size = Number.parseFloat(getComputedStyle(probe).fontSize)
      const [without = 0, ...widths] = texts.map((text) => {
        probe.textContent = text
        return probe.getBoundingClientRect().width / size
      })
      probe.remove()
      return widths.map((width) => width - without)
    },
    { texts: ['nn', ...quotes.map((quote) => `n${quote}n`)], bold: weight },
  )
}
