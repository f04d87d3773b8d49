import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { Language } from '../../main/contract/language.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const languages: readonly Language[] = ['zh-CN', 'en']

/** What is on the screen now breaks nothing of WCAG 2.2 AA that axe-core can see, in either language. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const language of languages) {
    await page.evaluate((next) => window.till.preferences.set({ language: next }), language)
    await page.locator(`html[lang="${language}"]`).waitFor()
    // Electron gives no page of its own to the checker, which the other mode asks for.
    const { violations } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode().analyze()
    const found = violations.map(({ id, nodes }) => `${name} ${language}: ${id} ${nodes[0]?.html}`)
    expect(found).toEqual([])
  }
}
