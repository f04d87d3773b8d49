import { test as base } from '@playwright/test'
import { startInputMethod, type InputMethod } from './input-method.ts'
import { openScannerPage, type ScannerPage } from './scanner-page.ts'
import { xKeyboard, type XKeyboard } from './x-keyboard.ts'

export interface ScannerFixtures {
  scanner: XKeyboard
  /** The scanner page, in front. */
  scannerPage: ScannerPage
}

export interface InputMethodFixtures extends ScannerFixtures {
  inputMethod: InputMethod
}

export const scannerTest = base.extend<ScannerFixtures>({
  scanner: async ({}, use) => {
    await use(xKeyboard(process.env))
  },
  scannerPage: async ({ scanner }, use) => {
    const opened = await inFront(process.env, scanner)
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
  scannerPage: async ({ scanner, inputMethod }, use) => {
    const opened = await inFront(inputMethod.env, scanner)
    await use(opened)
    await opened.close()
  },
})

async function inFront(env: NodeJS.ProcessEnv, scanner: XKeyboard): Promise<ScannerPage> {
  const opened = await openScannerPage(env)
  await scanner.focus(opened.processId)
  await base.expect.poll(() => opened.hasFocus()).toBe(true)
  return opened
}

export { expect } from '@playwright/test'
