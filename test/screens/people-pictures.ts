import { hire, signIn } from '../e2e/staff-steps.ts'
import type { Scene } from './scene.ts'

/** Pictures settings, help, staff, sign-in and a supervisor's approval. */
export async function takePeople({ page, keyboard, shoot }: Scene): Promise<void> {
  await page.getByTestId('sample').first().waitFor()
  await page.getByTestId('go-settings').click()
  for (const tab of ['appearance', 'shop', 'offline', 'codes', 'pos', 'about', 'handOver']) {
    await page.getByTestId(`tab-${tab}`).click()
    await shoot(`settings-${tab}`)
  }
  await keyboard.press('F1')
  await page.getByTestId('help').waitFor()
  await shoot('help')
  await page.getByTestId('start-tutorial').click()
  await page.getByTestId('tutorial').waitFor()
  await shoot('tutorial')
  await hire(page, [
    { name: '王芳', role: 'owner', pin: '2580' },
    { name: '李强', role: 'supervisor', pin: '1397' },
    { name: '小陈', role: 'cashier', pin: '8246' },
  ])
  await page.getByTestId('person-tile').last().click()
  await shoot('lock')
  await signIn(page, '王芳', '2580')
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-staff').click()
  await shoot('settings-staff')
  await page.getByTestId('recovery-open').click()
  await page.getByTestId('recovery-show').click()
  await page.getByTestId('recovery-code').waitFor()
  await shoot('staff-recovery-code')
  await page.getByTestId('recovery-later').click()
  await signIn(page, '小陈', '8246')
  await page.getByTestId('training-network').click()
  await page.getByTestId('approval').waitFor()
  await shoot('approval')
  await keyboard.press('Escape')
  const look = (theme: 'dark' | 'contrast' | 'light', textPercent: number) =>
    page.evaluate((next) => window.till.preferences.set(next), { theme, textPercent })
  await look('dark', 100)
  await shoot('till-dark')
  await look('contrast', 100)
  await shoot('till-contrast')
  await look('light', 200)
  await shoot('till-large-text')
}
