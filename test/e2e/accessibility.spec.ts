import { expect, test } from '../support/training-test.ts'
import { expectAccessible } from './expect-accessible.ts'
import { hire, signIn } from './staff-steps.ts'

test('no screen breaks WCAG 2.2 AA, in any theme', async ({ till, keyboard }) => {
  const { page } = till
  await page.evaluate(() => window.till.preferences.set({ textPercent: 100 }))
  const check = async (name: string): Promise<void> => {
    for (const theme of ['dark', 'contrast', 'light'] as const) {
      // Not by the preference, which nobody may set on the lock screen.
      await page.evaluate((next) => (document.documentElement.dataset['theme'] = next), theme)
      await expectAccessible(till, `${name} ${theme}`, theme === 'light' ? 'everything' : 'colours')
    }
  }
  await page.getByTestId('sample').first().waitFor()
  await check('till')
  for (const kind of ['valid', 'used'] as const) {
    await page.locator(`[data-testid="sample"][data-kind="${kind}"] button`).first().click()
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-tone', /green|red/)
    await check(`till after ${kind}`)
  }
  await keyboard.press('F2')
  await check('manual entry')
  await keyboard.press('Escape')
  for (const screen of ['history', 'review', 'shift', 'insights', 'help'] as const) {
    await page.getByTestId(`go-${screen}`).click()
    await page.getByTestId(screen).waitFor()
    await check(screen)
    if (screen !== 'insights') continue
    await page.getByText(/^(走势|Charts)$/).click()
    await page.getByTestId('figure').first().waitFor()
    await check('charts')
  }
  await page.getByTestId('go-settings').click()
  const tabs = page.getByRole('tab')
  await tabs.first().waitFor()
  for (let at = 0; at < (await tabs.count()); at += 1) {
    await tabs.nth(at).click()
    await check(`settings ${at}`)
  }
  await hire(page, [
    { name: '王芳', role: 'owner', pin: '2580' },
    { name: '小陈', role: 'cashier', pin: '8246' },
  ])
  await page.getByTestId('person-tile').first().click()
  await check('lock')
  await signIn(page, '小陈', '8246')
  await page.getByTestId('training-network').click()
  await page.getByTestId('approval').waitFor()
  await check('approval')
})
