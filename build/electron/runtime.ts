import path from 'node:path'
import { requireFromProject } from '../project.ts'

/** An Electron that can be started here. */
export interface ElectronRuntime {
  /** The folder with the executable, as electron-builder's `electronDist` wants it. */
  readonly folder: string
  readonly executable: string
  readonly version: string
  /** Where it came from, in words. */
  readonly origin: string
  /** Not the version that ships: fit to develop and test with, never to sell with. */
  readonly isForDevelopmentOnly: boolean
}

/** The exact Electron that ships. */
export function pinnedElectronVersion(): string {
  const manifest: unknown = requireFromProject('electron/package.json')
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version)
  }
  throw new Error('the electron package names no version')
}

/** Path of the executable inside an Electron folder, as Electron's own package has it. */
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

/** What the app, its tests and the packaging read of the chosen runtime. */
export function runtimeEnvironment(runtime: ElectronRuntime): Record<string, string> {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    ...(runtime.isForDevelopmentOnly ? { HEXIAO_TILL_DEVELOPMENT_RUNTIME: '1' } : {}),
  }
}
