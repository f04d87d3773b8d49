import fs from 'node:fs'
import path from 'node:path'
import { buildApp } from './build-app.ts'
import { run } from './command.ts'
import { sqliteBinary } from './electron/better-sqlite3.ts'
import type { ElectronRuntime } from './electron/runtime.ts'
import { type PackagedApp, packagedAppIn } from './packaged-app.ts'
import { projectTool } from './project-tool.ts'
import { TaskError } from './project.ts'

interface Packing {
  /** The folder that gets the app's folder. */
  readonly dist: string
  /** Another than package.json's. */
  readonly version?: string
}

/** Builds the app and packs it as a folder that starts without Node (electron-builder's `dir`). Needs no network. */
export async function packFolder(
  electron: ElectronRuntime,
  { dist, version }: Packing,
): Promise<PackagedApp> {
  await buildApp()
  const status = await run(process.execPath, [
    projectTool('electron-builder'),
    '--dir',
    '--publish=never',
    `-c.directories.output=${dist}`,
    `-c.electronDist=${electron.folder}`,
    `-c.electronVersion=${electron.version}`,
    ...(version === undefined ? [] : [`-c.extraMetadata.version=${version}`]),
  ])
  if (status !== 0) throw new TaskError('electron-builder failed; see above.')
  const app = packagedAppIn(dist)
  if (electron.isForDevelopmentOnly) fitForDevelopmentRuntime(electron, app)
  return app
}

/**
 * A packaged app has no default app that could replace better-sqlite3's binary. So the binary that this runtime can
 * load replaces the published one, and the runtime's additions for unpackaged apps are removed.
 */
function fitForDevelopmentRuntime(
  electron: ElectronRuntime,
  { folder, resources }: PackagedApp,
): void {
  const binary = sqliteBinary(electron.folder)
  if (!fs.existsSync(binary)) return
  const prebuild = `better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`
  fs.copyFileSync(binary, path.join(resources, 'app.asar.unpacked/node_modules', prebuild))
  fs.rmSync(path.join(folder, path.relative(electron.folder, path.dirname(binary))), {
    recursive: true,
  })
  fs.rmSync(path.join(resources, 'default_app.asar'))
}
