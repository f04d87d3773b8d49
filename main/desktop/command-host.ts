import { app, session } from 'electron'
import path from 'node:path'
import { openLivePlace } from '../app/live/live-place.ts'
import { runCommand } from '../command-line/run-command.ts'
import type { Command, UsageFault } from '../command-line/command.ts'
import type { Result } from '../contract/result.ts'
import { openLog } from '../computer/log.ts'
import { openPreferences } from '../computer/preferences.ts'
import { createShopDesk } from '../app/live/shop-desk.ts'
import { tellerOfWindow } from './tell-window.ts'

/** Runs a command instead of opening the window, and ends the program. */
export async function hostCommand(command: Result<Command, UsageFault>): Promise<void> {
  await app.whenReady()
  const userData = app.getPath('userData')
  const preferences = openPreferences(userData, app.getLocale())
  const place = openLivePlace(userData)
  const network = {
    resolveProxy: (url: string) => session.defaultSession.resolveProxy(url),
    userAgent: `hexiao-till/${app.getVersion()}`,
  }
  const isProvision = command.ok && command.value.name === 'provision'
  const tellWindow = isProvision ? tellerOfWindow() : null
  const log = openLog(path.join(userData, 'logs'))
  const onFault = (cause: unknown): void => log.error('command.fault', cause)
  const result = await runCommand(command, {
    ...place,
    ...network,
    language: preferences.get().language,
    // An open window may have changed them meanwhile.
    get backup() {
      return openPreferences(userData, app.getLocale()).get().backup
    },
    version: app.getVersion(),
    shopDesk: createShopDesk({ place, network, preferences, tellWindow, onFault }),
    tellWindow,
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
