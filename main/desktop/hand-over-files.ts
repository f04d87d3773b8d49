import { type BrowserWindow, dialog } from 'electron'
import { readFile, writeFile } from 'node:fs/promises'

const filters = [{ name: 'Hexiao Till', extensions: ['hexiao'] }]
/** Far above any queue; a file that is larger is none of ours. */
const largestBytes = 200 * 2 ** 20

/** Asks where a hand-over is to be kept; `null` when the dialog was cancelled. Nothing is sealed before that is known. */
async function chooseHandOverPlace(window: BrowserWindow): Promise<string | null> {
  const day = new Date().toISOString().slice(0, 10)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: `hexiao-${day}.hexiao`,
    filters,
  })
  return canceled || filePath === '' ? null : filePath
}

/** The bytes of a file that a person chose; `null` when the dialog was cancelled. */
async function readHandOver(window: BrowserWindow): Promise<Uint8Array | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters })
  const [file] = filePaths
  if (file === undefined) return null
  const bytes = await readFile(file)
  return bytes.length > largestBytes ? new Uint8Array(0) : bytes
}

async function writeHandOver(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes, { mode: 0o600 })
}

/** The dialogs and files of a hand-over, for one window. */
export function handOverFiles(window: () => BrowserWindow): {
  choosePlace(): Promise<string | null>
  write(file: string, bytes: Uint8Array): Promise<void>
  read(): Promise<Uint8Array | null>
} {
  return {
    choosePlace: () => chooseHandOverPlace(window()),
    write: writeHandOver,
    read: () => readHandOver(window()),
  }
}
