import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { appUnderTest } from './app-under-test.ts'
import type { OfficeSceneName } from './seeded-office.ts'
import { launchTill, type TillApp } from './till-app.ts'

const project = path.join(import.meta.dirname, '../..')

/** The head office in a real window, on a chain that is made up. */
export interface OfficeApp extends TillApp {
  /** Makes the chain another one; the window hears of it by itself. */
  scene(name: OfficeSceneName): void
  /** Ends the window and opens it again, on the same folder. */
  reopen(): Promise<OfficeApp>
  dispose(): void
}

/**
 * Opens the built program as the head office. All of it is what ships, but for the reader of the chain: the thread's program is
 * bundled anew with a made-up one, in a copy of the build.
 */
export async function openOfficeApp(first: OfficeSceneName): Promise<OfficeApp> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-office-app-'))
  const appFolder = path.join(folder, 'app')
  for (const part of ['out/main', 'out/preload', 'out/renderer', 'package.json'])
    cpSync(path.join(project, part), path.join(appFolder, part), { recursive: true })
  symlinkSync(path.join(project, 'node_modules'), path.join(appFolder, 'node_modules'))
  await build({
    root: project,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(import.meta.dirname, 'seeded-office-process.ts'),
      outDir: path.join(appFolder, 'out/main'),
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'office.cjs' } },
    },
  })
  const userDataFolder = path.join(folder, 'data')
  const scene = (name: OfficeSceneName): void => {
    mkdirSync(path.join(userDataFolder, 'office'), { recursive: true })
    writeFileSync(path.join(userDataFolder, 'office/scene'), name)
  }
  scene(first)
  const open = async (until: string): Promise<OfficeApp> => {
    const app = await launchTill({
      ...appUnderTest(),
      appFolder,
      userDataFolder,
      env: process.env,
      switches: ['--office'],
      until,
    })
    return {
      ...app,
      scene,
      async reopen() {
        await app.close()
        return open('entry')
      },
      dispose: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
    }
  }
  return open('begin')
}
