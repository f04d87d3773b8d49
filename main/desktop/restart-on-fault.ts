import { app, dialog } from 'electron'
import { wordsHere } from '../words-here.ts'

/** Handed on at the restart: a program that fails again soon after would start and fail without end. */
const restartedSwitch = 'restarted-after-fault'
const soonMs = 60_000

/**
 * A fault that nobody foresaw ends the program and starts it again, which takes a few seconds: what was scanned is on
 * the disk, and the counter tells the same after a start. Electron's own way is a dialog in English that holds up the
 * whole main process until somebody closes it.
 */
export function restartOnFault(onFault: (cause: unknown) => void): void {
  process.on('uncaughtException', (cause) => {
    onFault(cause)
    if (app.commandLine.hasSwitch(restartedSwitch) && performance.now() < soonMs) {
      const { title, action } = wordsHere(app.getLocale().startsWith('en') ? 'en' : 'zh-CN').setup
        .obstacle['till-not-opened']
      dialog.showErrorBox(title, action)
    } else {
      const others = process.argv.slice(1).filter((part) => part !== `--${restartedSwitch}`)
      app.relaunch({ args: [...others, `--${restartedSwitch}`] })
    }
    app.exit(1)
  })
  process.on('unhandledRejection', onFault)
}
