import type { Page } from '@playwright/test'
import type { Language } from '../../main/contract/snapshot.ts'
import { expect, test } from '../support/training-test.ts'

test('quotation marks are as wide as those of the language', async ({ till: { page } }) => {
  const widths = { en: await quoteWidths(page, 'en'), 'zh-CN': await quoteWidths(page, 'zh-CN') }
  // In ems: a Chinese font draws each of them as wide as a character.
  for (const width of Object.values(widths.en)) expect(width).toBeLessThan(0.6)
  expect(widths['zh-CN']['“']).toBeCloseTo(1, 1)
})

test('names and values in Chinese keep their font in English', async ({ till: { page } }) => {
  const inChinese = await shapeOf(page, 'zh-CN')
  expect(await shapeOf(page, 'en')).toEqual(inChinese)
})

async function use(page: Page, language: Language): Promise<void> {
  await page.evaluate((next) => window.till.setLanguage({ language: next }), language)
  await page.locator(`html[lang="${language}"]`).waitFor()
}

/** In ems, between letters as they stand in a text. */
async function quoteWidths(page: Page, language: Language): Promise<Record<string, number>> {
  await use(page, language)
  return page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('span'))
    const size = Number.parseFloat(getComputedStyle(probe).fontSize)
    const [without = 0, ...widths] = ['', '“', '”', '’'].map((mark) => {
      probe.textContent = `n${mark}n`
      return probe.getBoundingClientRect().width / size
    })
    probe.remove()
    return Object.fromEntries(
      ['“', '”', '’'].map((mark, at) => [mark, (widths[at] ?? 0) - without]),
    )
  })
}

async function shapeOf(page: Page, language: Language): Promise<number[]> {
  await use(page, language)
  return page.evaluate(() => {
    const font = getComputedStyle(document.body).fontFamily
    const context = new OffscreenCanvas(200, 200).getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('no canvas')
    context.font = `80px ${font}`
    context.fillText('券', 20, 120)
    const { data } = context.getImageData(0, 0, 200, 200)
    return data.reduce<number[]>((sums, value, at) => {
      const row = Math.floor(at / 800)
      sums[row] = (sums[row] ?? 0) + value
      return sums
    }, [])
  })
}
