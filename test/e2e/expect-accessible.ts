import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { Language } from '../../main/contract/language.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const languages: readonly Language[] = ['zh-CN', 'en']

/** Expects that the current screen violates no rule of WCAG 2.2 AA that axe-core checks, in either language. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const language of languages) {
    await page.evaluate((next) => window.till.preferences.set({ language: next }), language)
    await page.locator(`html[lang="${language}"]`).waitFor()
    // The other mode needs an empty page, which Electron does not open for the checker.
    const { violations } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode().analyze()
    const found = violations.map(({ id, nodes }) => `${name} ${language}: ${id} ${nodes[0]?.html}`)
    expect(found).toEqual([])
  }
}
