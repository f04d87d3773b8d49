import { type BrowserWindow, dialog } from 'electron'
import type { LastFolder } from './last-folder.ts'
import type { FilePurpose } from '../contract/setup.ts'

const extensions = { merchant: ['zip', 'pem', 'p12'], 'public-key': ['pem'] } as const

/** Asks for files of set-up; returns none when the dialog was cancelled. */
export async function chooseFiles(
  window: BrowserWindow,
  purpose: FilePurpose,
  last: LastFolder,
): Promise<readonly string[]> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    ...last.begin(),
    properties: purpose === 'merchant' ? ['openFile', 'multiSelections'] : ['openFile'],
    filters: [{ name: extensions[purpose].join(', '), extensions: [...extensions[purpose]] }],
  })
  last.remember(filePaths[0])
  return filePaths
}
