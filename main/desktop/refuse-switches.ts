import { app, dialog } from 'electron'
import { url as inspectorUrl } from 'node:inspector'
import { exitCodes, fill } from '../command-line/report.ts'
import { wordsHere } from '../words-here.ts'
import { refusedSwitches } from './switches.ts'

/** Ends the program where its command line has a switch that the packaged app does not take. Returns whether it did. */
export function refuseSwitches(isCommand: (word: string) => boolean): boolean {
  const refused = refusedSwitches({
    argv: process.argv.slice(1),
    isPackaged: app.isPackaged,
    isRoot: process.getuid?.() === 0,
    isInspected: inspectorUrl() !== undefined,
    isCommand,
  })
  if (refused.length === 0) return false
  // The language is known once Chromium is up, and it must not come up under these.
  const told = (['zh-CN', 'en'] as const).map((language) => {
    const { commands } = wordsHere(language)
    return `${fill(commands.switchRefused, { switches: refused.join(' ') })}\n${commands.usage}`
  })
  // Before the program is ready this writes to the terminal on Linux, and shows a box elsewhere.
  dialog.showErrorBox('Hexiao Till', told.join('\n\n'))
  app.exit(exitCodes.usage)
  return true
}
