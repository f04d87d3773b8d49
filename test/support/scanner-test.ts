import { test as base } from '@playwright/test'
import { openScannerPage, type ScannerPage } from './scanner-page.ts'
import { xKeyboard, type XKeyboard } from './x-keyboard.ts'

export interface ScannerFixtures {
  /** The scanner page, in front. */
  scannerPage: ScannerPage
  scanner: XKeyboard
}

export const scannerTest = base.extend<ScannerFixtures>({
  scanner: async ({}, use) => {
    await use(xKeyboard(process.env))
  },
  scannerPage: async ({ scanner }, use) => {
    const opened = await openScannerPage(process.env)
    await scanner.focus(opened.processId)
    await base.expect.poll(() => opened.hasFocus()).toBe(true)
    await use(opened)
    await opened.close()
  },
})

export { expect } from '@playwright/test'
