import { app } from 'electron'
import { AppImageUpdater } from 'electron-updater'
import { keepPrevious, putProgram } from '../computer/start-watch.ts'
import { ownSwitches, relaunched } from './own-switches.ts'

/**
 * Replaces an AppImage under its own name, so that a launcher and the autostart entry go on to find it, keeps the old one for
 * a new one that does not start, and starts it after this program has ended: the library's own way starts the new one
 * while this one still holds the till's lock.
 */
export class OwnAppImageUpdater extends AppImageUpdater {
  /** The file that was fetched; `null` before. */
  downloaded(): string | null {
    return this.installerPath
  }

  protected override doInstall(): boolean {
    const program = process.env['APPIMAGE'] ?? ''
    const downloaded = this.installerPath
    if (downloaded === null || program === '') return false
    keepPrevious(app.getPath('userData'), program, app.getVersion())
    putProgram(downloaded, program)
    app.relaunch({ execPath: program, args: ownSwitches(relaunched) })
    return true
  }
}
