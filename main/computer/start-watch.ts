import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { parseJson } from '../contract/json.ts'
import { plainFields } from './plain-fields.ts'

/** What is known of a version that was put in place and has not been seen at work yet. */
interface Watched {
  /** The file that is started, which the version before is kept for. */
  readonly program: string
  /** The version before. */
  readonly from: string
  readonly starts: number
}

/** Two starts that came to nothing; a power cut during one of them is no reason. */
const failedStarts = 2

/** The files about versions in the folder of the records. */
export function placesIn(userData: string) {
  const folder = path.join(userData, 'updates')
  return {
    folder,
    watched: path.join(folder, 'started.json'),
    previous: path.join(folder, 'previous'),
    takenBack: path.join(folder, 'taken-back'),
  }
}

/** Keeps a copy of the program file before a newer version takes its place. Throws when the disk refuses. */
export function keepPrevious(userData: string, program: string, version: string): void {
  const { folder, watched, previous } = placesIn(userData)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  copyFileSync(program, previous)
  writeWhole(watched, JSON.stringify({ program, from: version, starts: 0 }))
}

/** Puts a program file in the place of another, at once or not at all. Throws when the disk refuses. */
export function putProgram(from: string, program: string): void {
  const fresh = `${program}.new`
  copyFileSync(from, fresh)
  chmodSync(fresh, 0o755)
  renameSync(fresh, program)
}

export interface StartWatch {
  /** The version that is being started failed before, and the one before it is there. */
  readonly hasFailed: boolean
  /** A version that was just put in place, and is not confirmed yet. */
  isPending(): boolean
  /** This version works: a till, or the obstacle before it, is on the screen. */
  confirm(): void
}

/** Notes that this version is being started. Never throws: a till without room on its disk still has to start. */
export function watchStart(userData: string, version: string): StartWatch {
  const { watched, previous } = placesIn(userData)
  let isConfirmed = false
  const confirm = (): void => {
    if (isConfirmed) return
    isConfirmed = true
    rmSync(watched, { force: true })
    rmSync(previous, { force: true })
  }
  const isPending = (): boolean => !isConfirmed
  const idle = { hasFailed: false, isPending: () => false, confirm: () => undefined }
  try {
    const known = readWatched(watched)
    if (known === null || !existsSync(previous)) return idle
    // The version before was put back by hand, or the newer one never took its place.
    if (known.from === version) {
      confirm()
      return idle
    }
    if (known.starts >= failedStarts) return { hasFailed: true, isPending, confirm }
    writeWhole(watched, JSON.stringify({ ...known, starts: known.starts + 1 }))
    return { hasFailed: false, isPending, confirm }
  } catch {
    return idle
  }
}

/** Returns the version that was taken back since this was last asked; `null` for none. */
export function versionTakenBack(userData: string): string | null {
  const { takenBack } = placesIn(userData)
  if (!existsSync(takenBack)) return null
  const version = readFileSync(takenBack, 'utf8')
  rmSync(takenBack)
  return version
}

/** `null` when no version is being watched. */
export function readWatched(file: string): Watched | null {
  if (!existsSync(file)) return null
  const { program, from, starts } = plainFields(parseJson(readFileSync(file, 'utf8')))
  const isCount = typeof starts === 'number' && Number.isInteger(starts) && starts >= 0
  if (typeof program !== 'string' || typeof from !== 'string' || !isCount) return null
  return { program, from, starts }
}

/** Writes a file at once or not at all. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
