import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { Language } from '../../main/contract/snapshot.ts'

const folder = path.join(import.meta.dirname, '../../docs/screens')
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const
const languages: readonly Language[] = ['zh-CN', 'en']

/** Takes the page as it stands, in both languages and both sizes: `docs/screens/STATE-LANGUAGE-SIZE.png`. */
export type Shoot = (state: string) => Promise<void>

export function camera(page: Page): Shoot {
  mkdirSync(folder, { recursive: true })
  return async (state) => {
    for (const size of sizes) {
      await page.setViewportSize(size)
      for (const language of languages) {
        await page.evaluate((next) => window.till.setLanguage({ language: next }), language)
        await page.locator(`html[lang="${language}"]`).waitFor()
        const file = `${state}-${language}-${size.width}x${size.height}.png`
        await page.screenshot({ path: path.join(folder, file), animations: 'disabled' })
        console.log(file)
      }
    }
  }
}
