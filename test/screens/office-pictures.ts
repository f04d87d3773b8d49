import { openOfficeApp } from '../support/office-app.ts'
import { camera } from './camera.ts'

const pin = '270318'

/** Pictures the head office: the first start, every screen, and the states without hub, without records and without an answer. */
export async function takeOffice(): Promise<void> {
  const office = await openOfficeApp('not-attached')
  const { page } = office
  const shoot = camera(page)
  await shoot('office-begin')
  await page.getByTestId('begin-name').fill('陈姐')
  await page.getByTestId('new-pin-shown').check()
  await page.locator('[role=textbox]').last().click()
  await page.keyboard.type(pin)
  await page.getByTestId('begin-submit').click()
  await page.getByTestId('attach').waitFor()
  await shoot('office-attach')
  office.scene('well')
  await page.getByTestId('by-shop').waitFor()
  await shoot('office-overview')
  await page.getByTestId('charts').click()
  await page.getByTestId('overview-charts').waitFor()
  await shoot('office-charts')
  await page.keyboard.press('F3')
  await page.getByTestId('redemption').first().waitFor()
  await shoot('office-list')
  await page.getByTestId('redemption').first().getByRole('button').click()
  await page.getByTestId('life-step').first().waitFor()
  await shoot('office-life')
  await page.keyboard.press('Escape')
  await page.getByTestId('life').waitFor({ state: 'detached' })
  // On one day nothing was given twice.
  await page
    .getByTestId('filters')
    .getByText(/^7 (days|天)$/)
    .click()
  const screens = { doubles: 'F4', outages: 'F5', health: 'F7', alerts: 'F8' }
  for (const [name, key] of Object.entries(screens)) {
    await page.keyboard.press(key)
    await page.getByTestId(name).locator('tr').first().or(page.getByTestId(name)).first().waitFor()
    await shoot(`office-${name}`)
  }
  await page.keyboard.press('F10')
  for (const tab of ['rules', 'webhook', 'people', 'hub']) {
    await page.getByTestId(`tab-${tab}`).click()
    await page.getByTestId(`panel-${tab}`).waitFor()
    await shoot(`office-${tab}`)
  }
  await page.keyboard.press('F2')
  office.scene('unreachable')
  await page.getByTestId('hub-banner').waitFor()
  await shoot('office-unreachable')
  office.scene('failing')
  await page.getByTestId('hub-banner').waitFor({ state: 'detached' })
  await page.keyboard.press('F7')
  await page.keyboard.press('F2')
  await page.getByTestId('failed').waitFor()
  await shoot('office-failing')
  office.scene('well')
  await page.keyboard.press('Control+L')
  await page.getByTestId('entry').waitFor()
  await shoot('office-entry')
  await office.close()
  office.dispose()
}
