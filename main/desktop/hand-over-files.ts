import { type BrowserWindow, dialog } from 'electron'
import { readHandOver, writeHandOver } from './hand-over-disk.ts'

const filters = [{ name: 'Hexiao Till', extensions: ['hexiao'] }]

/**
 * Asks where a hand-over is to be kept; `null` when the dialog was cancelled. Nothing is sealed before that is known.
 */
async function chooseHandOverPlace(window: BrowserWindow): Promise<string | null> {
  const day = new Date().toISOString().slice(0, 10)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: `hexiao-${day}.hexiao`,
    filters,
  })
  return canceled || filePath === '' ? null : filePath
}

/** The file that a person chose to take over from; `null` when the dialog was cancelled. */
async function chooseHandOver(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters })
  return filePaths[0] ?? null
}

/** The dialogs and files of a hand-over, for one window. */
export function handOverFiles(window: () => BrowserWindow): {
  choosePlace(): Promise<string | null>
  write(file: string, bytes: Uint8Array): Promise<void>
  read(): Promise<Awaited<ReturnType<typeof readHandOver>> | null>
} {
  return {
    choosePlace: () => chooseHandOverPlace(window()),
    write: writeHandOver,
    async read() {
      const file = await chooseHandOver(window())
      return file === null ? null : readHandOver(file)
    },
  }
}
