// node build/bootstrap.mjs build/in-desktop-session.ts COMMAND [ARGUMENT…]
// Runs a command in a separate desktop session, with the Electron to use in its environment.
import { run } from './command.ts'
import { withDesktopSession } from './desktop-session/desktop-session.ts'
import { findElectron } from './electron/find-electron.ts'
import { runtimeEnvironment } from './electron/runtime.ts'
import { runTask, TaskError } from './project.ts'
import { requireSystemPackages } from './system-packages.ts'

await runTask(async () => {
  const [command, ...args] = process.argv.slice(2)
  if (command === undefined) throw new TaskError('usage: npm run desktop -- COMMAND [ARGUMENT…]')
  await requireSystemPackages('app', 'desktopSession')
  const runtime = runtimeEnvironment(await findElectron())
  return withDesktopSession((env) => run(command, args, { ...env, ...runtime }))
})
