import path from 'node:path'
import type { TillAppOptions } from './till-app.ts'

/** Returns the packaged app when HEXIAO_TILL_PACKAGED names one, otherwise Electron with this folder's build. */
export function appUnderTest(): Pick<TillAppOptions, 'executable' | 'appFolder'> {
  const packaged = process.env['HEXIAO_TILL_PACKAGED']
  if (packaged !== undefined) return { executable: packaged }
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (folder === undefined) {
    throw new Error('No Electron is configured. Run end-to-end tests with: npm run e2e')
  }
  return {
    executable: path.join(folder, 'electron'),
    appFolder: path.join(import.meta.dirname, '../..'),
  }
}
