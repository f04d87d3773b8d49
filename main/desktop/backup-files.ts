import { type BrowserWindow, dialog } from 'electron'
import type { BackupFiles } from '../app/backup-orders.ts'

/** The dialogs that ask for the folder of the backups, and for one of them. */
export function createBackupFiles(window: () => BrowserWindow): BackupFiles {
  return {
    async chooseFolder() {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        properties: ['openDirectory', 'createDirectory'],
      })
      return filePaths[0] ?? null
    },
    async choose() {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        properties: ['openFile'],
        filters: [{ name: 'Hexiao Till', extensions: ['db'] }],
      })
      return filePaths[0] ?? null
    },
  }
}
