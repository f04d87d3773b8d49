import type { BrowserWindow } from 'electron'
import type { FilePurpose } from '../contract/setup.ts'
import { backupFiles } from './backup-files.ts'
import { chooseFiles } from './choose-files.ts'
import { handOverFiles } from './hand-over-files.ts'
import { reportFiles } from './report-files.ts'

/** Everything that asks a person for a place on the disk. */
export function fileDialogs(window: () => BrowserWindow) {
  return {
    chooseFiles: (purpose: FilePurpose) => chooseFiles(window(), purpose),
    reports: reportFiles(window),
    handOverFiles: handOverFiles(window),
    backupFiles: backupFiles(window),
  }
}
