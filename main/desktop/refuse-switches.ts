import { app, dialog } from 'electron'
import { url as inspectorUrl } from 'node:inspector'
import { exitCodes } from '../command-line/report.ts'
import { fill } from '../contract/words/fill.ts'
import { wordsHere } from '../words-here.ts'
import { refusedSwitches } from './switches.ts'

/**
 * Ends the program when its command line has a switch that the packaged app refuses, after telling which. Returns
 * whether it did.
 */
export function refuseSwitches(isCommand: (word: string) => boolean): boolean {
  const refused = refusedSwitches({
    argv: process.argv.slice(1),
    isPackaged: app.isPackaged,
    isRoot: process.getuid?.() === 0,
    isInspected: inspectorUrl() !== undefined,
    isCommand,
  })
  if (refused.length === 0) return false
  // In both languages: the system's is known once Chromium runs, and it must not run with these switches.
  const text = (['zh-CN', 'en'] as const).map((language) => {
    const { commands } = wordsHere(language)
    return `${fill(commands.switchRefused, { switches: refused.join(' ') })}\n${commands.usage}`
  })
  // Before Electron is ready this writes to the terminal on Linux, and opens a dialog elsewhere.
  dialog.showErrorBox('Hexiao Till', text.join('\n\n'))
  app.exit(exitCodes.usage)
  return true
}
