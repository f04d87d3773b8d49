import { expect, test as base } from '@playwright/test'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { appUnderTest } from './app-under-test.ts'
import { heardKeys, recordKeys } from './key-log.ts'
import { launchTill, type TillApp, type TillAppOptions } from './till-app.ts'
import { toFront } from './to-front.ts'
import { watchfulKeyboard } from './watchful-keyboard.ts'
import { xKeyboard, type XKeyboard } from './x-keyboard.ts'

type LaunchOptions = Partial<Pick<TillAppOptions, 'trainingGateway' | 'switches' | 'env' | 'until'>>

export interface TillFixtures {
  /** A folder of this test's own, kept when the test restarts the app. */
  userDataFolder: string
  /** The tills that this test has started. */
  tills: TillApp[]
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
  tills: async ({}, use) => {
    await use([])
  },
  keyboard: async ({ tills }, use) => {
    await use(watchfulKeyboard(xKeyboard(process.env), tills))
  },
  launch: async ({ userDataFolder, keyboard, tills }, use, testInfo) => {
    await use(async (options = {}) => {
      const app = await launchTill({
        ...appUnderTest(),
        env: process.env,
        ...options,
        userDataFolder,
      })
      tills.push(app)
      await recordKeys(app.page)
      await toFront(app, keyboard)
      return app
    })
    if (testInfo.errors.length > 0) {
      const texts = tills.map((app) => app.page.locator('body').innerText({ timeout: 1000 }))
      const body = (await Promise.allSettled(texts)).map(textOf).join('\n--- restarted ---\n')
      await testInfo.attach('screen.txt', { body, contentType: 'text/plain' })
      for (const app of tills) {
        const keys = JSON.stringify(await heardKeys(app.page))
        await testInfo.attach('keys.json', { body: keys, contentType: 'application/json' })
      }
    }
    for (const app of tills) await app.kill()
    const written = tills.map((app) => app.output()).join('\n--- restarted ---\n')
    await testInfo.attach('till-output.txt', { body: written, contentType: 'text/plain' })
  },
  till: async ({ launch }, use) => {
    await use(await launch())
  },
})

export { expect }

function textOf(read: PromiseSettledResult<string>): string {
  return read.status === 'fulfilled' ? read.value : 'the page is gone'
}
