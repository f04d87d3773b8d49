// npm start: the till in training mode; without a display, a tour on a virtual one. `-- --office`: the head office.
import { buildApp } from './build-app.ts'
import { run } from './command.ts'
import { withDesktopSession } from './desktop-session/desktop-session.ts'
import { findElectron } from './electron/find-electron.ts'
import { runtimeEnvironment } from './electron/runtime.ts'
import { projectRoot, runTask } from './project.ts'
import { requireSystemPackages } from './system-packages.ts'

await runTask(async () => {
  const hasDisplay = process.platform !== 'linux' || isSet('DISPLAY') || isSet('WAYLAND_DISPLAY')
  const isTour = process.argv.includes('--tour') || !hasDisplay
  await requireSystemPackages('app', ...(isTour ? (['desktopSession'] as const) : []))
  const electron = await findElectron()
  await buildApp()
  if (isTour) {
    if (!hasDisplay) console.log('There is no display here, so the till runs on a virtual one.')
    return withDesktopSession((env) =>
      run(process.execPath, ['test/tour/run.ts'], { ...env, ...runtimeEnvironment(electron) }),
    )
  }
  const env: NodeJS.ProcessEnv = { ...process.env, ...runtimeEnvironment(electron) }
  delete env['ELECTRON_RUN_AS_NODE']
  return run(electron.executable, [...sandboxSwitches(), projectRoot, ...passedOn()], env)
})

function isSet(name: string): boolean {
  return (process.env[name] ?? '') !== ''
}

/** Words that are the app's own. */
function passedOn(): string[] {
  return process.argv.filter((word) => word === '--office')
}

/** Chromium refuses to run as root with its sandbox. Only this development start ever disables it. */
function sandboxSwitches(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
