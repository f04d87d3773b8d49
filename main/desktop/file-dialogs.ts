import type { BrowserWindow } from 'electron'
import type { Language } from '../contract/language.ts'
import type { FilePurpose } from '../contract/setup.ts'
import { createBackupFiles } from './backup-files.ts'
import { chooseFiles } from './choose-files.ts'
import { createHandOverFiles } from './hand-over-files.ts'
import { createReportFiles } from './report-files.ts'

/**
 * All dialogs that ask a person for a file or folder. `window` is called when one is opened, for its parent; `language`
 * is that of reports.
 */
export function createFileDialogs(window: () => BrowserWindow, language: () => Language) {
  return {
    chooseFiles: (purpose: FilePurpose) => chooseFiles(window(), purpose),
    reports: createReportFiles(window, language),
    handOverFiles: createHandOverFiles(window),
    backupFiles: createBackupFiles(window),
  }
}
