// npm run pos-demo: a till in training mode, and beside it a register in a web page that is linked to it.
import { buildApp } from './build-app.ts'
import { run } from './command.ts'
import { findElectron } from './electron/find-electron.ts'
import { runtimeEnvironment } from './electron/runtime.ts'
import { runTask, TaskError } from './project.ts'
import { requireSystemPackages } from './system-packages.ts'

await runTask(async () => {
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env
  if (process.platform === 'linux' && DISPLAY === '' && WAYLAND_DISPLAY === '')
    throw new TaskError('Two windows have to be shown, and there is no display here.')
  await requireSystemPackages('app')
  const electron = await findElectron()
  await buildApp()
  const env = { ...process.env, ...runtimeEnvironment(electron) }
  return run(process.execPath, ['test/tour/pos-demo.ts'], env)
})
