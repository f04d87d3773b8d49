import { app, dialog } from 'electron'
import { wordsHere } from '../words-here.ts'

/** Set at the restart, so that a program which fails again soon after it does not restart for ever. */
const restartedSwitch = 'restarted-after-fault'
const soonMs = 60_000

/**
 * Restarts the program after an error that nobody caught. That takes a few seconds and loses nothing: scans are on the
 * disk, and the counter shows the same again. Electron itself would open a dialog in English that stops the main
 * process until somebody closes it. A program that fails again within a minute of its restart shows a message and ends.
 * `isNewVersion`: one that has not come up yet is started again, because the version before is put back at its third start.
 * Returns the function that does so, for an error of another thread.
 */
export function restartOnFault(
  onFault: (cause: unknown) => void,
  isNewVersion: () => boolean,
): (cause: unknown) => void {
  const restart = (cause: unknown): void => {
    onFault(cause)
    const isAgain = app.commandLine.hasSwitch(restartedSwitch) && performance.now() < soonMs
    if (isAgain && !isNewVersion()) {
      const { title, action } = wordsHere(app.getLocale().startsWith('en') ? 'en' : 'zh-CN').setup
        .obstacle['till-not-opened']
      dialog.showErrorBox(title, action)
    } else {
      const otherArguments = process.argv.slice(1).filter((part) => part !== `--${restartedSwitch}`)
      // What an AppImage runs from is gone once it has ended.
      const execPath = process.env['APPIMAGE'] ?? process.execPath
      app.relaunch({ execPath, args: [...otherArguments, `--${restartedSwitch}`] })
    }
    app.exit(1)
  }
  process.on('uncaughtException', restart)
  process.on('unhandledRejection', onFault)
  return restart
}
