// npm run package: builds the app as a folder in dist/ that starts without Node. Installers are electron-builder's
// other targets; this one needs no network.
import fs from 'node:fs'
import path from 'node:path'
import { buildApp } from './build-app.ts'
import { run } from './command.ts'
import { sqliteBinary } from './electron/better-sqlite3.ts'
import { findElectron } from './electron/find-electron.ts'
import type { ElectronRuntime } from './electron/runtime.ts'
import { packagedApp } from './packaged-app.ts'
import { projectTool } from './project-tool.ts'
import { runTask, TaskError } from './project.ts'
import { requireSystemPackages } from './system-packages.ts'

await runTask(async () => {
  await requireSystemPackages('app')
  const electron = await findElectron()
  await buildApp()
  const status = await run(process.execPath, [
    projectTool('electron-builder'),
    '--dir',
    '--publish=never',
    `-c.electronDist=${electron.folder}`,
    `-c.electronVersion=${electron.version}`,
  ])
  if (status !== 0) throw new TaskError('electron-builder failed; see above.')
  if (electron.isForDevelopmentOnly) fitForDevelopmentRuntime(electron)
  console.log(`Packaged: ${packagedApp().executable}`)
  return 0
})

/**
 * A packaged app has no default app that could replace better-sqlite3's binary. So the binary that this runtime can
 * load replaces the published one, and the runtime's additions for unpackaged apps are removed.
 */
function fitForDevelopmentRuntime(electron: ElectronRuntime): void {
  const { folder, resources } = packagedApp()
  const binary = sqliteBinary(electron.folder)
  if (!fs.existsSync(binary)) return
  const prebuild = `better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`
  fs.copyFileSync(binary, path.join(resources, 'app.asar.unpacked/node_modules', prebuild))
  fs.rmSync(path.join(folder, path.relative(electron.folder, path.dirname(binary))), {
    recursive: true,
  })
  fs.rmSync(path.join(resources, 'default_app.asar'))
}
