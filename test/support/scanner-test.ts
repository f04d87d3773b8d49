import { test as playwright } from '@playwright/test'
import fs from 'node:fs'
import { startInputMethod, type InputMethod } from './input-method.ts'
import { buildScannerPage, openScannerPage, type ScannerPage } from './scanner-page.ts'
import { xKeyboard, type XKeyboard } from './x-keyboard.ts'

export interface ScannerFixtures {
  scanner: XKeyboard
  /** The scanner page, in front. */
  scannerPage: ScannerPage
}

export interface InputMethodFixtures extends ScannerFixtures {
  inputMethod: InputMethod
}

const base = playwright.extend<object, { pageFolder: string }>({
  pageFolder: [
    async ({}, use) => {
      const folder = await buildScannerPage()
      await use(folder)
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],
})

export const scannerTest = base.extend<ScannerFixtures>({
  scanner: async ({}, use) => {
    await use(xKeyboard(process.env))
  },
  scannerPage: async ({ scanner, pageFolder }, use) => {
    const opened = await inFront(pageFolder, process.env, scanner)
    await use(opened)
    await opened.close()
  },
})

/** The same with pinyin running. */
export const inputMethodTest = base.extend<InputMethodFixtures>({
  scanner: async ({}, use) => {
    await use(xKeyboard(process.env))
  },
  inputMethod: async ({}, use) => {
    const inputMethod = await startInputMethod(process.env)
    await use(inputMethod)
    await inputMethod.close()
  },
  scannerPage: async ({ scanner, inputMethod, pageFolder }, use) => {
    const opened = await inFront(pageFolder, inputMethod.env, scanner)
    await use(opened)
    await opened.close()
  },
})

async function inFront(
  pageFolder: string,
  env: NodeJS.ProcessEnv,
  scanner: XKeyboard,
): Promise<ScannerPage> {
  const opened = await openScannerPage(pageFolder, env)
  await scanner.focus(opened.processId)
  await base.expect.poll(() => opened.hasFocus()).toBe(true)
  return opened
}

export { expect } from '@playwright/test'
