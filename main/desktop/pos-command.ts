import { app } from 'electron'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { exitCodes } from '../command-line/report.ts'

/** The console program that lies beside the app (docs/decisions/0056-a-command-for-a-pos.md). */
const name = process.platform === 'win32' ? 'hexiao-till-pos.exe' : 'hexiao-till-pos'

/**
 * Hands `pos …` over to the small program that answers it, and returns whether it did. The installed `hexiao-till` starts that one
 * by itself; an AppImage, an unpacked folder and macOS come by here, and a window's start is the price.
 */
export function runPosCommand(argv: readonly string[]): boolean {
  const at = argv.indexOf('pos')
  // Before it there are switches alone, and in development the program's own path.
  if (at === -1 || argv.slice(0, app.isPackaged ? at : 0).some((word) => !word.startsWith('-')))
    return false
  const file = app.isPackaged
    ? path.join(process.resourcesPath, name)
    : path.join(app.getAppPath(), 'out/pos', name)
  const { status } = spawnSync(file, argv.slice(at + 1), { stdio: 'inherit' })
  app.exit(status ?? exitCodes.failed)
  return true
}
