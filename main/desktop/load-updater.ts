import { app } from 'electron'
import { type AppUpdater, autoUpdater } from 'electron-updater'
import path from 'node:path'
import { OwnAppImageUpdater } from './own-app-image.ts'

/** Returns electron-updater for this package of the program, which does nothing without being told to. */
export function loadUpdater(
  onPercent: (percent: number) => void,
  onFault: (cause: unknown) => void,
): AppUpdater {
  const isAppImage = process.platform === 'linux' && process.env['APPIMAGE'] !== undefined
  const updater = isAppImage ? new OwnAppImageUpdater() : autoUpdater
  updater.autoDownload = false
  // Its default installs while the computer is being switched off.
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.allowPrerelease = false
  updater.disableWebInstaller = true
  // A file in pieces has its sum checked as a whole, but takes longer on a server that this is not meant for.
  updater.disableDifferentialDownload = true
  updater.logger = null
  if (!app.isPackaged) {
    updater.forceDevUpdateConfig = true
    updater.updateConfigPath = path.join(app.getAppPath(), 'build/app-update.yml')
  }
  updater.on('download-progress', ({ percent }) => onPercent(percent))
  updater.on('error', onFault)
  return updater
}
