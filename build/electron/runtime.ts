import path from 'node:path'
import { requireFromProject } from '../project.ts'

/** An Electron that can be started on this machine. */
export interface ElectronRuntime {
  /** The folder with the executable, as electron-builder's `electronDist` expects it. */
  readonly folder: string
  readonly executable: string
  readonly version: string
  /** Where it came from, for people. */
  readonly origin: string
  /** Not the version that ships: for development and tests, never for sale. */
  readonly isForDevelopmentOnly: boolean
}

/** Returns the exact Electron version that ships. */
export function pinnedElectronVersion(): string {
  const manifest: unknown = requireFromProject('electron/package.json')
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version)
  }
  throw new Error('the electron package names no version')
}

/** Returns the path of the executable inside an Electron folder, as in Electron's own package. */
export function executableIn(folder: string): string {
  if (process.platform === 'darwin') {
    return path.join(folder, 'Electron.app/Contents/MacOS/Electron')
  }
  return path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
}

export function runtimeAt(folder: string, version: string, origin: string): ElectronRuntime {
  return {
    folder,
    executable: executableIn(folder),
    version,
    origin,
    isForDevelopmentOnly: version !== pinnedElectronVersion(),
  }
}

/** Returns the environment by which the app, its tests and the packaging find the chosen runtime. */
export function runtimeEnvironment(runtime: ElectronRuntime): Record<string, string> {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    ...(runtime.isForDevelopmentOnly ? { HEXIAO_TILL_DEVELOPMENT_RUNTIME: '1' } : {}),
  }
}
