import { app, session } from 'electron'
import { spawnSync } from 'node:child_process'
import { openLivePlace } from '../app/live/live-place.ts'
import { runCommand } from '../command-line/run-command.ts'
import type { Command, UsageFault } from '../command-line/command.ts'
import type { Result } from '../contract/result.ts'
import { openPreferences } from './preferences.ts'

/**
 * Runs a command instead of opening the window, and ends the program. On Linux without a display (a shell over the
 * network) Chromium must be started for that, which is too late here: the program starts itself once more with that
 * switch.
 */
export async function hostCommand(command: Result<Command, UsageFault>): Promise<void> {
  const { env, execPath, argv } = process
  const isHeadless = app.commandLine.getSwitchValue('ozone-platform') === 'headless'
  const hasDisplay = Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
  if (process.platform === 'linux' && !hasDisplay && !isHeadless) {
    const args = ['--ozone-platform=headless', ...argv.slice(1)]
    const again = spawnSync(execPath, args, { stdio: 'inherit' })
    app.exit(again.status ?? 1)
    return
  }
  await app.whenReady()
  const userData = app.getPath('userData')
  const result = await runCommand(command, {
    ...openLivePlace(userData),
    language: openPreferences(userData, app.getLocale()).get().language,
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    userAgent: `hexiao-till/${app.getVersion()}`,
    workingFolder: process.cwd(),
    standardInput: readStandardInput,
  })
  process.stdout.write(result.text, () => app.exit(result.exitCode))
}

/** `null` for more than `maxBytes`: a pipe from `/dev/zero` has no end. */
async function readStandardInput(maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    length += chunk.length
    if (length > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
