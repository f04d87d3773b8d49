import fs from 'node:fs'
import { buildScannerPage, openScannerPage, type ScannerPage } from './scanner-page.ts'
import { test as trainingTest } from './training-test.ts'

/**
 * Playwright's `test` with a till in training mode and, in a separate process, a program in place of a POS that logs
 * every key.
 */
export const test = trainingTest.extend<
  { openPos: () => Promise<ScannerPage> },
  { posFolder: string }
>({
  posFolder: [
    async ({}, use) => {
      const folder = await buildScannerPage()
      await use(folder)
      fs.rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  openPos: async ({ posFolder, keyboard }, use) => {
    const opened: ScannerPage[] = []
    await use(async () => {
      const pos = await openScannerPage(posFolder, process.env)
      opened.push(pos)
      await keyboard.focus(pos.processId)
      return pos
    })
    for (const pos of opened) await pos.close()
  },
})

export { expect } from './training-test.ts'
