import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { Language } from '../../main/contract/language.ts'

const folder = path.join(import.meta.dirname, '../../docs/screens')
const languages: readonly Language[] = ['zh-CN', 'en']

interface Size {
  readonly width: number
  readonly height: number
}

const wholeScreens: readonly Size[] = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]
/** The small window beside the POS, at its initial size. */
export const smallWindow: readonly Size[] = [{ width: 400, height: 330 }]

/** Pictures the page in its current state, in both languages and all sizes: `docs/screens/STATE-LANGUAGE-SIZE.png`. */
export type Shoot = (state: string) => Promise<void>

export function camera(page: Page, sizes = wholeScreens): Shoot {
  mkdirSync(folder, { recursive: true })
  const panel = page.getByTestId('verdict')
  const look = async (): Promise<string | null> =>
    (await panel.count()) === 0 ? null : panel.getAttribute('data-aged')
  return async (state) => {
    const before = await look()
    for (const size of sizes) {
      await page.setViewportSize(size)
      for (const language of languages) {
        await page.evaluate(
          (next) =>
            Object.hasOwn(window, 'office')
              ? window.office.office.prefer({ language: next })
              : window.till.preferences.set({ language: next }),
          language,
        )
        await page.locator(`html[lang="${language}"]`).waitFor()
        const file = `${state}-${language}-${size.width}x${size.height}.png`
        await page.screenshot({ path: path.join(folder, file), animations: 'disabled' })
        console.log(file)
      }
    }
    if ((await look()) !== before)
      throw new Error(`${state}: the verdict aged while the picture was taken`)
  }
}
