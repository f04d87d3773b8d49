import { app, session } from 'electron'
import { openLivePlace } from '../app/live/live-place.ts'
import { runCommand } from '../command-line/run-command.ts'
import type { Command, UsageFault } from '../command-line/command.ts'
import type { Result } from '../contract/result.ts'
import { openPreferences } from '../computer/preferences.ts'

/** Runs a command instead of opening the window, and ends the program. */
export async function hostCommand(command: Result<Command, UsageFault>): Promise<void> {
  await app.whenReady()
  const userData = app.getPath('userData')
  const preferences = openPreferences(userData, app.getLocale()).get()
  const result = await runCommand(command, {
    ...openLivePlace(userData),
    language: preferences.language,
    backup: preferences.backup,
    version: app.getVersion(),
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    userAgent: `hexiao-till/${app.getVersion()}`,
    workingFolder: process.cwd(),
    standardInput: readStandardInput,
  })
  process.stderr.write(result.problem)
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
