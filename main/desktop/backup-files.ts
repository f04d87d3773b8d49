import { type BrowserWindow, dialog } from 'electron'

/** Asks for the folder of the backups, and for one of them; `null` when the dialog was cancelled. */
export function backupFiles(window: () => BrowserWindow): {
  chooseFolder(): Promise<string | null>
  choose(): Promise<string | null>
} {
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
