// npm run shop-demo: two tills of one shop and its server; the internet is cut, and one coupon is scanned at both.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from './build-app.ts'
import { engineVariable } from './chain/engine-recipe.ts'
import { findEngine } from './chain/find-engine.ts'
import { run } from './command.ts'
import { withDesktopSession } from './desktop-session/desktop-session.ts'
import { findElectron } from './electron/find-electron.ts'
import { runtimeEnvironment } from './electron/runtime.ts'
import { onShutdown } from './on-shutdown.ts'
import { runTask, TaskError } from './project.ts'
import { requireSystemPackages } from './system-packages.ts'

await runTask(async () => {
  if (process.platform !== 'linux')
    throw new TaskError('The coupons are scanned through an X server, so this runs on Linux alone.')
  await requireSystemPackages('app', 'desktopSession')
  const engine = await findEngine()
  if (engine === null) throw new TaskError('Without it there is no lock to show (docs/chain.md).')
  const electron = await findElectron()
  await buildApp()
  const found = { ...runtimeEnvironment(electron), [engineVariable]: engine }
  const demo = ['test/shop-demo/run.ts']
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env
  // Under Wayland no program may type into another's window.
  if (DISPLAY !== '' && WAYLAND_DISPLAY === '')
    return withFolder((TMPDIR) =>
      run(process.execPath, [...demo, '--stay'], { ...process.env, ...found, TMPDIR }),
    )
  console.log('There is no X display here, so the tills run on a virtual one.')
  return withDesktopSession((env) => run(process.execPath, demo, { ...env, ...found }))
})

/** Hands `work` a folder, and removes it with what was left in it. */
async function withFolder(work: (folder: string) => Promise<number>): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-shop-demo-'))
  const remove = () => fs.promises.rm(folder, { recursive: true, force: true, maxRetries: 5 })
  const forget = onShutdown(remove)
  try {
    return await work(folder)
  } finally {
    forget()
    await remove()
  }
}
