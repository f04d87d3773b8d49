import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import os from 'node:os'
import path from 'node:path'
import fs from 'node:fs'
import { build } from 'vite'
import type { PageLog } from '../e2e/scanner-page/page-log.ts'

const root = path.join(import.meta.dirname, '../e2e/scanner-page')

export interface ScannerPage {
  readonly electron: ElectronApplication
  readonly page: Page
  log(): Promise<PageLog>
  close(): Promise<void>
}

/** The scanner's real code in a real window, without the till around it. */
export async function openScannerPage(env: NodeJS.ProcessEnv): Promise<ScannerPage> {
  const outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-scanner-page-'))
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, target: 'chrome130', modulePreload: { polyfill: false } },
  })
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (folder === undefined) throw new Error('No Electron is named here. Run: npm run e2e')
  const electron = await _electron.launch({
    executablePath: path.join(folder, 'electron'),
    args: [
      path.join(root, 'main.cjs'),
      `--user-data-dir=${path.join(outDir, 'data')}`,
      path.join(outDir, 'index.html'),
    ],
    chromiumSandbox: process.getuid?.() !== 0,
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? ''])),
  })
  const page = await electron.firstWindow()
  await page.getByTestId('button').waitFor()
  // Playwright makes every page believe that it has the focus; here the real focus matters.
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Emulation.setFocusEmulationEnabled', { enabled: false })
  return {
    electron,
    page,
    log: () => page.evaluate(() => window.pageLog),
    async close() {
      await electron.close()
      fs.rmSync(outDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
