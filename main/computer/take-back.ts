import { rmSync } from 'node:fs'
import path from 'node:path'
import { undoMigration } from '../store/before-migration.ts'
import { placesIn, putProgram, readWatched, writeWhole } from './start-watch.ts'

/**
 * Puts the version before back, with the records as they were before this one migrated them, as far as nothing was recorded
 * since. Returns the program file to start; `null` where it must not be put back, because it could not read the records.
 */
export function takeBack(userData: string, version: string): string | null {
  const { watched, previous, takenBack } = placesIn(userData)
  const known = readWatched(watched)
  if (known === null) return null
  const records = ['live', 'training'].map((mode) => path.join(userData, mode, 'till.db'))
  const isKept = records.map((file) => undoMigration(file)).includes('recorded')
  if (!isKept) {
    putProgram(previous, known.program)
    writeWhole(takenBack, version)
  }
  rmSync(watched, { force: true })
  rmSync(previous, { force: true })
  return isKept ? null : known.program
}
