import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { Language } from '../../main/contract/language.ts'
import { whilePageStandsStill } from '../support/standing-page.ts'
import type { TillApp } from '../support/till-app.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const rulesOnColour = ['color-contrast', 'link-in-text-block']
const languages: readonly Language[] = ['zh-CN', 'en']

/**
 * Expects that the current screen violates no rule of WCAG 2.2 AA that axe-core checks, in either language. `colours`: only the
 * rules on colour, for a theme that changes nothing else, and in one language, which changes no colour.
 */
export async function expectAccessible(
  till: Pick<TillApp, 'electron' | 'page'>,
  name: string,
  what: 'everything' | 'colours' = 'everything',
): Promise<void> {
  const { page } = till
  for (const language of what === 'colours' ? languages.slice(0, 1) : languages) {
    await page.evaluate(
      (next) =>
        Object.hasOwn(window, 'office')
          ? window.office.office.prefer({ language: next })
          : window.till.preferences.set({ language: next }),
      language,
    )
    await page.locator(`html[lang="${language}"]`).waitFor()
    // The other mode needs an empty page, which Electron does not open for the checker.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const chosen = what === 'colours' ? axe.withRules(rulesOnColour) : axe.withTags(tags)
    const { violations } = await whilePageStandsStill(till, () => chosen.analyze())
    const found = violations.map(({ id, nodes }) => `${name} ${language}: ${id} ${nodes[0]?.html}`)
    expect(found).toEqual([])
  }
}
