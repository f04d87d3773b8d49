import { app } from 'electron'
import { spawnSync } from 'node:child_process'

/**
 * Starts a command once more without a screen where there is none, and returns whether it did. On Linux without a display (a
 * shell over the network) Chromium must be started for that, which is too late by now. To be called before Electron is
 * ready, because Chromium ends the program there.
 */
export function startHeadless(): boolean {
  const { env, execPath, argv } = process
  const isHeadless = app.commandLine.getSwitchValue('ozone-platform') === 'headless'
  const hasDisplay = Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
  if (process.platform !== 'linux' || hasDisplay || isHeadless) return false
  const args = ['--ozone-platform=headless', ...argv.slice(1)]
  const again = spawnSync(execPath, args, { stdio: 'inherit' })
  app.exit(again.status ?? 1)
  return true
}
