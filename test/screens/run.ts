// npm run screens: pictures of every screen and state, in both languages and both sizes, into docs/screens/.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { Language, SampleCoupon } from '../../main/contract/snapshot.ts'
import { spawnStandIn } from '../support/spawn-stand-in.ts'
import { appUnderTest } from '../support/app-under-test.ts'
import { launchTill, type TillApp } from '../support/till-app.ts'
import { xKeyboard } from '../support/x-keyboard.ts'

const folder = path.join(import.meta.dirname, '../../docs/screens')
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const
const languages: readonly Language[] = ['zh-CN', 'en']

const standIn = await spawnStandIn()
const userDataFolder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-screens-'))
mkdirSync(folder, { recursive: true })
try {
  const till = await launchTill({
    ...appUnderTest(),
    userDataFolder,
    env: process.env,
    trainingGateway: standIn.controlOrigin,
  })
  await takeAll(till)
  await till.close()
} finally {
  await standIn.stop()
  rmSync(userDataFolder, { recursive: true, force: true })
}

async function takeAll({ page, processId }: TillApp): Promise<void> {
  const keyboard = xKeyboard(process.env)
  await keyboard.focus(processId)

  async function shoot(state: string): Promise<void> {
    for (const size of sizes) {
      await page.setViewportSize(size)
      for (const language of languages) {
        await page.evaluate((next) => window.till.setLanguage({ language: next }), language)
        await page.locator(`html[lang="${language}"]`).waitFor()
        const file = `till-${state}-${language}-${size.width}x${size.height}.png`
        await page.screenshot({ path: path.join(folder, file), animations: 'disabled' })
        console.log(file)
      }
    }
  }

  await page.getByTestId('sample').first().waitFor()
  await shoot('idle')
  await scan(page, 'valid', 'green')
  await page.getByTestId('verdict-stock').waitFor()
  await shoot('green')
  await scan(page, 'used', 'red')
  await shoot('red')
  await keyboard.press('F2')
  await page.getByRole('dialog').waitFor()
  await keyboard.press('1', '2', '0', '1', '0', '5', '9', '4')
  await shoot('manual-entry')
  await keyboard.press('Escape')
  await standIn.control.network({ network: 'cut' })
  await scan(page, 'no-network', 'amber')
  await page.locator('[data-testid="connection"][data-state="offline"]').waitFor()
  await shoot('amber')
}

/** Presses the sample's own button: the pictures are of what the till shows, not of how it was scanned. */
async function scan(page: Page, kind: SampleCoupon['kind'], tone: string): Promise<void> {
  await page.locator(`[data-testid="sample"][data-kind="${kind}"] button`).first().click()
  await page.locator(`[data-testid="verdict"][data-tone="${tone}"]`).waitFor()
}
