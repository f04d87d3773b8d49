import { type BrowserWindow, dialog } from 'electron'
import type { HandOverFiles } from '../app/hand-over-orders.ts'
import { readHandOver, writeHandOver } from './hand-over-disk.ts'

const filters = [{ name: 'Hexiao Till', extensions: ['hexiao'] }]

/**
 * Asks for the file to write a hand-over to; `null` when the dialog was cancelled. Asked before anything is sealed, so
 * that cancelling changes nothing.
 */
async function chooseHandOverPlace(window: BrowserWindow): Promise<string | null> {
  const day = new Date().toISOString().slice(0, 10)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: `hexiao-${day}.hexiao`,
    filters,
  })
  return canceled || filePath === '' ? null : filePath
}

/** Asks for the file of a hand-over to take over; `null` when the dialog was cancelled. */
async function chooseHandOver(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters })
  return filePaths[0] ?? null
}

/** The dialogs and files of hand-overs. */
export function createHandOverFiles(window: () => BrowserWindow): HandOverFiles {
  return {
    choosePlace: () => chooseHandOverPlace(window()),
    write: writeHandOver,
    async read() {
      const file = await chooseHandOver(window())
      return file === null ? null : readHandOver(file)
    },
  }
}
