import { expect, test as base } from '@playwright/test'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { appUnderTest } from './app-under-test.ts'
import { launchTill, type TillApp, type TillAppOptions } from './till-app.ts'
import { xKeyboard, type XKeyboard } from './x-keyboard.ts'

/**
 * Nobody scans sooner after the window came to the front: a scan within 112 ms of a change of focus is refused, since its beginning may
 * have gone elsewhere. By the page's own clock, because on a busy machine it hears of its focus late.
 */
const firstScanMs = 300

type LaunchOptions = Partial<Pick<TillAppOptions, 'trainingGateway' | 'switches' | 'env' | 'until'>>

export interface TillFixtures {
  /** A folder of this test's own, kept when the test restarts the app. */
  userDataFolder: string
  keyboard: XKeyboard
  /** Starts the app, or starts it again, on this test's folder. Whatever still runs at the end is killed. */
  launch: (options?: LaunchOptions) => Promise<TillApp>
  /** The app, started and in front. */
  till: TillApp
}

/** Playwright's `test` with the real app. Runs inside `npm run desktop`, which tells it which Electron to use. */
export const test = base.extend<TillFixtures>({
  userDataFolder: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-data-'))
    await use(folder)
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  keyboard: async ({}, use) => {
    await use(xKeyboard(process.env))
  },
  launch: async ({ userDataFolder, keyboard }, use, testInfo) => {
    const launched: TillApp[] = []
    await use(async (options = {}) => {
      const app = await launchTill({
        ...appUnderTest(),
        env: process.env,
        ...options,
        userDataFolder,
      })
      launched.push(app)
      await keyboard.focus(app.processId)
      // The window manager gives the focus before the page gets it; keys typed in between are lost.
      await expect.poll(() => app.electron.evaluate(hasKeyboard)).toBe(true)
      await app.page.evaluate(rest, firstScanMs)
      return app
    })
    if (testInfo.errors.length > 0) {
      const texts = launched.map((app) => app.page.locator('body').innerText({ timeout: 1000 }))
      const body = (await Promise.allSettled(texts)).map(textOf).join('\n--- restarted ---\n')
      await testInfo.attach('screen.txt', { body, contentType: 'text/plain' })
    }
    for (const app of launched) await app.kill()
    const written = launched.map((app) => app.output()).join('\n--- restarted ---\n')
    await testInfo.attach('till-output.txt', { body: written, contentType: 'text/plain' })
  },
  till: async ({ launch }, use) => {
    await use(await launch())
  },
})

export { expect }

function hasKeyboard({ BrowserWindow }: typeof Electron.CrossProcessExports): boolean {
  return BrowserWindow.getAllWindows()[0]?.webContents.isFocused() ?? false
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function textOf(read: PromiseSettledResult<string>): string {
  return read.status === 'fulfilled' ? read.value : 'the page is gone'
}
