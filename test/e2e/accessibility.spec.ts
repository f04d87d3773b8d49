import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Language } from '../../main/contract/snapshot.ts'
import { expect, test } from '../support/training-test.ts'
import { hire, signIn } from './staff-steps.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const languages: readonly Language[] = ['zh-CN', 'en']

async function expectClean(page: Page, name: string): Promise<void> {
  for (const language of languages) {
    await page.evaluate((next) => window.till.setLanguage({ language: next }), language)
    await page.locator(`html[lang="${language}"]`).waitFor()
    // Electron gives no page of its own to the checker, which the other mode asks for.
    const { violations } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode().analyze()
    const found = violations.map(({ id, nodes }) => `${name} ${language}: ${id} ${nodes[0]?.html}`)
    expect(found).toEqual([])
  }
}

for (const theme of ['light', 'dark', 'contrast'] as const)
  test(`no screen breaks WCAG 2.2 AA, ${theme}`, async ({ till, keyboard }) => {
    test.slow()
    const { page } = till
    await page.evaluate((next) => window.till.setAppearance({ appearance: next }), {
      theme,
      textPercent: 100,
    })
    await page.getByTestId('sample').first().waitFor()
    await expectClean(page, 'till')
    for (const kind of ['valid', 'used'] as const) {
      await page.locator(`[data-testid="sample"][data-kind="${kind}"] button`).first().click()
      await expect(page.getByTestId('verdict')).toHaveAttribute('data-tone', /green|red/)
      await expectClean(page, `till after ${kind}`)
    }
    await keyboard.press('F2')
    await expectClean(page, 'manual entry')
    await keyboard.press('Escape')
    for (const screen of ['history', 'review', 'shift', 'insights', 'help'] as const) {
      await page.getByTestId(`go-${screen}`).click()
      await page.getByTestId(screen).waitFor()
      await expectClean(page, screen)
    }
    await page.getByTestId('go-settings').click()
    const tabs = page.getByRole('tab')
    for (let at = 0; at < (await tabs.count()); at += 1) {
      await tabs.nth(at).click()
      await expectClean(page, `settings ${at}`)
    }
    await hire(page, [
      { name: '王芳', role: 'owner', pin: '2580' },
      { name: '小陈', role: 'cashier', pin: '8246' },
    ])
    await page.getByTestId('person-tile').first().click()
    await expectClean(page, 'lock')
    await signIn(page, '小陈', '8246')
    await page.getByTestId('training-network').click()
    await page.getByTestId('approval').waitFor()
    await expectClean(page, 'approval')
  })
