import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import fs from 'node:fs'
import path from 'node:path'
import { inspectableApp, packagedApp, type PackagedApp } from '../packaged-app.ts'

/**
 * Copies the packaged app for the end-to-end tests and turns one fuse back on in the copy: `--inspect`, through which
 * Playwright controls an Electron app. Apart from that, the copy is what ships (docs/decisions/0026-fuses.md).
 */
export async function copyInspectable(): Promise<PackagedApp> {
  const shipped = packagedApp()
  const parent = path.dirname(shipped.folder)
  const copy = path.join(parent, 'inspectable', path.basename(shipped.folder))
  fs.rmSync(copy, { recursive: true, force: true })
  fs.cpSync(shipped.folder, copy, { recursive: true, verbatimSymlinks: true })
  const app = inspectableApp()
  await flipFuses(app.executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  return app
}
