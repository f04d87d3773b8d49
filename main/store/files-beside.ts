import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'

/** What a damaged log, a rescue, a restore, a migration or an older version's practice has set aside, and SQLite's files. */
const setAside = /^\.(?:damaged|newer|before-restore|before-schema)-\d+(?:-wal|-shm|-journal)?$/

/** The database and every file that the store has put beside it, whatever version of the program did. */
function filesOf(database: string): { readonly file: string; readonly ending: string }[] {
  const folder = path.dirname(database)
  const name = path.basename(database)
  return readdirSync(folder)
    .filter((each) => each.startsWith(name))
    .map((each) => ({ file: path.join(folder, each), ending: each.slice(name.length) }))
}

/** Takes from everybody else the right to read these files: a copy has the mode of what was copied. */
export function makePrivate(database: string): void {
  for (const { file } of filesOf(database)) {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found?.isFile() && (found.mode & 0o077) !== 0) chmodSync(file, 0o600)
  }
}

/**
 * Deletes what was set aside and last written before `before`, epoch milliseconds: it holds personal data of then. Throws
 * when the disk refuses.
 */
export function forgetSetAside(database: string, before: number): void {
  for (const { file, ending } of filesOf(database))
    if (setAside.test(ending) && wasWrittenBefore(file, before)) rmSync(file)
}

/** The records that restores have put aside beside this database, newest first. */
export function restoredOver(database: string): { readonly name: string; readonly at: number }[] {
  return filesOf(database)
    .filter(({ ending }) => /^\.before-restore-\d+$/.test(ending))
    .flatMap(({ file }) => {
      const found = statSync(file, { throwIfNoEntry: false })
      return found?.isFile() ? [{ name: path.basename(file), at: Math.round(found.mtimeMs) }] : []
    })
    .toSorted((one, other) => other.at - one.at)
}

/** A file that is gone meanwhile was not. */
export function wasWrittenBefore(file: string, before: number): boolean {
  const found = statSync(file, { throwIfNoEntry: false })
  return found !== undefined && found.mtimeMs < before
}
